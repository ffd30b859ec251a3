using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Values;

/// <summary>A yes-or-no question to a record: of filters, tombstones and <c>when</c>. Thread-safe.</summary>
internal abstract class Condition
{
    /// <summary>Asks; a fault when the record's value is no text.</summary>
    public abstract RowFault? Test(SourceRow row, out bool holds);
}

/// <summary>The value is one of these texts; an empty set asks whether there is no value.</summary>
internal sealed class ValueCondition(ValueSource source, FrozenSet<string> accepted, Regex? pattern, bool isNegated) : Condition
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _accepted = accepted.GetAlternateLookup<ReadOnlySpan<char>>();

    public override RowFault? Test(SourceRow row, out bool holds)
    {
        var fault = source.Single(row, out var value, out var isPresent);
        var matches = (isPresent, pattern) switch
        {
            (true, { } regex) => regex.IsMatch(value.Span),
            (true, null) => accepted.Count > 0 && _accepted.Contains(value.Span),
            (false, null) => accepted.Count == 0,
            (false, _) => false,
        };
        holds = fault is null && matches != isNegated;
        return fault;
    }
}

/// <summary>All, or any, of several conditions.</summary>
internal sealed class ConditionGroup(IReadOnlyList<Condition> parts, bool needsAll) : Condition
{
    public override RowFault? Test(SourceRow row, out bool holds)
    {
        holds = needsAll;
        foreach (var part in parts)
        {
            if (part.Test(row, out holds) is { } fault)
            {
                return fault;
            }

            if (holds != needsAll)
            {
                return null;
            }
        }

        return null;
    }
}
