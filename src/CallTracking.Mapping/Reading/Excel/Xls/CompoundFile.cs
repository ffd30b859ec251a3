using System.Buffers.Binary;
using System.Text;

namespace CallTracking.Mapping.Reading.Excel.Xls;

/// <summary>
/// The container of .xls: streams cut into sectors that a table chains. Everything read from the file is checked against the file's
/// length before room is made for it.
/// </summary>
internal sealed class CompoundFile
{
    private const int HeaderBytes = 512;
    private const int EntryBytes = 128;
    private const int ListedInHeader = 109;
    private const int EndOfChain = -2;
    private const int MostDirectorySectors = 4096;

    private readonly Stream _file;
    private readonly byte[] _header = new byte[HeaderBytes];
    private readonly int _sectorBits;
    private readonly int _sectors;
    private readonly int[] _next;
    private readonly Dictionary<string, (int Start, long Length)> _streams = new(StringComparer.OrdinalIgnoreCase);
    private int _smallStart;

    public CompoundFile(Stream file)
    {
        _file = file;
        file.Seek(0, SeekOrigin.Begin);
        file.ReadExactly(_header);
        _sectorBits = BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(0x1E));
        if (_sectorBits is not (9 or 12))
        {
            throw new InvalidDataException("Its sectors are of no known size.");
        }

        _sectors = checked((int)Math.Max(0, (file.Length - 1) >> _sectorBits));
        _next = ReadTable();
        ReadDirectory();
    }

    public bool Has(string stream) => _streams.ContainsKey(stream);

    public Stream Open(string stream)
    {
        var (start, length) = _streams[stream];
        var smallUpTo = Int(_header, 0x38);
        if (length >= smallUpTo)
        {
            return new SectorStream(_file, Chain(start, _sectors), _sectorBits, length);
        }

        return new MemoryStream(ReadSmall(start, (int)Math.Max(0, length)), writable: false);
    }

    // Which sector follows each: itself in sectors, listed in the header and, for large files, in a chain of its own.
    private int[] ReadTable()
    {
        var perSector = 1 << (_sectorBits - 2);
        var next = new int[_sectors];
        var sector = new byte[1 << _sectorBits];
        var index = 0;
        foreach (var listed in TableSectors((_sectors + perSector - 1) / perSector))
        {
            ReadSector(listed, sector);
            for (var at = 0; at < perSector && index < _sectors; at++)
            {
                next[index++] = Int(sector, at * 4);
            }
        }

        return index == _sectors ? next : throw new InvalidDataException("Its table of sectors is too short.");
    }

    private IEnumerable<int> TableSectors(int count)
    {
        for (var at = 0; at < Math.Min(count, ListedInHeader); at++)
        {
            yield return Int(_header, 0x4C + (at * 4));
        }

        var sector = new byte[1 << _sectorBits];
        var perSector = (sector.Length / 4) - 1;
        var list = Int(_header, 0x44);
        for (var left = count - ListedInHeader; left > 0; left -= perSector, list = Int(sector, perSector * 4))
        {
            ReadSector(list, sector);
            for (var at = 0; at < Math.Min(left, perSector); at++)
            {
                yield return Int(sector, at * 4);
            }
        }
    }

    private void ReadDirectory()
    {
        var sector = new byte[1 << _sectorBits];
        foreach (var index in Chain(Int(_header, 0x30), MostDirectorySectors))
        {
            ReadSector(index, sector);
            for (var at = 0; at < sector.Length; at += EntryBytes)
            {
                AddEntry(sector.AsSpan(at, EntryBytes));
            }
        }
    }

    private void AddEntry(ReadOnlySpan<byte> entry)
    {
        const int Stream = 2;
        const int Root = 5;
        var nameBytes = Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(entry[0x40..]) - 2, 0, 64);
        var start = BinaryPrimitives.ReadInt32LittleEndian(entry[0x74..]);
        if (entry[0x42] == Root)
        {
            _smallStart = start;
        }
        else if (entry[0x42] == Stream)
        {
            _streams.TryAdd(Encoding.Unicode.GetString(entry[..nameBytes]), (start, BinaryPrimitives.ReadUInt32LittleEndian(entry[0x78..])));
        }
    }

    // Streams of some kilobytes stand in sectors of 64 bytes, which are cut from a stream of their own.
    private byte[] ReadSmall(int start, int length)
    {
        const int SmallBits = 6;
        var table = Chain(Int(_header, 0x3C), MostDirectorySectors);
        var small = new SectorStream(_file, Chain(_smallStart, _sectors), _sectorBits, long.MaxValue);
        var bytes = new byte[length];
        var sector = new byte[1 << _sectorBits];
        for (var read = 0; read < length;)
        {
            small.Seek((long)start << SmallBits, SeekOrigin.Begin);
            var part = Math.Min(1 << SmallBits, length - read);
            small.ReadExactly(bytes, read, part);
            read += part;
            var place = start >> (_sectorBits - 2);
            if (start < 0 || place >= table.Count)
            {
                throw new InvalidDataException("Its table of small sectors is too short.");
            }

            ReadSector(table[place], sector);
            start = Int(sector, (start & ((1 << (_sectorBits - 2)) - 1)) * 4);
        }

        return bytes;
    }

    private List<int> Chain(int start, int most)
    {
        var chain = new List<int>();
        for (var sector = start; sector != EndOfChain; sector = _next[sector])
        {
            if ((uint)sector >= (uint)_sectors || chain.Count == most)
            {
                throw new InvalidDataException("Its sectors are chained in a circle or beyond its end.");
            }

            chain.Add(sector);
        }

        return chain;
    }

    private void ReadSector(int sector, byte[] into)
    {
        if ((uint)sector >= (uint)_sectors)
        {
            throw new InvalidDataException("It refers to a sector beyond its end.");
        }

        _file.Seek((sector + 1L) << _sectorBits, SeekOrigin.Begin);
        _file.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
    }

    private static int Int(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
}
