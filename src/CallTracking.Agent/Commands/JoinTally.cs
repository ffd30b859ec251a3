using System.Globalization;
using CallTracking.Mapping;

namespace CallTracking.Agent.Commands;

/// <summary>Adds up what the joins of a source found in its inputs. Not thread-safe.</summary>
internal sealed class JoinTally
{
    private readonly Dictionary<string, JoinMatches> _joins = new(StringComparer.Ordinal);

    public void Add(IEnumerable<JoinMatches> joins)
    {
        foreach (var join in joins)
        {
            _joins[join.As] = _joins.TryGetValue(join.As, out var before)
                ? join with { Named = before.Named + join.Named, Unmatched = before.Unmatched + join.Unmatched }
                : join;
        }
    }

    /// <summary>Joins that leave fields empty: some record names what is not there. One that takes all that match may find none; that it never finds any is told.</summary>
    public IEnumerable<string> Doubts() => _joins.Values
        .Where(join => join.IsMany ? join.Named > 0 && join.Unmatched == join.Named : join.Unmatched > 0)
        .Select(join => string.Create(
            CultureInfo.InvariantCulture,
            $"join '{join.As}' ({join.Files}, {join.Place}) finds nothing for {join.Unmatched:N0} of {join.Named:N0} records that name one ({Math.Max(1, 100 * join.Unmatched / join.Named)} %){Emptied(join)}. Cure: See that its file is whole and as new as the records, and that 'key' and 'on' write the same values alike"));

    private static string Emptied(JoinMatches join) => join.Fields.Count == 0 ? string.Empty : $", so that {string.Join(", ", join.Fields)} {(join.Fields.Count == 1 ? "stays" : "stay")} empty there";
}
