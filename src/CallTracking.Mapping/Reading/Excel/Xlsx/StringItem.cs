namespace CallTracking.Mapping.Reading.Excel.Xlsx;

/// <summary>Reads an element si or is: plain, or runs of rich text joined. Phonetic runs (rPh), which say how a text is read, are no part of it.</summary>
internal sealed class StringItem(XmlPart xml)
{
    private readonly string _text = xml.Name("t");
    private readonly string _phonetic = xml.Name("rPh");

    /// <summary>Adds the text of the element at hand, and moves to its end.</summary>
    public void Read(TextBuffer into)
    {
        var depth = xml.Depth;
        if (xml.IsEmpty)
        {
            return;
        }

        while (xml.ReadWithin(depth))
        {
            if (xml.IsStart(_phonetic))
            {
                xml.Skip();
            }
            else if (xml.IsStart(_text))
            {
                var from = into.Length;
                xml.ReadText(into);
                into.Unescape(from);
            }
        }
    }

    /// <summary>Reads the workbook's whole table of texts.</summary>
    public static void ReadAll(XmlPart xml, SharedStrings into, int mostChars)
    {
        var item = new StringItem(xml);
        var name = xml.Name("si");
        using var text = new TextBuffer(mostChars);
        while (xml.Read())
        {
            if (xml.IsStart(name) && xml.Depth == 1)
            {
                text.Clear();
                item.Read(text);
                into.Add(text);
            }
        }
    }
}
