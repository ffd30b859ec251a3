using CallTracking.Agent.Configuration;
using CallTracking.Contracts;

namespace CallTracking.Agent.Ledger;

/// <summary>What came of looking for cases that a source's complete export no longer held.</summary>
/// <param name="WithoutKey">Rows in quarantine without a readable key; when there are any, nothing was looked for.</param>
/// <param name="Cases">Cases of the source, the missing ones among them.</param>
/// <param name="Held">Missing ones that wait for a person's consent.</param>
internal readonly record struct VanishedVerdict(long WithoutKey, long Cases, long Held);

/// <summary>Cases that vanished from complete exports.</summary>
internal sealed partial class AgentLedger
{
    /// <summary>Notes what the run did not meet of a source that it read whole, and lets it go unless it is too much.</summary>
    public VanishedVerdict LookForVanished(string source, SnapshotRule rule, long run) => Write(() =>
    {
        _tables.Vanished.Return(source, run);
        if (_tables.Vanished.WithoutKey(source, run) is > 0 and var withoutKey)
        {
            return new VanishedVerdict(withoutKey, 0, 0);
        }

        _tables.Vanished.Look(source, run);
        var cases = _tables.Vanished.CasesOf(source);
        var held = _tables.Vanished.Count().FirstOrDefault(count => count.Source == source).Held;
        if (held > rule.MostOf(cases))
        {
            return new VanishedVerdict(0, cases, held);
        }

        _tables.Vanished.Release(source);
        return new VanishedVerdict(0, cases, 0);
    });

    /// <summary>Cases that the run met are held no more.</summary>
    public void TakeBackVanished(string source, long run) => Write(() =>
    {
        _tables.Vanished.Return(source, run);
        return 0;
    });

    /// <summary>Missing cases of the source that may go and have not been told to the hub.</summary>
    public IReadOnlyList<CaseUid> NextVanished(string source, int limit) => _file.Read(() => _tables.Vanished.Next(source, limit));
}
