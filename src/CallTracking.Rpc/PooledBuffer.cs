using System.Buffers;

namespace CallTracking.Rpc;

/// <summary>
/// Bytes gathered in rented memory: what gzip writes into. Refuses to grow beyond a limit, so a small message cannot
/// inflate without bound.
/// </summary>
internal sealed class PooledBuffer(int limit, Func<RpcException> tooLarge) : Stream
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int _count;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    public ReadOnlySequence<byte> WrittenSequence => new(_bytes, 0, _count);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _count;

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > limit - _count)
        {
            throw tooLarge();
        }

        if (buffer.Length > _bytes.Length - _count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_count + buffer.Length, (int)Math.Min(_bytes.Length * 2L, Array.MaxLength)));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        buffer.CopyTo(_bytes.AsSpan(_count));
        _count += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Everything is in memory already.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
            _count = 0;
        }

        base.Dispose(disposing);
    }
}
