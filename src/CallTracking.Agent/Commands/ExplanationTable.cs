using CallTracking.Mapping;
using CallTracking.Mapping.Checks;
using CallTracking.Mapping.Packs;

namespace CallTracking.Agent.Commands;

/// <summary>Writes what made a case: each field with its value, and below it the columns, what stands in them, and the rule's place.</summary>
internal sealed class ExplanationTable(TextWriter output, string mappingFile)
{
    private const int LongestValue = 160;
    private const int WidestField = 40;

    public void Write(RowOutcome outcome, IReadOnlyList<ExplainedField> fields)
    {
        output.WriteLine($"── {outcome.Position}: {Said(outcome)}");
        var width = Math.Min(WidestField, fields.Select(field => field.Path.Length).DefaultIfEmpty().Max());
        foreach (var field in fields)
        {
            var result = field.Fault is { } fault ? $"REJECTED {fault}" : field.Result is { } value ? OneLine(value) : "(nothing)";
            output.WriteLine($"{field.Path.PadRight(width)}  {result}");
            output.WriteLine($"{new string(' ', width)}    {From(field)}");
        }

        output.WriteLine();
    }

    private string From(ExplainedField field)
    {
        var file = field.File.StartsWith(MappingPack.Prefix, StringComparison.Ordinal) ? field.File : mappingFile;
        var place = $"{file}:{field.Line}:{field.Column} {field.Rule}";
        return field.Sources.Count == 0
            ? $"({place})"
            : $"from {string.Join(", ", field.Sources.Select(source => source.Value is { } raw ? $"{source.Key} = \"{OneLine(raw)}\"" : source.Key))}  ({place})";
    }

    private static string Said(RowOutcome outcome) => outcome switch
    {
        RowOutcome.Mapped { IsGone: true } gone => $"gone, key {LocalIdText.Shown(gone.LocalId)}",
        RowOutcome.Mapped mapped => $"key {LocalIdText.Shown(mapped.LocalId)}",
        RowOutcome.Rejected rejected => $"rejected, {rejected.Reason}{(rejected.Field is { } field ? $" in {field}" : string.Empty)}: {rejected.Message}",
        RowOutcome.Filtered filtered => $"filtered by {filtered.Rule}; without the filter it would be",
        RowOutcome.Folded => "folded: another row stands for its case",
        _ => "blank",
    };

    private static string OneLine(string text)
    {
        var flat = TerminalText.Plain(text).Replace("\r\n", "⏎", StringComparison.Ordinal).Replace('\n', '⏎').Replace('\r', '⏎');
        return flat.Length > LongestValue ? flat[..LongestValue] + " …" : flat;
    }
}
