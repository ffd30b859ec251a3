using System.Text;
using System.Xml;

namespace CallTracking.Mapping.Reading.Excel;

/// <summary>What the framework throws for a file that is not what it should be, and how it is said without quoting the file.</summary>
internal static class Damage
{
    public static bool Is(Exception thrown) =>
        thrown is XmlException or InvalidDataException or DecoderFallbackException or EndOfStreamException
            or NotSupportedException or ArgumentException or OverflowException;

    public static string Say(Exception thrown) => thrown switch
    {
        XmlException xml => $"The workbook's XML is broken, or of a kind that is not read, at line {xml.LineNumber}, character {xml.LinePosition} of a part.",
        DecoderFallbackException => "The workbook's XML holds bytes that are not UTF-8.",
        InvalidDataException data => $"The workbook cannot be read. {data.Message}",
        _ => "The workbook cannot be read.",
    };
}
