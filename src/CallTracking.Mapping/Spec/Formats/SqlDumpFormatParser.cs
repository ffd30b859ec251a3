using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.SqlDump;

namespace CallTracking.Mapping.Spec.Formats;

/// <summary>Reads the <c>format</c> of dumps of databases.</summary>
internal static class SqlDumpFormatParser
{
    private static readonly Dictionary<string, SqlDialect> Dialects = new() { ["mysql"] = SqlDialect.MySql, ["postgres"] = SqlDialect.Postgres };

    private static readonly Dictionary<string, bool> Ends = new() { ["marked"] = true, ["unmarked"] = false };

    public static RecordFormat Parse(YamlMap map, FaultLog faults)
    {
        var table = map.TakeText("table");
        if (string.IsNullOrEmpty(table))
        {
            faults.Add(map.Node, "A dump has many tables; none is named.", "Write, for instance, table: ost_ticket.");
        }

        return new SqlDumpFormat
        {
            Encoding = map.Has("encoding") ? FormatParser.EncodingOf(map, faults) : null,
            Table = table ?? string.Empty,
            Dialect = map.TakeChoice("dialect", Dialects, SqlDialect.Unknown),
            EndIsMarked = map.TakeChoice("end", Ends, true),
        };
    }
}
