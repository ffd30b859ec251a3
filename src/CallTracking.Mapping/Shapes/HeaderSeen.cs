using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Joins;

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

    /// <summary>As <see cref="Before"/>, of a file whose records are composed with others: those of a join, or, without one, the source's own.</summary>
    public HeaderCheck OfPart(JoinRule? join, HeaderCheck check, string fileName) => names =>
    {
        Watch?.HeaderOfPart(join, names, fileName);
        return check(names);
    };
}
