using System.Globalization;

namespace CallTracking.Mapping.Reading.Excel.Xlsx;

/// <summary>Reads what the styles of cells make of numbers.</summary>
internal static class XlsxStyles
{
    /// <summary>By the number that cells name as their style.</summary>
    public static IReadOnlyList<CellFormat> Read(XmlPart xml)
    {
        var own = new Dictionary<int, CellFormat>();
        var styles = new List<CellFormat>();
        var (format, list, style) = (xml.Name("numFmt"), xml.Name("cellXfs"), xml.Name("xf"));
        while (xml.Read())
        {
            if (xml.IsStart(format) && xml.Depth == 2)
            {
                own[NumberOf(xml)] = CellFormat.Parse(xml.Attribute("formatCode"));
            }
            else if (xml.IsStart(list) && !xml.IsEmpty)
            {
                var depth = xml.Depth;
                while (xml.ReadWithin(depth))
                {
                    if (xml.IsStart(style) && xml.Depth == depth + 1)
                    {
                        var number = NumberOf(xml);
                        styles.Add(own.TryGetValue(number, out var found) ? found : CellFormat.BuiltIn(number));
                    }
                }
            }
        }

        return styles.Count > 0 ? styles : [default];
    }

    private static int NumberOf(XmlPart xml) =>
        int.TryParse(xml.Attribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
