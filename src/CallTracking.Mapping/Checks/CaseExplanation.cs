using CallTracking.Contracts;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Targets;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Checks;

/// <summary>Where one value of a case comes from. Personal data: for the region's own terminal only.</summary>
/// <param name="Path">The field, with indexes in lists.</param>
/// <param name="Result">What stands in the case; null when the field stays empty or the record is rejected.</param>
/// <param name="Fault">Why the record is rejected here.</param>
/// <param name="Sources">The columns that the rule names, with what stands in them; null in the elements of a list.</param>
/// <param name="Rule">The keys that the mapping uses there.</param>
/// <param name="File">Of the mapping, or the pack below it.</param>
/// <param name="Line">Of that file.</param>
/// <param name="Column">Of that file.</param>
public sealed record ExplainedField(
    string Path, string? Result, string? Fault, IReadOnlyList<KeyValuePair<string, string?>> Sources, string Rule, string File, int Line, int Column);

/// <summary>Fills each field of a case alone and tells what became of it.</summary>
internal static class CaseExplanation
{
    public static IReadOnlyList<ExplainedField> Of(CaseMapper mapper, SourceRow row)
    {
        var explained = new List<ExplainedField>();
        foreach (var binding in mapper.Fields)
        {
            var alone = new Case();
            var fault = binding.Apply(row, alone);
            Add(binding, CaseText.Lines(alone), fault, row, explained);
        }

        foreach (var custom in mapper.CustomFields)
        {
            var alone = new Case();
            var fault = custom.Apply(row, alone.CustomFields);
            var text = CaseText.Lines(alone) is [var line] ? line.Text : null;
            explained.Add(Field($"custom_fields.{custom.Name}", text, fault, custom.Origin, row));
        }

        return [.. explained.Select(field => Placed(field, mapper.Lines))];
    }

    private static ExplainedField Placed(ExplainedField field, MappingLines lines)
    {
        var (file, line) = lines.Of(field.Line);
        return field with { File = file, Line = line };
    }

    private static void Add(Binding binding, IReadOnlyList<CaseLine> lines, RowFault? fault, SourceRow row, List<ExplainedField> explained)
    {
        if (fault is not null || lines.Count == 0)
        {
            explained.Add(Field(fault?.Field ?? binding.Field, null, fault, binding.Origin, row));
            return;
        }

        foreach (var line in lines)
        {
            explained.Add(binding.Inner.Count == 0
                ? Field(line.Path, line.Text, null, binding.Origin, row)
                : Inner(binding, line, row));
        }
    }

    private static ExplainedField Inner(Binding list, CaseLine line, SourceRow row)
    {
        var below = line.Path[(line.Path.IndexOf(']', list.Field.Length) + 1)..].TrimStart('.');
        var candidates = list.Inner.Where(inner => below == inner.Field || below.StartsWith(inner.Field + ".", StringComparison.Ordinal) || below.StartsWith(inner.Field + "[", StringComparison.Ordinal)).ToList();
        var of = list.InnerIsOfRecord
            ? candidates.Find(inner => Sources(inner.Origin, row).Any(source => source.Value == line.Text)) ?? candidates.FirstOrDefault() ?? list
            : candidates.FirstOrDefault() ?? list;
        return Field(line.Path, line.Text, null, of.Origin, list.InnerIsOfRecord ? row : null);
    }

    private static ExplainedField Field(string path, string? result, RowFault? fault, BindingOrigin origin, SourceRow? row) => new(
        path, fault is null ? result : null, fault is null ? null : $"{fault.Reason}: {fault.Message}", Sources(origin, row), origin.Rule, string.Empty, origin.Line, origin.Column);

    private static IReadOnlyList<KeyValuePair<string, string?>> Sources(BindingOrigin origin, SourceRow? row) =>
        [.. origin.Slots.Select(slot => new KeyValuePair<string, string?>(slot.Name, row is null ? null : Raw(row, slot.Slot)))];

    private static string Raw(SourceRow row, int slot)
    {
        var texts = new List<string>();
        for (var index = 0; index < row.Count(slot); index++)
        {
            texts.Add(row.Get(slot, index, out var text) is { } fault ? $"({fault.Reason})" : text.ToString());
        }

        return string.Join(" | ", texts);
    }
}
