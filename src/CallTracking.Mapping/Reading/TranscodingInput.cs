namespace CallTracking.Mapping.Reading;

/// <summary>
/// A stream of another encoding, such as UTF-16, read as UTF-8. For a byte that the encoding does not have there is
/// <see cref="Utf8Pieces.BadByte"/>, which UTF-8 does not have either: so it costs the record that it stands in, and no more. Where
/// the mapping asks to detect the encoding, that happens before the first byte. Not thread-safe.
/// </summary>
internal sealed class TranscodingInput(Stream inner, SourceEncoding encoding, string fileName) : Stream
{
    private const int BlockSize = 32 * 1024;

    private readonly Utf8Pieces _pieces = new();
    private byte[] _source = [];
    private int _from;
    private int _to;
    private int _taken;
    private bool _isAtEnd;
    private PieceDecoder? _decoder;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The file's encoding: the one that was found, once reading has begun.</summary>
    public string EncodingName => Found.Name;

    /// <summary>As <see cref="EncodingName"/>.</summary>
    public SourceEncoding Found { get; private set; } = encoding;

    /// <summary>The byte of the original that a byte of the UTF-8 form came from; exact at line starts and bad bytes. Asked in rising order.</summary>
    public long SourceOf(long utf8) => _pieces.Places.SourceOf(utf8);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _decoder ??= await BeginAsync(cancellationToken).ConfigureAwait(false);
        while (_taken == _pieces.Length)
        {
            _taken = 0;
            _from += _decoder.Decode(_source.AsSpan(_from, _to - _from), _isAtEnd, _pieces);
            if (_pieces.Length > 0)
            {
                break;
            }

            if (_isAtEnd)
            {
                return 0;
            }

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        return Take(buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Personal data does not wait for the collector.
            Array.Clear(_source);
            _pieces.Clear();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<PieceDecoder> BeginAsync(CancellationToken cancellationToken)
    {
        var found = Found;
        if (Found.LeastConfidence is { } least)
        {
            (_source, _isAtEnd) = await EncodingProbe.SampleAsync(inner, cancellationToken).ConfigureAwait(false);
            _to = _source.Length;
            found = EncodingProbe.Decide(_source, _isAtEnd, least, fileName);
        }
        else
        {
            _source = new byte[BlockSize];
            while (_to < ByteOrderMark.Most && !_isAtEnd)
            {
                await FillAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        _from = ByteOrderMark.Measure(_source.AsSpan(0, _to), found, fileName, out found);
        Found = found;
        return new PieceDecoder(found, _from);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _source.AsSpan(_from, _to - _from).CopyTo(_source);
        _to -= _from;
        _from = 0;
        if (_source.Length - _to < ByteOrderMark.Most)
        {
            Array.Resize(ref _source, _source.Length + BlockSize);
        }

        var read = await inner.ReadAsync(_source.AsMemory(_to), cancellationToken).ConfigureAwait(false);
        _to += read;
        _isAtEnd = read == 0;
    }

    private int Take(Span<byte> buffer)
    {
        var taken = Math.Min(buffer.Length, _pieces.Length - _taken);
        _pieces.Bytes.Slice(_taken, taken).CopyTo(buffer);
        _taken += taken;
        return taken;
    }
}
