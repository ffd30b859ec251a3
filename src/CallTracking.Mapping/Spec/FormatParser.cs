using System.Text;
using CallTracking.Mapping.Reading;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads a mapping's <c>format</c>.</summary>
internal static class FormatParser
{
    private const int LargestRecordBytes = 64 * 1024 * 1024;

    private static readonly Dictionary<string, FormatKind> Kinds = new()
    {
        ["delimited"] = FormatKind.Delimited,
        ["json"] = FormatKind.Json,
        ["jsonl"] = FormatKind.JsonLines,
    };

    private static readonly Dictionary<string, bool> RaggedRules = new() { ["reject"] = false, ["pad"] = true };

    public static FormatSpec Parse(YamlMap root, FaultLog faults)
    {
        var map = root.TakeMap("format");
        if (map is null)
        {
            if (!root.Has("format"))
            {
                faults.Add(root.Node, "There is no 'format'.", "Write format: {type: delimited, encoding: utf-8, delimiter: \",\"}.");
            }

            return new FormatSpec(FormatKind.Delimited, SourceEncoding.Find("utf-8")!);
        }

        if (!map.Has("type"))
        {
            faults.Add(map.Node, "The format has no type.", "Write type: delimited, json or jsonl.");
        }

        var kind = map.TakeChoice("type", Kinds, FormatKind.Delimited);
        var format = new FormatSpec(kind, EncodingOf(map, faults))
        {
            MaxRecordBytes = map.TakeInteger("max_record_bytes", FormatSpec.DefaultMaxRecordBytes, 1024, LargestRecordBytes),
        };
        format = kind switch
        {
            FormatKind.Delimited => Delimited(map, format, faults),
            FormatKind.Json => format with { RecordsPath = RecordsOf(map, faults) },
            FormatKind.JsonLines => format,
        };
        map.RejectUnknown();
        return format;
    }

    private static FormatSpec Delimited(YamlMap map, FormatSpec format, FaultLog faults)
    {
        format = format with
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

    private static SourceEncoding EncodingOf(YamlMap map, FaultLog faults)
    {
        var named = map.TakeScalar("encoding");
        if (named is not null && SourceEncoding.Find(named.Value!) is { } encoding)
        {
            return encoding;
        }

        if (named is not null)
        {
            var known = Encoding.GetEncodings().Select(info => info.Name).Append("Shift_JIS");
            faults.Add(named, $"There is no encoding '{named.Value}'.", NearestNames.Cure(named.Value!, known));
        }

        return SourceEncoding.Find("utf-8")!;
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

    private static IReadOnlyList<string> RecordsOf(YamlMap map, FaultLog faults)
    {
        var found = map.TakeScalar("records");
        if (found?.Value is not { } text || text is "$" or "$[*]")
        {
            return [];
        }

        var path = JsonPath.Parse(text.EndsWith("[*]", StringComparison.Ordinal) ? text[..^3] : text);
        if (path is null || path.LevelsUp > 0 || path.Names.Contains(null))
        {
            faults.Add(found, $"'{text}' leads to no array of records.", "Write names with points, such as records: tickets or records: data.tickets.");
            return [];
        }

        return [.. path.Names.OfType<string>()];
    }
}
