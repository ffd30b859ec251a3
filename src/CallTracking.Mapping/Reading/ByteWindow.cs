using System.Buffers;

namespace CallTracking.Mapping.Reading;

/// <summary>
/// A stream seen through one pooled buffer that moves forward. The unread bytes are contiguous; the buffer grows only as far as
/// the record at hand needs, which its reader bounds. Not thread-safe.
/// </summary>
internal sealed class ByteWindow(Stream stream) : IAsyncDisposable, IDisposable
{
    private const int FirstSize = 64 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _start;
    private int _end;

    /// <summary>Bytes of the stream before <see cref="Unread"/>.</summary>
    public long Offset { get; private set; }

    /// <summary>The stream has no more than what is unread.</summary>
    public bool IsAtEnd { get; private set; }

    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The next bytes; valid until the next fill.</summary>
    public ReadOnlyMemory<byte> Peek(int length) => _buffer.AsMemory(_start, length);

    public void Advance(int bytes)
    {
        _start += bytes;
        Offset += bytes;
    }

    /// <summary>Goes on at another place of the stream, which must be one that can seek.</summary>
    public void Jump(long offset)
    {
        stream.Seek(offset, SeekOrigin.Begin);
        (_start, _end, Offset, IsAtEnd) = (0, 0, offset, false);
    }

    /// <summary>Reads more behind the unread bytes, or finds the end.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        IsAtEnd = read == 0;
    }

    /// <summary>Fills until this many bytes are unread or the stream ends.</summary>
    public async ValueTask RequireAsync(int bytes, CancellationToken cancellationToken)
    {
        while (_end - _start < bytes && !IsAtEnd)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Return();
        await stream.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        Return();
        stream.Dispose();
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end < _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = larger;
    }

    // Personal data: the pool gets a clean buffer.
    private void Return()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = [];
            _start = _end = 0;
        }
    }
}
