namespace CallTracking.Mapping.Reading;

/// <summary>What a window has not passed yet, as a stream: for a start that must be seen before it is known how to read on. Owns the window.</summary>
internal sealed class WindowStream(ByteWindow window) : Stream
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

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (window.Unread.IsEmpty && !window.IsAtEnd)
        {
            await window.FillAsync(cancellationToken).ConfigureAwait(false);
        }

        var taken = Math.Min(buffer.Length, window.Unread.Length);
        window.Peek(taken).CopyTo(buffer);
        window.Advance(taken);
        return taken;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await window.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            window.Dispose();
        }

        base.Dispose(disposing);
    }
}
