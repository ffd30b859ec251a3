using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Feed;

namespace CallTracking.Mapping.Spec.Formats;

/// <summary>Reads the <c>format</c> of rows that come from a database: it says nothing more.</summary>
internal static class TableFormatParser
{
    public static RecordFormat Parse(YamlMap map, FaultLog faults) => new TableFormat();
}
