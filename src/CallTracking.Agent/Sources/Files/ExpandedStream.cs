using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Files;

/// <summary>What a length and a checksum say of a member of an archive.</summary>
internal sealed record MemberSeal(long Length, uint Crc);

/// <summary>
/// The content of a compressed file as it comes out of it: bounded, and found broken as a fault of the file. Owns what it reads from. Not thread-safe.
/// </summary>
internal sealed class ExpandedStream(Stream content, IReadOnlyList<IDisposable> owned, Expansion expansion, MemberSeal? seal, string name) : Stream
{
    private Crc32 _crc;
    private long _length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The fault of an archive that is not whole.</summary>
    public static SourceFormatException Broken(string name) =>
        new(new Fault(name, 0, 0, "The compressed file is damaged or cut off.", "ask for the export again; what was read of it before the damage stands"));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Take(await content.ReadAsync(buffer, cancellationToken), buffer.Span);
        }
        catch (InvalidDataException)
        {
            throw Broken(name);
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return Take(content.Read(buffer, offset, count), buffer.AsSpan(offset, count));
        }
        catch (InvalidDataException)
        {
            throw Broken(name);
        }
    }

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            foreach (var other in owned)
            {
                other.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private int Take(int read, ReadOnlySpan<byte> buffer)
    {
        if (read == 0)
        {
            return seal is null || (seal.Length == _length && seal.Crc == _crc.Value) ? 0 : throw Broken(name);
        }

        expansion.Add(read, name);
        _length += read;
        if (seal is not null)
        {
            _crc.Add(buffer[..read]);
        }

        return read;
    }
}
