using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Fixed;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec.Formats;

/// <summary>Reads the <c>format</c> of fixed-width records.</summary>
internal static class FixedFormatParser
{
    private const int LargestPlace = 1024 * 1024;

    private static readonly Dictionary<string, bool> Units = new() { ["chars"] = false, ["bytes"] = true };
    private static readonly Dictionary<string, bool> RaggedRules = new() { ["reject"] = false, ["pad"] = true };
    private static readonly Dictionary<string, bool> Alignments = new() { ["left"] = false, ["right"] = true };

    public static RecordFormat Parse(YamlMap map, FaultLog faults)
    {
        var format = new FixedFormat(FormatParser.EncodingOf(map, faults))
        {
            CountsBytes = map.TakeChoice("unit", Units, false),
            RecordBytes = map.Has("record_length") ? map.TakeInteger("record_length", 1, 1, LargestPlace) : null,
            PadsShortRecords = map.TakeChoice("ragged", RaggedRules, false),
            Columns = ColumnsOf(map, faults),
        };
        if (format.RecordBytes is not null && format.Encoding.LeastConfidence is not null)
        {
            faults.Add(map.Node, "Records of fixed length are cut before their encoding is known.", "Name the encoding, or leave out record_length when records are lines.");
        }

        // Of one byte each, characters are bytes, however the file is read.
        if (format.CountsBytes && !format.CutsInPlace)
        {
            if (format.Encoding is { IsSingleByte: true, LeastConfidence: null })
            {
                format = format with { CountsBytes = false };
            }
            else
            {
                faults.Add(map.Node, $"Lines in {format.Encoding.Name} are read through UTF-8, where places cannot count its bytes.", "Write unit: chars, or record_length when all records have as many bytes.");
            }
        }

        format = format with { Framing = FramingParser.Parse(map, format, faults) };
        if (format is { RecordBytes: not null, Framing.EndsInLine: true })
        {
            faults.Add(map.Node, "Records of fixed length have no line ends, and 'end' says that every one has.", "Leave out end, or record_length when records are lines.");
        }

        return format;
    }

    private static List<FixedColumn> ColumnsOf(YamlMap map, FaultLog faults)
    {
        var columns = new List<FixedColumn>();
        var next = 0;
        if (map.Take("columns") is YamlSequenceNode { Children.Count: > 0 } list && list.Children.All(child => child is YamlMappingNode))
        {
            foreach (var node in list.Children.Cast<YamlMappingNode>())
            {
                var column = ColumnOf(new YamlMap(node, faults), next, node == list.Children[^1], faults);
                if (columns.Any(other => other.Name == column.Name))
                {
                    faults.Add(node, $"The column '{column.Name}' is named twice.", "Give each its own name.");
                }

                columns.Add(column);
                next = column.End;
            }

            return columns;
        }

        faults.Add(map.Node, "Nothing says which columns a record has.", "Write columns: [{name: id, width: 8}, {name: text, start: 20, end: 59}].");
        return [new FixedColumn("_", 0, 1, ' ', false)];
    }

    private static FixedColumn ColumnOf(YamlMap map, int next, bool isLast, FaultLog faults)
    {
        var name = map.TakeText("name");
        var isOpen = isLast && map.Has("start") && !map.Has("width") && !map.Has("end");
        var start = map.TakeInteger("start", next + 1, 1, LargestPlace) - 1;
        var width = map.Has("width") ? map.TakeInteger("width", 1, 1, LargestPlace) : (int?)null;
        var end = map.Has("end") ? map.TakeInteger("end", start + 1, 1, LargestPlace) : (int?)null;
        if (string.IsNullOrEmpty(name) || (!isOpen && (width is null) == (end is null)) || end <= start)
        {
            faults.Add(map.Node, "A column has a name, and either a width or an end that is not before its start.", "Write {name: text, start: 20, width: 40} or {name: text, start: 20, end: 59}; the first place is 1. The last may have a start alone, and then reaches to the record's end.");
        }

        var pad = map.TakeScalar("pad");
        if (pad is not null && pad.Value is not { Length: 1 })
        {
            faults.Add(pad, "'pad' is the one character that fills a column up.", "Write pad: \"0\", or leave it out for spaces.");
        }

        var column = new FixedColumn(
            name ?? "_", start, isOpen ? FixedColumn.Open : end ?? start + (width ?? 1), pad?.Value is { Length: 1 } sign ? sign[0] : ' ', map.TakeChoice("align", Alignments, false));
        map.RejectUnknown();
        return column;
    }
}
