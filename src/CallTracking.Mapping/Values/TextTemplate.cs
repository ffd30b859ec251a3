using System.Text;

namespace CallTracking.Mapping.Values;

/// <summary>A column, or a section in square brackets, with the literal text before it.</summary>
internal sealed record TemplatePart(string Before, int Slot, TextTemplate? Section);

/// <summary>
/// Texts put together from columns and literals. Of the top level, a literal between two columns stands only where both sides
/// have something; a section stands when each of its columns has a value. Thread-safe.
/// </summary>
internal sealed class TextTemplate(IReadOnlyList<TemplatePart> parts, string tail)
{
    private readonly TemplatePart[] _parts = [.. parts];

    public RowFault? Fill(SourceRow row, TextRules rules, StringBuilder into)
    {
        var isLastWhole = false;
        for (var index = 0; index < _parts.Length; index++)
        {
            var part = _parts[index];
            var start = into.Length;
            var hasBefore = index == 0 || start > 0;
            into.Append(hasBefore ? part.Before : string.Empty);
            if (Write(part, row, rules, into, out isLastWhole) is { } fault)
            {
                return fault;
            }

            into.Length = isLastWhole ? into.Length : start;
            isLastWhole &= hasBefore;
        }

        into.Append(isLastWhole ? tail : string.Empty);
        return null;
    }

    private RowFault? FillWhole(SourceRow row, TextRules rules, StringBuilder into, out bool isWhole)
    {
        isWhole = false;
        foreach (var part in _parts)
        {
            into.Append(part.Before);
            var fault = Write(part, row, rules, into, out isWhole);
            if (fault is not null || !isWhole)
            {
                return fault;
            }
        }

        into.Append(tail);
        return null;
    }

    private static RowFault? Write(TemplatePart part, SourceRow row, TextRules rules, StringBuilder into, out bool isWritten)
    {
        isWritten = false;
        if (part.Section is not null)
        {
            return part.Section.FillWhole(row, rules, into, out isWritten);
        }

        var count = row.Count(part.Slot);
        if (count != 1)
        {
            return count == 0 ? null : new RowFault(RejectReason.BadValue, $"{count} values for one place of a template: name one of them.");
        }

        var fault = row.Get(part.Slot, 0, out var cell);
        isWritten = fault is null && rules.TryClean(ref cell);
        into.Append(isWritten ? cell.Span : []);
        return fault;
    }
}
