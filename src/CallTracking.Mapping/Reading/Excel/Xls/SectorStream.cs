namespace CallTracking.Mapping.Reading.Excel.Xls;

/// <summary>A stream of a compound file, read through its chain of sectors. Leaves the file open.</summary>
internal sealed class SectorStream(Stream file, List<int> chain, int sectorBits, long length) : Stream
{
    private readonly long _length = Math.Min(length, (long)chain.Count << sectorBits);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (Position >= _length || count == 0)
        {
            return 0;
        }

        var at = (int)(Position & ((1L << sectorBits) - 1));
        var first = (int)(Position >> sectorBits);

        // Sectors mostly stand one behind the other: as many as do are read at once.
        var sectors = 1;
        while (first + sectors < chain.Count && (sectors << sectorBits) - at < count && chain[first + sectors] == chain[first] + sectors)
        {
            sectors++;
        }

        var wanted = (int)Math.Min(Math.Min(count, _length - Position), (sectors << sectorBits) - at);
        file.Seek(((chain[first] + 1L) << sectorBits) + at, SeekOrigin.Begin);
        var read = file.Read(buffer, offset, wanted);
        Position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => _length + offset,
    };

    public override void Flush() => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
