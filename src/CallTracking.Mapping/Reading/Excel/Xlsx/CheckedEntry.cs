using System.IO.Compression;

namespace CallTracking.Mapping.Reading.Excel.Xlsx;

/// <summary>A part of the zip file, unpacked: bounded, and compared at its end with the length and check sum that the file states.</summary>
internal sealed class CheckedEntry(ZipArchiveEntry entry, UnpackBudget budget) : Stream
{
    private readonly Stream _unpacked = entry.Open();
    private Crc32 _sum;
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

    public override int Read(Span<byte> buffer)
    {
        var read = _unpacked.Read(buffer);
        budget.Spend(read);
        _sum.Add(buffer[..read]);
        _length += read;
        if (read == 0 && buffer.Length > 0 && (_length != entry.Length || _sum.Value != entry.Crc32))
        {
            throw new InvalidDataException("A part is not what its check sum says.");
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }
}
