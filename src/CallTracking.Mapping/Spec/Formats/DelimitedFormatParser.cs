using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Delimited;

namespace CallTracking.Mapping.Spec.Formats;

/// <summary>Reads the <c>format</c> of delimited text.</summary>
internal static class DelimitedFormatParser
{
    private static readonly Dictionary<string, bool> RaggedRules = new() { ["reject"] = false, ["pad"] = true };

    public static RecordFormat Parse(YamlMap map, FaultLog faults)
    {
        var format = new DelimitedFormat(FormatParser.EncodingOf(map, faults))
        {
            Delimiter = SignOf(map, "delimiter", ',', faults) ?? ',',
            Quote = map.TakeText("quote") == "none" ? null : SignOf(map, "quote", '"', faults),
            Escape = map.TakeText("escape") is null or "double" ? null : SignOf(map, "escape", null, faults),
            HasHeader = map.TakeFlag("header", true),
            Columns = [.. map.TakeScalars("columns").Select(column => column.Value ?? string.Empty)],
            PadsRaggedRows = map.TakeChoice("ragged", RaggedRules, false),
        };
        if (format.HasHeader == (format.Columns.Count > 0))
        {
            faults.Add(
                map.Node,
                format.HasHeader ? "The columns are named twice: by the header and by 'columns'." : "Without a header nothing names the columns.",
                format.HasHeader ? "Leave out columns, or write header: false." : "Write columns: [first, second, …] in the file's order.");
        }

        if (format.Delimiter == format.Quote || format.Delimiter == format.Escape)
        {
            faults.Add(map.Node, "Delimiter, quote and escape are different signs.", "Write, for instance, delimiter: \";\" and quote: '\"'.");
        }

        return format;
    }

    private static char? SignOf(YamlMap map, string key, char? otherwise, FaultLog faults)
    {
        var found = map.TakeScalar(key);
        switch (found?.Value)
        {
            case null:
                return otherwise;
            case "tab" or "\\t":
                return '\t';
            case { Length: 1 } sign when sign[0] < 0x80 && sign[0] is not ('\r' or '\n' or '\0'):
                return sign[0];
            default:
                faults.Add(found, $"'{key}' is one ASCII sign.", $"Write {key}: \";\", {key}: tab or another single sign in quotes.");
                return otherwise;
        }
    }
}
