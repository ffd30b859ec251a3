using CallTracking.Mapping.Values;

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

    /// <summary>What makes a text unfit for a case; null for sound ones.</summary>
    public static RowFault? FaultOf(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0'))
        {
            return new RowFault(RejectReason.NulCharacter, "holds U+0000; the text of a case cannot hold it.");
        }

        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0 && at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
            {
                continue;
            }

            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return new RowFault(RejectReason.Undecodable, "holds half of a surrogate pair, which is no character.");
            }

            at++;
        }

        return null;
    }
}
