using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CallTracking.Mapping;

/// <summary>
/// The check sum of zip entries. The framework's zip reader does not compare it; silence would be wrong cases. Where the processor multiplies
/// polynomials, 64 bytes at a time are folded into 16 of the same remainder; else eight bytes at a time are looked up.
/// </summary>
public struct Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Block = 16;
    private const int Lanes = 4;
    private const int WorthFolding = 256;

    private static readonly uint[] Tables = MakeTables();
    private static readonly Vector128<ulong> OverLanes = Factors(Block * Lanes * 8);
    private static readonly Vector128<ulong> OverBlock = Factors(Block * 8);

    private uint _inverted;

    /// <summary>Of all bytes added.</summary>
    public readonly uint Value => _inverted;

    /// <summary>Adds the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes) =>
        _inverted = ~(Pclmulqdq.IsSupported && bytes.Length >= WorthFolding ? Fold(~_inverted, bytes) : LookUp(~_inverted, bytes));

    private static uint Fold(uint sum, ReadOnlySpan<byte> bytes)
    {
        var blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
        var (first, second, third, fourth) = (blocks[0] ^ Vector128.CreateScalar((ulong)sum), blocks[1], blocks[2], blocks[3]);
        var next = Lanes;
        for (; next + Lanes <= blocks.Length; next += Lanes)
        {
            first = Shift(first, OverLanes) ^ blocks[next];
            second = Shift(second, OverLanes) ^ blocks[next + 1];
            third = Shift(third, OverLanes) ^ blocks[next + 2];
            fourth = Shift(fourth, OverLanes) ^ blocks[next + 3];
        }

        var all = Shift(Shift(Shift(first, OverBlock) ^ second, OverBlock) ^ third, OverBlock) ^ fourth;
        for (; next < blocks.Length; next++)
        {
            all = Shift(all, OverBlock) ^ blocks[next];
        }

        // The sum so far is in it.
        sum = LookUp(0, MemoryMarshal.AsBytes(new ReadOnlySpan<Vector128<ulong>>(in all)));
        return LookUp(sum, bytes[(blocks.Length * Block)..]);
    }

    /// <summary>What has the same remainder as a block that stands some blocks further on.</summary>
    private static Vector128<ulong> Shift(Vector128<ulong> block, Vector128<ulong> factors) =>
        Vector128.AsUInt64(Pclmulqdq.CarrylessMultiply(block, factors, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, factors, 0x11));

    private static uint LookUp(uint sum, ReadOnlySpan<byte> bytes)
    {
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

        return sum;
    }

    /// <summary>For the two halves of a block so many bits before another: the powers of x by which its halves are multiplied, 32 bits less for the sum's own.</summary>
    private static Vector128<ulong> Factors(int bits) => Vector128.Create(Power(bits + 32), Power(bits - 32));

    // The product of two numbers with their bits turned round stands one bit too low.
    private static ulong Power(int exponent)
    {
        var power = 0x80000000;
        for (; exponent > 0; exponent--)
        {
            power = TimesX(power);
        }

        return (ulong)power << 1;
    }

    private static uint TimesX(uint rest) => (rest & 1) == 1 ? (rest >> 1) ^ Polynomial : rest >> 1;

    private static uint[] MakeTables()
    {
        var tables = new uint[0x800];
        for (uint index = 0; index < 0x800; index++)
        {
            // Table n holds a byte's sum with n zero bytes behind it.
            var sum = index < 0x100 ? index : tables[index - 0x100];
            for (var bit = 0; index < 0x100 && bit < 8; bit++)
            {
                sum = TimesX(sum);
            }

            tables[index] = index < 0x100 ? sum : (sum >> 8) ^ tables[sum & 0xFF];
        }

        return tables;
    }
}
