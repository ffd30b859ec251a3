using System.Globalization;
using System.Text;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Delimited;
using CallTracking.Mapping.Spec.Formats;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads a mapping's <c>format</c>: its type, and what each type takes.</summary>
internal static class FormatParser
{
    private const int LargestRecordBytes = 64 * 1024 * 1024;

    private static readonly Dictionary<string, Func<YamlMap, FaultLog, RecordFormat>> Kinds = new()
    {
        ["delimited"] = DelimitedFormatParser.Parse,
        ["fixed"] = FixedFormatParser.Parse,
        ["excel"] = ExcelFormatParser.Parse,
        ["json"] = JsonFormatParser.ParseArray,
        ["jsonl"] = JsonFormatParser.ParseLines,
        ["xml"] = XmlFormatParser.Parse,
        ["sqldump"] = SqlDumpFormatParser.Parse,
        ["mail"] = MailFormatParser.Parse,
        ["table"] = TableFormatParser.Parse,
    };

    /// <summary>The kinds of files, by the word that a mapping uses.</summary>
    public static IEnumerable<string> Types => Kinds.Keys;

    public static RecordFormat Parse(YamlMap root, FaultLog faults)
    {
        var map = root.TakeMap("format");
        if (map is null)
        {
            if (!root.Has("format"))
            {
                root.Lacks(["format"], "There is no 'format'.", "Write format: {type: delimited, encoding: utf-8, delimiter: \",\"}.");
            }

            return new DelimitedFormat(SourceEncoding.Utf8);
        }

        if (!map.Has("type"))
        {
            map.Lacks(["type"], "The format has no type.", $"Write type: {string.Join(", ", Kinds.Keys.SkipLast(1))} or {Kinds.Keys.Last()}.");
        }

        var format = map.TakeChoice("type", Kinds, DelimitedFormatParser.Parse)(map, faults) with
        {
            MaxRecordBytes = map.TakeInteger("max_record_bytes", RecordFormat.DefaultMaxRecordBytes, 1024, LargestRecordBytes),
        };
        map.RejectUnknown();
        return format;
    }

    /// <summary>The named encoding; UTF-8 when none is named.</summary>
    public static SourceEncoding EncodingOf(YamlMap map, FaultLog faults)
    {
        var named = map.TakeScalar("encoding");
        var least = LeastConfidenceOf(map, faults);
        if (named?.Value == "detect")
        {
            return SourceEncoding.Detected(least);
        }

        if (named is not null && SourceEncoding.Find(named.Value!) is { } encoding)
        {
            return encoding;
        }

        if (named is not null)
        {
            var known = Encoding.GetEncodings().Select(info => info.Name).Append("Shift_JIS");
            faults.Add(named, $"There is no encoding '{named.Value}'.", NearestNames.Cure(named.Value!, known));
        }

        return SourceEncoding.Utf8;
    }

    private static double LeastConfidenceOf(YamlMap map, FaultLog faults)
    {
        var found = map.TakeScalar("confidence");
        if (found is null)
        {
            return EncodingVerdict.UsualConfidence;
        }

        if (double.TryParse(found.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var least) && least is >= 0.5 and <= 1)
        {
            return least;
        }

        faults.Add(found, "'confidence' is a number from 0.5 to 1: what a detected encoding must reach.", "Write confidence: 0.9, or leave it out.");
        return EncodingVerdict.UsualConfidence;
    }
}
