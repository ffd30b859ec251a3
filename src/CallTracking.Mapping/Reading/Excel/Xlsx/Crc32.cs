namespace CallTracking.Mapping.Reading.Excel.Xlsx;

/// <summary>The check sum of zip entries, eight bytes at a time. The framework's zip reader does not compare it; silence would be wrong cases.</summary>
internal struct Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Tables = MakeTables();

    private uint _inverted;

    public readonly uint Value => _inverted;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var sum = ~_inverted;
        var tables = Tables;
        while (bytes.Length >= 8)
        {
            sum ^= BitConverter.ToUInt32(bytes);
            var next = BitConverter.ToUInt32(bytes[4..]);
            sum = tables[0x700 + (int)(sum & 0xFF)] ^ tables[0x600 + (int)((sum >> 8) & 0xFF)]
                ^ tables[0x500 + (int)((sum >> 16) & 0xFF)] ^ tables[0x400 + (int)(sum >> 24)]
                ^ tables[0x300 + (int)(next & 0xFF)] ^ tables[0x200 + (int)((next >> 8) & 0xFF)]
                ^ tables[0x100 + (int)((next >> 16) & 0xFF)] ^ tables[(int)(next >> 24)];
            bytes = bytes[8..];
        }

        foreach (var one in bytes)
        {
            sum = (sum >> 8) ^ tables[(int)((sum ^ one) & 0xFF)];
        }

        _inverted = ~sum;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[0x800];
        for (uint index = 0; index < 0x800; index++)
        {
            // Table n holds a byte's sum with n zero bytes behind it.
            var sum = index < 0x100 ? index : tables[index - 0x100];
            for (var bit = 0; index < 0x100 && bit < 8; bit++)
            {
                sum = (sum & 1) == 1 ? (sum >> 1) ^ Polynomial : sum >> 1;
            }

            tables[index] = index < 0x100 ? sum : (sum >> 8) ^ tables[sum & 0xFF];
        }

        return tables;
    }
}
