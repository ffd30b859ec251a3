using System.Buffers;
using System.Text;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Reading.Xml;

/// <summary>Something in the file that no record may hold: where, and what is to be said of it.</summary>
internal readonly record struct BadPlace(long Char, string Reason, string Message);

/// <summary>
/// The characters of an XML file, decoded strictly. A byte that the encoding does not have, or a control character that XML
/// does not have, is noted with its place, and a stand-in lets the parser go on, so that it costs the record around it only.
/// Not thread-safe.
/// </summary>
internal sealed class XmlText(Stream stream, SourceEncoding? named, string fileName, int longestToken) : TextReader
{
    // No character at all, and none that XML has.
    private const char Mark = '\uFFFF';
    private const char StandIn = '\uFFFD';
    private const int ChunkBytes = 4096;
    private const int MostBadPlaces = 10_000;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code).Except(['\t', '\n', '\r']), '\uFFFE', Mark]);

    private readonly byte[] _bytes = new byte[ChunkBytes];
    private readonly char[] _chars = new char[ChunkBytes + 16];
    private readonly Queue<BadPlace> _bad = [];
    private SourceEncoding? _encoding;
    private NotingFallback? _notes;
    private Decoder? _decoder;
    private int _at;
    private int _length;
    private long _readBytes;
    private long _readChars;
    private long _sinceStep;

    /// <summary>Of the read at work.</summary>
    public CancellationToken Token { get; set; }

    public XmlPlaces Places { get; } = new();

    /// <summary>What no record may hold, in the order of the file.</summary>
    public Queue<BadPlace> Bad => _bad;

    public bool IsAtEnd { get; private set; }

    /// <summary>The first characters of the file hold a document type.</summary>
    public bool HasDocumentType { get; private set; }

    /// <summary>The parser has made a step: what it reads from here on belongs to the next.</summary>
    public void Step() => _sinceStep = 0;

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        while (_at == _length && !IsAtEnd)
        {
            await FillAsync().ConfigureAwait(false);
        }

        var taken = Math.Min(buffer.Length, _length - _at);
        _chars.AsSpan(_at, taken).CopyTo(buffer.Span);
        Places.Add(_chars.AsSpan(_at, taken));
        _at += taken;
        _sinceStep += taken;
        return _sinceStep <= longestToken
            ? taken
            : throw new SourceFormatException(new Fault(
                fileName, 0, 0, $"One tag, comment or CDATA section near byte {_readBytes} is over {longestToken} characters.", "Ask for a sound export: no help desk writes such a thing."));
    }

    public override Task<int> ReadAsync(char[] buffer, int index, int count) => ReadAsync(buffer.AsMemory(index, count), Token).AsTask();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Array.Clear(_bytes);
            Array.Clear(_chars);
            Places.Dispose();
            stream.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask FillAsync()
    {
        var length = await stream.ReadAtLeastAsync(_bytes, _decoder is null ? XmlEncoding.SniffedBytes : 1, throwOnEndOfStream: false, Token).ConfigureAwait(false);
        IsAtEnd = length == 0;
        var start = _decoder is null ? Begin(_bytes.AsSpan(0, length)) : 0;
        _notes!.Clear();
        _length = _decoder!.GetChars(_bytes.AsSpan(start, length - start), _chars, flush: IsAtEnd);
        _at = 0;
        NoteBad(_chars.AsSpan(0, _length), _readBytes + start);
        HasDocumentType |= _readBytes == 0 && _chars.AsSpan(0, _length).Contains("<!DOCTYPE", StringComparison.Ordinal);
        _readBytes += length;
        _readChars += _length;
    }

    private int Begin(ReadOnlySpan<byte> bytes)
    {
        (_encoding, var markBytes) = XmlEncoding.Of(bytes, named, fileName);
        _notes = new NotingFallback(_encoding.CodePage, Mark);
        _decoder = Encoding.GetEncoding(_encoding.CodePage, EncoderFallback.ExceptionFallback, _notes).GetDecoder();
        Places.Begin(_encoding, markBytes);
        return markBytes;
    }

    private void NoteBad(Span<char> chars, long firstByte)
    {
        var marks = 0;
        for (var at = 0; NextBad(chars[at..]) is >= 0 and var next; at++)
        {
            at += next;
            _bad.Enqueue(chars[at] == Mark && marks < _notes!.Bad.Count
                ? new BadPlace(_readChars + at, RejectReason.Undecodable, $"Byte {firstByte + _notes.Bad[marks++]} of the file is not {_encoding!.Name}.")
                : Unwanted(chars[at], _readChars + at, firstByte));
            chars[at] = StandIn;
        }

        if (_bad.Count > MostBadPlaces)
        {
            throw new SourceFormatException(new Fault(
                fileName, 0, 0, $"Up to byte {_readBytes} there are over {MostBadPlaces} places that cannot be read. The first: {_bad.Peek().Message}", "Correct format.encoding in the mapping."));
        }
    }

    private int NextBad(ReadOnlySpan<char> chars)
    {
        var forbidden = chars.IndexOfAny(Forbidden);
        if (!_encoding!.MapsUndefinedBytes)
        {
            return forbidden;
        }

        var before = forbidden < 0 ? chars : chars[..forbidden];
        var undefined = before.IndexOfAnyInRange('\u0080', '\u009F');
        undefined = undefined >= 0 ? undefined : before.IndexOfAnyInRange('\uF880', '\uF8FF');
        return undefined >= 0 ? undefined : forbidden;
    }

    private BadPlace Unwanted(char character, long place, long near) => character switch
    {
        '\0' => new BadPlace(place, RejectReason.NulCharacter, "U+0000 in the record; XML cannot hold it."),
        < ' ' or >= '\uFFFE' => new BadPlace(place, RejectReason.BrokenRecord, $"U+{(int)character:X4} in the record; XML cannot hold it."),
        _ => new BadPlace(place, RejectReason.Undecodable, $"A byte of the record, behind byte {near} of the file, is not {_encoding!.Name}."),
    };
}
