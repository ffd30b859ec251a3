using System.Globalization;

namespace CallTracking.Agent.Commands;

/// <summary>Says which cases of complete exports wait for a person, and what the next sync does with those that are let go.</summary>
internal static class HeldCasesText
{
    /// <summary>What there is and what to do about it, by source; nothing where nothing waits.</summary>
    public static IEnumerable<(string Text, string Cure)> Of(IEnumerable<Ledger.VanishedCount> counts)
    {
        foreach (var count in counts)
        {
            if (count.Held > 0)
            {
                yield return (
                    Say($"{count.Source}: {count.Held:N0} {(count.Held == 1 ? "case is" : "cases are")} missing in the export since run {count.Run} and held: still at headquarters"),
                    $"See 'calltracking-agent vanished list'; then have the export corrected, delete them with 'vanished release {count.Source}', or keep them with 'vanished forget {count.Source}'.");
            }

            if (count.Released > 0)
            {
                yield return (
                    Say($"{count.Source}: {count.Released:N0} missing {(count.Released == 1 ? "case was" : "cases were")} released: the next sync that still misses {(count.Released == 1 ? "it" : "them")} DELETES {(count.Released == 1 ? "it" : "them")} at headquarters"),
                    $"Nothing, if that is meant; 'calltracking-agent vanished release {count.Source} --undo' takes it back.");
            }
        }
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
