using System.Text;

namespace CallTracking.Mapping.Tests;

/// <summary>A beginning, many letters, an end: a file too large to hold.</summary>
internal sealed class GeneratedStream(string head, long letters, string tail) : ReadOnlyStream
{
    private readonly byte[] _head = Encoding.UTF8.GetBytes(head);
    private readonly byte[] _tail = Encoding.UTF8.GetBytes(tail);
    private long _at;

    public override int Read(Span<byte> buffer)
    {
        var left = _head.Length + letters + _tail.Length - _at;
        var length = (int)Math.Min(left, buffer.Length);
        if (_at >= _head.Length && _at + length <= _head.Length + letters)
        {
            buffer[..length].Fill((byte)'x');
            _at += length;
            return length;
        }

        for (var index = 0; index < length; index++, _at++)
        {
            buffer[index] = _at < _head.Length ? _head[_at] : _at < _head.Length + letters ? (byte)'x' : _tail[_at - _head.Length - letters];
        }

        return length;
    }
}

/// <summary>Gives one byte at a time, so that every boundary falls everywhere.</summary>
internal sealed class DrippingStream(byte[] content) : ReadOnlyStream
{
    private int _at;

    public override int Read(Span<byte> buffer)
    {
        if (_at == content.Length)
        {
            return 0;
        }

        buffer[0] = content[_at++];
        return 1;
    }
}

internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override int Read(Span<byte> buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
