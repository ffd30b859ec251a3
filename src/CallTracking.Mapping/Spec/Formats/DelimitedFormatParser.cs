using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Delimited;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec.Formats;

/// <summary>Reads the <c>format</c> of delimited text.</summary>
internal static class DelimitedFormatParser
{
    private const int LongestDelimiter = 16;

    private static readonly Dictionary<string, RaggedRule> RaggedRules = new()
    {
        ["reject"] = RaggedRule.Reject,
        ["pad"] = RaggedRule.Pad,
        ["join_last"] = RaggedRule.JoinLast,
    };

    public static RecordFormat Parse(YamlMap map, FaultLog faults)
    {
        var format = new DelimitedFormat(FormatParser.EncodingOf(map, faults))
        {
            Quote = map.TakeText("quote") == "none" ? null : SignOf(map, "quote", '"', faults),
            Escape = map.TakeText("escape") is null or "double" ? null : SignOf(map, "escape", null, faults),
            Columns = [.. map.TakeScalars("columns").Select(column => column.Value ?? string.Empty)],
            Ragged = map.TakeChoice("ragged", RaggedRules, RaggedRule.Reject),
        };
        var hasHeader = map.TakeFlag("header", true);
        if (hasHeader == (format.Columns.Count > 0))
        {
            faults.Add(
                map.Node,
                hasHeader ? "The columns are named twice: by the header and by 'columns'." : "Without a header nothing names the columns.",
                hasHeader ? "Leave out columns, or write header: false." : "Write columns: [first, second, …] in the file's order.");
        }

        format = format with { Delimiter = DelimiterOf(map, format, faults) };
        return format with { Framing = FramingParser.Parse(map, format, faults) };
    }

    private static string DelimiterOf(YamlMap map, DelimitedFormat format, FaultLog faults)
    {
        var found = map.TakeScalar("delimiter");
        var delimiter = found?.Value switch
        {
            null => ",",
            "tab" or "\\t" => "\t",
            var text => text,
        };
        if (delimiter.Length is 0 or > LongestDelimiter || delimiter.AsSpan().ContainsAny('\r', '\n', '\0') || format.InPlace.BytesOf(delimiter) is null)
        {
            faults.Add(found!, $"'delimiter' is one to {LongestDelimiter} characters of the file's encoding, and no line end.", "Write delimiter: \";\", delimiter: tab or delimiter: \"||\".");
            return ",";
        }

        if ((format.Quote is { } quote && delimiter.Contains(quote, StringComparison.Ordinal)) || (format.Escape is { } escape && delimiter.Contains(escape, StringComparison.Ordinal)))
        {
            faults.Add((YamlNode?)found ?? map.Node, "Delimiter, quote and escape are different signs.", "Write, for instance, delimiter: \";\" and quote: '\"'.");
        }

        return delimiter;
    }

    private static char? SignOf(YamlMap map, string key, char? otherwise, FaultLog faults)
    {
        var found = map.TakeScalar(key);
        switch (found?.Value)
        {
            case null:
                return otherwise;
            case { Length: 1 } sign when sign[0] < 0x80 && sign[0] is not ('\r' or '\n' or '\0'):
                return sign[0];
            default:
                faults.Add(found, $"'{key}' is one ASCII sign.", $"Write {key}: \"'\" or another single sign in quotes.");
                return otherwise;
        }
    }
}
