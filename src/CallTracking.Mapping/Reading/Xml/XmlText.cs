using System.Buffers;
using System.Text;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Reading.Xml;

/// <summary>Something in the file that no record may hold: where, and what is to be said of it.</summary>
internal readonly record struct BadPlace(long Char, string Reason, string Message)
{
    /// <summary>The file ends within a character of several bytes.</summary>
    public bool IsCut { get; init; }
}

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

    // A usual record has far less: for one that has more the thread waits.
    private const int AheadBytes = 64 * 1024;
    private const int MostBadPlaces = 10_000;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code).Except(['\t', '\n', '\r']), '\uFFFE', Mark]);

    private readonly byte[] _ahead = new byte[AheadBytes];
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
    private int _aheadAt;
    private int _aheadEnd;
    private bool _isRead;

    /// <summary>Of the read at work.</summary>
    private CancellationToken Token { get; set; }

    public XmlPlaces Places { get; } = new();

    /// <summary>What no record may hold, in the order of the file.</summary>
    public Queue<BadPlace> Bad => _bad;

    public bool IsAtEnd { get; private set; }

    /// <summary>The first characters of the file hold a document type.</summary>
    public bool HasDocumentType { get; private set; }

    /// <summary>The parser has made a step: what it reads from here on belongs to the next.</summary>
    public void Step() => _sinceStep = 0;

    /// <summary>Reads from the stream before the parser asks, so that it seldom has to wait: its steps are not to be tasks, which take longer than they do.</summary>
    public async ValueTask ReadAheadAsync(CancellationToken cancellationToken)
    {
        Token = cancellationToken;
        while (!_isRead && _aheadEnd - _aheadAt < AheadBytes / 2)
        {
            MoveUp();
            Take(await stream.ReadAsync(_ahead.AsMemory(_aheadEnd), cancellationToken).ConfigureAwait(false));
        }
    }

    public override int Read(char[] buffer, int index, int count)
    {
        while (_at == _length && !IsAtEnd)
        {
            Fill();
        }

        var taken = Math.Min(count, _length - _at);
        _chars.AsSpan(_at, taken).CopyTo(buffer.AsSpan(index));
        Places.Add(_chars.AsSpan(_at, taken));
        _at += taken;
        _sinceStep += taken;
        return _sinceStep <= longestToken
            ? taken
            : throw new SourceFormatException(new Fault(
                fileName, 0, 0, $"One tag, comment or CDATA section near byte {_readBytes} is over {longestToken} characters.", "Ask for a sound export: no help desk writes such a thing."));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Array.Clear(_ahead);
            Array.Clear(_chars);
            Places.Dispose();
            stream.Dispose();
        }

        base.Dispose(disposing);
    }

    private void MoveUp()
    {
        _ahead.AsSpan(_aheadAt, _aheadEnd - _aheadAt).CopyTo(_ahead);
        (_aheadAt, _aheadEnd) = (0, _aheadEnd - _aheadAt);
    }

    private void Take(int read)
    {
        _aheadEnd += read;
        _isRead = read == 0;
    }

    private void Fill()
    {
        while (!_isRead && _aheadEnd - _aheadAt < (_decoder is null ? XmlEncoding.SniffedBytes : 1))
        {
            Token.ThrowIfCancellationRequested();
            MoveUp();
            Take(stream.Read(_ahead.AsSpan(_aheadEnd)));
        }

        var bytes = _ahead.AsSpan(_aheadAt, Math.Min(ChunkBytes, _aheadEnd - _aheadAt));
        IsAtEnd = bytes.IsEmpty;
        var start = _decoder is null ? Begin(bytes) : 0;
        _notes!.Clear();
        _length = _decoder!.GetChars(bytes[start..], _chars, flush: IsAtEnd);
        _at = 0;
        NoteBad(_chars.AsSpan(0, _length), _readBytes + start);
        HasDocumentType |= _readBytes == 0 && _chars.AsSpan(0, _length).Contains("<!DOCTYPE", StringComparison.Ordinal);
        _aheadAt += bytes.Length;
        _readBytes += bytes.Length;
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
                ? new BadPlace(_readChars + at, RejectReason.Undecodable, $"Byte {firstByte + _notes.Bad[marks++]} of the file is not {_encoding!.Name}.") { IsCut = IsAtEnd }
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
