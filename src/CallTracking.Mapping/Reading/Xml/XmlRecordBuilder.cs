using System.Xml;
using CallTracking.Contracts;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Xml;

/// <summary>
/// Reads one record's element into a tree, or passes over it when it is too large. Leaves the parser on the record's end. Not
/// thread-safe.
/// </summary>
internal sealed class XmlRecordBuilder(XmlReader xml, XmlText text, XmlFormat format, string fileName)
{
    /// <summary>Elements inside elements of a record.</summary>
    public const int MaxDepth = 200;

    private const int MaxAttributes = 256;

    // The parser keeps something for each open element.
    private const int DeepestFile = 10_000;

    // What an element costs beside its text.
    private const int ElementBytes = 64;

    private readonly char[] _chunk = new char[4096];
    private readonly Stack<XmlBranch> _open = [];
    private long _size;
    private RowFault? _fault;

    /// <summary>The record's tree; what there was of it when there is a fault.</summary>
    public (XmlBranch Record, RowFault? Fault) Build()
    {
        _size = 0;
        _fault = null;
        _open.Clear();
        var outermost = xml.Depth;
        var record = new XmlBranch(string.Empty);
        Fill(record);
        if (xml.IsEmptyElement)
        {
            return (record, _fault);
        }

        _open.Push(record);
        while (Next() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == outermost))
        {
            Take(outermost);
        }

        return (record, _fault);
    }

    /// <summary>The parser's next step.</summary>
    public bool Next()
    {
        text.Step();
        if (!xml.Read())
        {
            return false;
        }

        var place = (IXmlLineInfo)xml;
        text.Places.MoveTo(place.LineNumber, place.LinePosition);
        return xml.Depth <= DeepestFile
            ? true
            : throw new SourceFormatException(new Fault(
                fileName, place.LineNumber, place.LinePosition, $"Elements stand in each other more than {DeepestFile} deep.", "Ask for a sound export: no help desk writes such a file."));
    }

    private void Take(int outermost)
    {
        switch (xml.NodeType)
        {
            case XmlNodeType.Element:
                Open(xml.Depth - outermost);
                break;
            case XmlNodeType.EndElement when _fault is null:
                _open.Pop();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                TakeText();
                break;
        }
    }

    private void Open(int depth)
    {
        if (depth > MaxDepth)
        {
            _fault ??= new RowFault(RejectReason.BrokenRecord, $"Elements stand in each other more than {MaxDepth} deep.");
        }

        if (_fault is not null)
        {
            return;
        }

        var isEmpty = xml.IsEmptyElement;
        var branch = _open.Peek().AddChild(format.Names.NameOf(xml.LocalName, xml.NamespaceURI));
        Count(ElementBytes + xml.LocalName.Length);
        Fill(branch);
        if (!isEmpty)
        {
            _open.Push(branch);
        }
    }

    private void Fill(XmlBranch branch)
    {
        if (xml.AttributeCount > MaxAttributes)
        {
            _fault ??= new RowFault(RejectReason.BrokenRecord, $"An element has more than {MaxAttributes} attributes.");
            return;
        }

        while (xml.MoveToNextAttribute())
        {
            if (xml.NamespaceURI == XmlNames.Instance)
            {
                branch.IsNil |= xml.LocalName == "nil" && xml.Value is "true" or "1";
            }
            else if (xml.Prefix != "xmlns" && xml.Name != "xmlns")
            {
                branch.AddAttribute(format.Names.NameOf(xml.LocalName, xml.NamespaceURI), xml.Value);
                Count(ElementBytes + xml.LocalName.Length + xml.Value.Length);
            }
        }

        xml.MoveToElement();
    }

    /// <summary>Passes over the text that the parser stands on, whatever its size.</summary>
    public void PassText()
    {
        while (Chunk() > 0)
        {
            // Every piece is let go of.
        }
    }

    private int Chunk()
    {
        var length = xml.ReadValueChunk(_chunk, 0, _chunk.Length);
        text.Step();
        text.Places.Trim();
        return length;
    }

    private void TakeText()
    {
        int length;
        while ((length = Chunk()) > 0)
        {
            Count(length);
            if (_fault is null)
            {
                _open.Peek().AddText(_chunk.AsSpan(0, length));
            }
        }
    }

    private void Count(int characters)
    {
        _size += characters;
        if (_size > format.MaxRecordBytes)
        {
            _fault ??= new RowFault(RejectReason.TooLarge, $"The record is over max_record_bytes, {format.MaxRecordBytes}.");
        }
    }
}
