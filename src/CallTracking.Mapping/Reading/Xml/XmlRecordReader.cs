using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using CallTracking.Contracts;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Xml;

/// <summary>
/// Reads the elements at one path of an XML document, one at a time, each shown in its form in JSON. Syntax that is broken ends
/// the file; a byte or character that cannot be read costs the record around it.
/// </summary>
internal sealed class XmlRecordReader : RecordReader
{
    // Twice the elements, since one that is repeated stands in an array.
    private const int MaxJsonDepth = (XmlRecordBuilder.MaxDepth + 2) * 2;
    private const int MostNames = 200;

    // What the parser holds as a whole: a tag, a comment, a CDATA section.
    private const int LongestToken = 16 * 1024 * 1024;

    private readonly XmlFormat _format;
    private readonly string _fileName;
    private readonly XmlText _text;
    private readonly PooledBuffer _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly JsonRecord _record;
    private readonly List<string> _seen = [];

    // Made by the first read, since a parser reads the declaration when it is made.
    private XmlReader _xml = null!;
    private XmlRecordBuilder _builder = null!;
    private int _matched;
    private int _deepest;
    private long _rows;
    private bool _isAtEnd;

    public XmlRecordReader(Stream stream, XmlFormat format, string fileName, ColumnTable table)
    {
        _format = format;
        _fileName = fileName;
        _text = new XmlText(stream, format.Encoding, fileName, Math.Max(format.MaxRecordBytes, LongestToken));
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        _record = new JsonRecord(table, MaxJsonDepth);
    }

    public override SourceRow Row => _record.Row;

    public override async ValueTask<ReadKind> ReadAsync(CancellationToken cancellationToken)
    {
        if (_isAtEnd)
        {
            return ReadKind.End;
        }

        await _text.ReadAheadAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Begin();
            return Next();
        }
        catch (XmlException broken)
        {
            throw Broken(broken);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _record.Dispose();
        await _json.DisposeAsync().ConfigureAwait(false);
        _buffer.Dispose();
        _xml?.Dispose();
        _text.Dispose();
    }

    public override void Dispose()
    {
        _record.Dispose();
        _json.Dispose();
        _buffer.Dispose();
        _xml?.Dispose();
        _text.Dispose();
    }

    private void Begin()
    {
        _xml ??= XmlReader.Create(_text, new XmlReaderSettings
        {
            CloseInput = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        });
        _builder ??= new XmlRecordBuilder(_xml, _text, _format, _fileName);
    }

    private ReadKind Next()
    {
        while (_builder.Next())
        {
            if (_xml.NodeType == XmlNodeType.Text)
            {
                _builder.PassText();
            }
            else if (IsRecord())
            {
                return Take();
            }
        }

        _isAtEnd = true;
        RequireNothingBad(long.MaxValue);
        RequireRecords();
        return ReadKind.End;
    }

    /// <summary>Follows the path to the records; true when the parser stands on one.</summary>
    private bool IsRecord()
    {
        if (_xml.NodeType == XmlNodeType.EndElement)
        {
            _matched = Math.Min(_matched, _xml.Depth);
            return false;
        }

        if (_xml.NodeType != XmlNodeType.Element || _xml.Depth != _matched)
        {
            return false;
        }

        var name = _format.Names.NameOf(_xml.LocalName, _xml.NamespaceURI);
        if (!string.Equals(name, _format.Records[_matched], StringComparison.Ordinal))
        {
            See(name);
            return false;
        }

        if (_matched == _format.Records.Count - 1)
        {
            return true;
        }

        if (_matched == _deepest)
        {
            _deepest++;
            _seen.Clear();
        }

        _matched += _xml.IsEmptyElement ? 0 : 1;
        return false;
    }

    private ReadKind Take()
    {
        var line = ((IXmlLineInfo)_xml).LineNumber;
        var start = _text.Places.Char;
        Position = new RowPosition(_fileName, ++_rows, line, _text.Places.Bytes(charactersBack: 1));
        RequireNothingBad(start);
        var end = _xml.IsEmptyElement ? start + LengthOfTag() : 0;
        var (record, fault) = _builder.Build();
        end = end > 0 ? end : _text.Places.Char;
        Write(record);
        while (_text.Bad.TryPeek(out var bad) && bad.Char < end)
        {
            _text.Bad.Dequeue();
            fault ??= new RowFault(bad.Reason, bad.Message);
        }

        fault ??= record.IsEmpty ? null : _record.Parse(_buffer.Written, out _);
        return fault is not null ? Broken(fault.Reason, fault.Message) : record.IsEmpty ? ReadKind.Blank : ReadKind.Row;
    }

    private void Write(XmlBranch record)
    {
        _buffer.Clear();
        _json.Reset(_buffer);
        record.WriteRecord(_json);
        _json.Flush();
        Raw = Truncated(_buffer.Written);
    }

    // An element without an end tag says where its last attribute stands; how long the value was written is not known, but at least so long.
    private int LengthOfTag()
    {
        var length = _xml.LocalName.Length;
        for (var more = _xml.MoveToFirstAttribute(); more; more = _xml.MoveToNextAttribute())
        {
            length += _xml.Name.Length + _xml.Value.Length + 4;
        }

        _xml.MoveToElement();
        return length;
    }

    private void See(string name)
    {
        if (_matched == _deepest && _seen.Count < MostNames && !_seen.Contains(name))
        {
            _seen.Add(name);
        }
    }

    /// <summary>What cannot be read outside records may have been one.</summary>
    private void RequireNothingBad(long before)
    {
        if (_text.Bad.TryPeek(out var bad) && bad.Char < before)
        {
            var at = (IXmlLineInfo)_xml;
            throw new SourceFormatException(new Fault(
                _fileName, at.LineNumber, at.LinePosition, $"Between the records: {bad.Message}", "Correct format.encoding in the mapping, or ask for a sound export."));
        }
    }

    // Not one record: a night without cases has the element around them, and nothing else in it.
    private void RequireRecords()
    {
        if (_rows == 0 && (_deepest < _format.Records.Count - 1 || _seen.Count > 0))
        {
            throw new SourceFormatException(new Fault(
                _fileName,
                ((IXmlLineInfo)_xml).LineNumber,
                1,
                $"There is no element {string.Join('/', _format.Records)} in the document: '{_format.Records[_deepest]}' is missing.",
                $"{NearestNames.Cure(_format.Records[_deepest], _seen)} Correct records under format in the mapping."));
        }
    }

    private SourceFormatException Broken(XmlException broken)
    {
        // The parser's own words quote the file.
        var bad = _text.Bad.TryPeek(out var first) && !first.IsCut ? $" {first.Message}" : string.Empty;
        var isDocumentType = _rows == 0 && _text.HasDocumentType;
        var what = isDocumentType ? "it has a document type (DTD), which is never read"
            : _text.IsAtEnd && bad.Length == 0 ? "the file ends inside the document, or is broken at its end"
            : "the syntax is wrong";
        // The parser does not say where it met a document type.
        var at = broken.LineNumber > 0 ? (broken.LineNumber, broken.LinePosition) : _xml is IXmlLineInfo { LineNumber: > 0 } place ? (place.LineNumber, place.LinePosition) : (1, 1);
        return new SourceFormatException(new Fault(
            _fileName,
            at.Item1,
            at.Item2,
            $"Broken XML: {what}.{bad}",
            isDocumentType ? "Have it exported without a DOCTYPE: what one may define could be without end, or lead elsewhere."
                : "Ask for the export again: records before this place have been read, those behind it cannot be found."));
    }
}
