using System.Xml;

namespace CallTracking.Mapping.Reading.Excel.Xlsx;

/// <summary>
/// An XML part read forward, node by node, in bounded memory: no document type, no endless tags, no endless depth; long texts come
/// in pieces. Names are compared without their namespace, of which there are two generations.
/// </summary>
internal sealed class XmlPart : IDisposable
{
    private const int Deepest = 64;

    private readonly BudgetedText _text;
    private readonly XmlReader _xml;
    private readonly char[] _piece = new char[4096];

    public XmlPart(Stream unpacked)
    {
        _text = new BudgetedText(unpacked);
        _xml = XmlReader.Create(_text, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            NameTable = new BoundedNames(),
            CloseInput = true,
        });
    }

    public CancellationToken Cancellation { get; set; }

    public int Depth => _xml.Depth;

    /// <summary>The element at hand has neither content nor an end of its own.</summary>
    public bool IsEmpty => _xml.IsEmptyElement;

    public bool Read()
    {
        Cancellation.ThrowIfCancellationRequested();
        _text.Refill();
        if (!_xml.Read())
        {
            return false;
        }

        return _xml.Depth <= Deepest ? true : throw new InvalidDataException($"A part of the workbook is nested deeper than {Deepest}.");
    }

    /// <summary>The name by which elements of the part can be compared quickly.</summary>
    public string Name(string name) => _xml.NameTable.Add(name);

    /// <param name="name">From <see cref="Name"/>.</param>
    public bool IsStart(string name) => _xml.NodeType == XmlNodeType.Element && ReferenceEquals(_xml.LocalName, name);

    /// <summary>Moves to the next node within an element that began at this depth; false at its end.</summary>
    public bool ReadWithin(int depth)
    {
        if (!Read())
        {
            return false;
        }

        return _xml.Depth > depth || _xml.NodeType != XmlNodeType.EndElement;
    }

    /// <summary>Moves to the end of the element at hand.</summary>
    public void Skip()
    {
        var depth = _xml.Depth;
        if (_xml.IsEmptyElement)
        {
            return;
        }

        while (ReadWithin(depth))
        {
        }
    }

    /// <summary>The attribute without a namespace; null when it is absent.</summary>
    public string? Attribute(string name) => _xml.GetAttribute(name);

    /// <summary>As <see cref="Attribute"/>, with any namespace: for references to other parts.</summary>
    public string? QualifiedAttribute(string localName)
    {
        string? found = null;
        for (var more = _xml.MoveToFirstAttribute(); more; more = _xml.MoveToNextAttribute())
        {
            found = _xml.Prefix.Length > 0 && _xml.LocalName == localName ? _xml.Value : found;
        }

        _xml.MoveToElement();
        return found;
    }

    /// <summary>Adds all text of the element at hand, and moves to its end.</summary>
    public void ReadText(TextBuffer into)
    {
        var depth = _xml.Depth;
        if (_xml.IsEmptyElement)
        {
            return;
        }

        while (ReadWithin(depth))
        {
            if (_xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace))
            {
                continue;
            }

            while (_xml.ReadValueChunk(_piece, 0, _piece.Length) is > 0 and var length)
            {
                Cancellation.ThrowIfCancellationRequested();
                _text.Refill();
                into.Append(_piece.AsSpan(0, length));
            }
        }
    }

    public void Dispose()
    {
        _xml.Dispose();
        _text.Dispose();
    }
}
