using System.Globalization;

namespace CallTracking.Mapping.Shapes;

/// <summary>Joins that no longer find what they found: a side file that was cut leaves no fault, only empty fields.</summary>
public sealed partial class ShapeWatch
{
    private readonly Dictionary<string, JoinMatches> _joins = new(StringComparer.Ordinal);

    /// <summary>What the joins found in all inputs so far.</summary>
    public IReadOnlyCollection<JoinMatches> Joins => _joins.Values;

    /// <summary>
    /// Joins that find clearly less of what records name than before anything of it was lost; at first contact those that find nothing for most of the records that
    /// name one, or that take all that match and never find any.
    /// </summary>
    public IReadOnlyList<MissedJoin> MissedJoins =>
    [
        .. _joins.Values.Select(join => new MissedJoin(join, _known?.Joins.TryGetValue(join.As, out var known) == true ? known : null))
            .Select(missed => missed with { IsFrozen = missed.Known is not null && Contract.Vanished == ContractAnswer.Freeze })
            .Where(missed => missed.Known is { } known ? Of(missed.Join).HasFallenFrom(known) : Of(missed.Join).IsMissed && (!missed.Join.IsMany || missed.Join.Unmatched == missed.Join.Named)),
    ];

    private IEnumerable<KeyValuePair<string, JoinShape>> JoinsSeen =>
        _joins.Values.Select(join => KeyValuePair.Create(join.As, Of(join))).Where(join => join.Value.IsTelling);

    // Also when the input cannot be read to its end, there is a name for what its cases lost.
    internal void Begin(SourceReader reader) => Joined(reader.Joins);

    private void Joined(IEnumerable<JoinMatches> joins)
    {
        foreach (var join in joins)
        {
            _joins[join.As] = _joins.TryGetValue(join.As, out var before)
                ? join with { Named = before.Named + join.Named, Unmatched = before.Unmatched + join.Unmatched }
                : join;
        }
    }

    private void RequireJoins()
    {
        if (MissedJoins.FirstOrDefault(missed => missed.IsFrozen) is { Join: var join })
        {
            throw Stop(
                string.Create(CultureInfo.InvariantCulture, $"The join '{join.As}' ({join.Files}) finds nothing for {join.Unmatched:N0} of {join.Named:N0} records that name one, which it did not before, and the contract freezes what vanishes."),
                $"See that its file is whole; or, when so much of it is gone for good, {Accept}.");
        }
    }

    private static JoinShape Of(JoinMatches join) => new(join.Named, join.Unmatched);
}

/// <summary>A join that finds too little of what records name.</summary>
/// <param name="Join">How it fares now.</param>
/// <param name="Known">How it fared before anything of it was lost; null at first contact.</param>
public sealed record MissedJoin(JoinMatches Join, JoinShape? Known)
{
    /// <summary>The contract stops the source for it.</summary>
    public bool IsFrozen { get; init; }
}
