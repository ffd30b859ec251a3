using System.Buffers.Binary;
using System.Text;

namespace CallTracking.Mapping.Tests.Excel;

/// <summary>Writes small .xls files record by record: globals with one sheet, then what the test puts on it.</summary>
internal sealed class XlsBuilder
{
    private const int SectorBytes = 512;
    private const int EndOfChain = -2;
    private const int OfTable = -3;

    private readonly List<byte> _globals = [];
    private readonly List<byte> _sheet = [];

    public int Version { get; init; } = 0x0600;

    /// <summary>A record of the workbook, before the list of sheets.</summary>
    public XlsBuilder Global(int type, params object[] values) => Record(_globals, type, values);

    /// <summary>A record of the sheet: int as 16 bits, uint as 32, double, byte, string as Latin-1, byte[] as it is.</summary>
    public XlsBuilder Put(int type, params object[] values) => Record(_sheet, type, values);

    /// <summary>A text cell.</summary>
    public XlsBuilder Text(int row, int column, string text) => Put(0x0204, row, column, 0, text.Length, (byte)1, Encoding.Unicode.GetBytes(text));

    public byte[] Build()
    {
        var stream = new List<byte>();
        var sheetEntry = new List<byte>();
        Record(stream, 0x0809, Version, 5);
        Record(stream, 0x00E0, 0, 0);
        Record(stream, 0x00E0, 0, 14);
        stream.AddRange(_globals);
        Record(sheetEntry, 0x0085, 0u, (byte)0, (byte)0, (byte)1, (byte)0, "S");
        var start = (uint)(stream.Count + sheetEntry.Count + 4);
        Record(stream, 0x0085, start, (byte)0, (byte)0, (byte)1, (byte)0, "S");
        Record(stream, 0x000A);
        Record(stream, 0x0809, Version, 0x10);
        stream.AddRange(_sheet);
        Record(stream, 0x000A);
        return Contain([.. stream]);
    }

    private XlsBuilder Record(List<byte> into, int type, params object[] values)
    {
        var data = values.SelectMany(value => value switch
        {
            int number => BitConverter.GetBytes((ushort)number),
            uint number => BitConverter.GetBytes(number),
            double number => BitConverter.GetBytes(number),
            byte one => [one],
            string text => Encoding.Latin1.GetBytes(text),
            byte[] bytes => bytes,
            _ => throw new ArgumentException($"{value.GetType()}", nameof(values)),
        }).ToArray();
        into.AddRange(BitConverter.GetBytes((ushort)type));
        into.AddRange(BitConverter.GetBytes((ushort)data.Length));
        into.AddRange(data);
        return this;
    }

    // Sector 0 is the table, 1 the directory, the stream's own follow. Padded, so that it needs no small sectors.
    private static byte[] Contain(byte[] stream)
    {
        var sectors = Math.Max(8, (stream.Length + SectorBytes - 1) / SectorBytes);
        var file = new byte[SectorBytes * (3 + sectors)];
        ReadOnlySpan<byte> mark = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        mark.CopyTo(file);
        file[0x1E] = 9;
        file[0x20] = 6;
        Put(file, 0x2C, 1);
        Put(file, 0x30, 1);
        Put(file, 0x38, 4096);
        Put(file, 0x3C, EndOfChain);
        Put(file, 0x44, EndOfChain);
        for (var index = 0; index < 109; index++)
        {
            Put(file, 0x4C + (index * 4), index == 0 ? 0 : -1);
        }

        for (var index = 0; index < SectorBytes / 4; index++)
        {
            var isLast = index == 1 + sectors;
            Put(file, SectorBytes + (index * 4), index == 0 ? OfTable : index == 1 || isLast ? EndOfChain : index < 1 + sectors ? index + 1 : -1);
        }

        Entry(file, SectorBytes * 2, "Root Entry", 5, EndOfChain, 0);
        Entry(file, (SectorBytes * 2) + 128, "Workbook", 2, 2, sectors * SectorBytes);
        stream.CopyTo(file, SectorBytes * 3);
        return file;
    }

    private static void Entry(byte[] file, int at, string name, byte kind, int start, int length)
    {
        Encoding.Unicode.GetBytes(name).CopyTo(file, at);
        file[at + 0x40] = (byte)((name.Length * 2) + 2);
        file[at + 0x42] = kind;
        Put(file, at + 0x74, start);
        Put(file, at + 0x78, length);
    }

    private static void Put(byte[] file, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
}
