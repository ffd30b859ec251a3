using System.Text;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Reading;

/// <summary>
/// A stream of another encoding, such as UTF-16, read as UTF-8. Fails on the first byte that the encoding does not have, naming
/// its place in the original. Not thread-safe.
/// </summary>
internal sealed class TranscodingInput : Stream
{
    private readonly Stream _inner;
    private readonly SourceEncoding _encoding;
    private readonly string _fileName;
    private readonly NotingFallback _notes;
    private readonly Decoder _decoder;
    private readonly byte[] _source = new byte[16 * 1024];
    private readonly char[] _chars = new char[(16 * 1024) + 16];
    private readonly byte[] _utf8 = new byte[((16 * 1024) + 16) * 3];
    private int _at;
    private int _length;
    private long _offset;
    private bool _isAtEnd;

    public TranscodingInput(Stream inner, SourceEncoding encoding, string fileName)
    {
        _inner = inner;
        _encoding = encoding;
        _fileName = fileName;
        _notes = new NotingFallback(encoding.CodePage);
        _decoder = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, _notes).GetDecoder();
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_at == _length && !_isAtEnd)
        {
            var read = await _inner.ReadAsync(_source, cancellationToken).ConfigureAwait(false);
            Decode(read);
        }

        return Take(buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_at == _length && !_isAtEnd)
        {
            Decode(_inner.Read(_source));
        }

        return Take(buffer.AsSpan(offset, count));
    }

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Array.Clear(_source);
            Array.Clear(_chars);
            Array.Clear(_utf8);
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Decode(int read)
    {
        _isAtEnd = read == 0;
        var written = _decoder.GetChars(_source.AsSpan(0, read), _chars, flush: _isAtEnd);
        if (_notes.FirstBad is { } bad)
        {
            throw new SourceFormatException(new Fault(
                _fileName,
                0,
                0,
                $"Near byte {_offset + bad} there is something that is not {_encoding.Name}.",
                "Correct format.encoding in the mapping, or ask for a sound export: the file cannot be read past this byte."));
        }

        _offset += read;
        _length = Encoding.UTF8.GetBytes(_chars.AsSpan(0, written), _utf8);
        _at = 0;
    }

    private int Take(Span<byte> buffer)
    {
        var taken = Math.Min(buffer.Length, _length - _at);
        _utf8.AsSpan(_at, taken).CopyTo(buffer);
        _at += taken;
        return taken;
    }
}
