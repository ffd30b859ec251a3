using System.Buffers.Binary;

namespace CallTracking.Mapping.Reading.Excel.Xls;

/// <summary>
/// The records of an .xls stream: a type, a length, at most 65,535 bytes. Values are taken from the record at hand one after the
/// other, and from the records that continue it where a text is longer.
/// </summary>
internal sealed class BiffRecords(Stream workbook) : IDisposable
{
    private readonly BufferedStream _stream = new(workbook, 64 * 1024);
    private readonly byte[] _head = new byte[4];
    private readonly byte[] _data = new byte[ushort.MaxValue];
    private readonly char[] _chars = new char[1024];
    private int _at;
    private int _length;

    public CancellationToken Cancellation { get; set; }

    public BiffType Type { get; private set; }

    /// <summary>Bytes left in the record at hand.</summary>
    public int Left => _length - _at;

    public void Seek(long position) => _stream.Seek(position, SeekOrigin.Begin);

    /// <summary>Moves to the next record.</summary>
    public void Next()
    {
        Cancellation.ThrowIfCancellationRequested();
        _stream.ReadExactly(_head);
        Type = (BiffType)BinaryPrimitives.ReadUInt16LittleEndian(_head);
        _length = BinaryPrimitives.ReadUInt16LittleEndian(_head.AsSpan(2));
        _at = 0;
        _stream.ReadExactly(_data, 0, _length);
    }

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>The record's first two bytes, which stay where they are.</summary>
    public int PeekUInt16() => _length >= 2
        ? BinaryPrimitives.ReadUInt16LittleEndian(_data)
        : throw new InvalidDataException("A record is shorter than what it must hold.");

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>The next bytes, which must stand in one record.</summary>
    public ReadOnlySpan<byte> Take(int bytes)
    {
        if (Left == 0 && _length > 0 && bytes > 0)
        {
            Continue();
        }

        if (Left < bytes)
        {
            throw new InvalidDataException("A record is shorter than what it must hold.");
        }

        _at += bytes;
        return _data.AsSpan(_at - bytes, bytes);
    }

    /// <summary>Passes over bytes, also in the records that continue this one.</summary>
    public void Skip(long bytes)
    {
        while (bytes > Left)
        {
            bytes -= Left;
            Continue();
        }

        _at += (int)bytes;
    }

    /// <summary>
    /// Adds a text: its characters as bytes where all are below U+0100 (<paramref name="isWide"/> false), else as UTF-16. Where it
    /// goes on in another record, that one says anew which.
    /// </summary>
    public void Text(int chars, bool isWide, TextBuffer into)
    {
        while (chars > 0)
        {
            if (Left == 0)
            {
                Continue();
                isWide = (Byte() & 1) == 1;
            }

            var part = Math.Min(Math.Min(chars, _chars.Length), isWide ? Left / 2 : Left);
            if (part == 0)
            {
                throw new InvalidDataException("A text is cut within a character.");
            }

            var bytes = Take(isWide ? part * 2 : part);
            for (var index = 0; index < part; index++)
            {
                _chars[index] = isWide ? (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(index * 2)..]) : (char)bytes[index];
            }

            into.Append(_chars.AsSpan(0, part));
            chars -= part;
        }
    }

    public void Dispose() => _stream.Dispose();

    private void Continue()
    {
        Next();
        if (Type != BiffType.Continue)
        {
            throw new InvalidDataException("A record is not continued where it must be.");
        }
    }
}

/// <summary>The records that are read.</summary>
internal enum BiffType : ushort
{
    Formula = 0x0006,
    EndOfFile = 0x000A,
    DateMode = 0x0022,
    FilePass = 0x002F,
    Continue = 0x003C,
    Sheet = 0x0085,
    MultipleRk = 0x00BD,
    RichText = 0x00D6,
    Style = 0x00E0,
    Merged = 0x00E5,
    SharedTexts = 0x00FC,
    SharedText = 0x00FD,
    Number = 0x0203,
    Text = 0x0204,
    FlagOrError = 0x0205,
    FormulaText = 0x0207,
    Rk = 0x027E,
    Format = 0x041E,
    Begin = 0x0809,
}
