using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Shapes;

/// <summary>Cases to which joins give fewer records than they gave them before, each by itself: shares show no loss that is small, or that leaves some records of each case.</summary>
public sealed partial class ShapeWatch
{
    // What is found further on is only counted: memory is bounded.
    private const int MostCases = 100_000;

    private readonly Dictionary<CaseUid, (JoinYields Before, JoinYields Now)> _losing = [];
    private readonly Dictionary<uint, (long Cases, long Records)> _furtherLosses = [];

    /// <summary>Joins of which records are gone, in the mapping's order.</summary>
    public IReadOnlyList<JoinLoss> JoinLosses
    {
        get
        {
            var lost = new Dictionary<uint, (long Cases, long Records)>(_furtherLosses);
            foreach (var (before, now) in _losing.Values)
            {
                Count(lost, now.LostOf(before));
            }

            return
            [
                .. _joins.Values.Select(join => (Join: join, Lost: lost.GetValueOrDefault(JoinYields.MarkOf(join.As))))
                    .Where(loss => loss.Lost.Cases > 0)
                    .Select(loss => new JoinLoss(loss.Join, loss.Lost.Cases, loss.Lost.Records) { IsFrozen = Contract.Vanished == ContractAnswer.Freeze }),
            ];
        }
    }

    /// <summary>Cases that lost records, with what the joins give them now: what they are measured by when that is meant to be so. Null when there are too many to name.</summary>
    public IReadOnlyDictionary<CaseUid, JoinYields>? LosingCases =>
        _furtherLosses.Count > 0 ? null : _losing.ToDictionary(losing => losing.Key, losing => losing.Value.Now);

    /// <summary>Takes what the joins give a case now and what they gave it before; of several records of one case the last counts.</summary>
    /// <param name="uid">The case.</param>
    /// <param name="before">The most that was given to it; null where that is not known.</param>
    /// <param name="now">What is given to it now.</param>
    public void Compare(CaseUid uid, JoinYields? before, JoinYields now)
    {
        ArgumentNullException.ThrowIfNull(now);
        if (before is null || !now.IsLessThan(before))
        {
            if (_losing.Count > 0)
            {
                _losing.Remove(uid);
            }
        }
        else if (_losing.Count < MostCases || _losing.ContainsKey(uid))
        {
            _losing[uid] = (before, now);
        }
        else
        {
            Count(_furtherLosses, now.LostOf(before));
        }
    }

    private void RequireRecords()
    {
        if (JoinLosses.FirstOrDefault(loss => loss.IsFrozen) is { Join: var join } lost)
        {
            throw Stop(
                string.Create(CultureInfo.InvariantCulture, $"The join '{join.As}' ({join.Files}) no longer finds all that it found: {lost.Text}, and the contract freezes what vanishes."),
                $"See that its file is whole; when they are gone for good, {Accept}; where its records come and go, write incomplete: accept at the join.");
        }
    }

    private static void Count(Dictionary<uint, (long Cases, long Records)> lost, IEnumerable<(uint Join, int Records)> records)
    {
        foreach (var (join, count) in records)
        {
            var before = lost.GetValueOrDefault(join);
            lost[join] = (before.Cases + 1, before.Records + count);
        }
    }
}

/// <summary>A join that gives cases fewer records than before.</summary>
/// <param name="Join">How it fares now.</param>
/// <param name="Cases">How many cases it gives fewer.</param>
/// <param name="Records">How many fewer.</param>
public sealed record JoinLoss(JoinMatches Join, long Cases, long Records)
{
    /// <summary>The contract stops the source for it.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Such as "3 cases lack 7 of its records".</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Cases:N0} {(Cases == 1 ? "case lacks" : "cases lack")} {Records:N0} of its records");
}
