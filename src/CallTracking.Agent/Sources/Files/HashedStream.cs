using System.Security.Cryptography;

namespace CallTracking.Agent.Sources.Files;

/// <summary>
/// Passes a content through and hashes it: all of it, and what it held up to some lengths. Not thread-safe.
/// </summary>
/// <param name="content">Read from its start.</param>
/// <param name="lengths">Where to note the hash of what came before.</param>
internal sealed class HashedStream(Stream content, IEnumerable<long> lengths) : Stream
{
    private const int Buffer = 128 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<long> _lengths = new(lengths.Where(length => length > 0).Distinct().Order());
    private readonly ContentHashes _hashes = new();
    private long _read;
    private bool _isOver;

    /// <summary>Complete after <see cref="FinishAsync"/>.</summary>
    public ContentHashes Hashes => _hashes;

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
        var read = await content.ReadAsync(buffer, cancellationToken);
        return Take(buffer.Span[..read]);
    }

    public override int Read(byte[] buffer, int offset, int count) => Take(buffer.AsSpan(offset, content.Read(buffer, offset, count)));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads what is left; its reader was content with what came before.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[Buffer];
        while (!_isOver && await ReadAsync(buffer, cancellationToken) > 0)
        {
            continue;
        }
    }

    private int Take(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        while (_lengths.TryPeek(out var length) && length <= _read + rest.Length)
        {
            var before = (int)(length - _read);
            Add(rest[..before]);
            rest = rest[before..];
            _hashes.ByLength[_lengths.Dequeue()] = _hash.GetCurrentHash();
        }

        Add(rest);
        if (bytes.Length == 0 && !_isOver)
        {
            _isOver = true;
            _hashes.ByLength[_read] = _hash.GetCurrentHash();
            _hashes.Length = _read;
        }

        return bytes.Length;
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        _read += bytes.Length;
    }
}

/// <summary>What a content held, as hashes.</summary>
internal sealed class ContentHashes
{
    /// <summary>SHA-256 of what it held up to each length that was asked for, and of the whole.</summary>
    public Dictionary<long, byte[]> ByLength { get; } = [];

    /// <summary>Of the whole, in bytes.</summary>
    public long Length { get; set; }
}
