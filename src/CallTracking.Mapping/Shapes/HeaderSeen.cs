using CallTracking.Mapping.Reading;

namespace CallTracking.Mapping.Shapes;

/// <summary>Tells who watches a reading of the columns, before the mapping judges them.</summary>
internal sealed class HeaderSeen
{
    /// <summary>Null when nobody watches.</summary>
    public ShapeWatch? Watch { get; set; }

    public HeaderCheck Before(HeaderCheck check, string fileName) => names =>
    {
        Watch?.Header(names, fileName);
        return check(names);
    };
}
