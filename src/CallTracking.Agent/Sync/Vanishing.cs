using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Ledger;

namespace CallTracking.Agent.Sync;

/// <summary>
/// After a source that always gives all its cases was read whole: those that it no longer has are told to the hub as deleted. Too many at
/// once are held for a person, for an export that lacks half its cases looks just like a desk that deleted them.
/// </summary>
internal sealed class Vanishing(CaseIntake intake, AgentLedger ledger, long run, Action<string> say)
{
    private const int PageSize = 500;

    public async Task ApplyAsync(string source, SnapshotRule rule, CancellationToken cancellationToken)
    {
        // What was met must stand in the ledger before it is asked what was not.
        await intake.CommitAsync(cancellationToken);
        var verdict = ledger.LookForVanished(source, rule, run);
        if (verdict.WithoutKey > 0)
        {
            Say($"{source}: {verdict.WithoutKey:N0} {(verdict.WithoutKey == 1 ? "row in quarantine has" : "rows in quarantine have")} no readable key, so no case is taken for vanished");
            return;
        }

        if (verdict.Held > 0)
        {
            Say($"{source}: held: {verdict.Held:N0} of {verdict.Cases:N0} cases vanished, more than {rule.MaxVanished * 100:0.##} %: release with 'calltracking-agent vanished release {source}'");
        }

        while (ledger.NextVanished(source, PageSize) is { Count: > 0 } page)
        {
            foreach (var uid in page)
            {
                await intake.TakeVanishedAsync(source, uid, cancellationToken);
            }

            await intake.CommitAsync(cancellationToken);
        }
    }

    /// <summary>After a source that was not read whole: what was met is held no more, and nothing is missed.</summary>
    public async Task TakeBackAsync(string source, CancellationToken cancellationToken)
    {
        await intake.CommitAsync(cancellationToken);
        ledger.TakeBackVanished(source, run);
    }

    private void Say(FormattableString text) => say(text.ToString(CultureInfo.InvariantCulture));
}
