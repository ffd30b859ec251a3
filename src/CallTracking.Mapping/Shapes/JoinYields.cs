using System.Buffers.Binary;
using System.Text;

namespace CallTracking.Mapping.Shapes;

/// <summary>What one join gave one case.</summary>
/// <param name="Join">A check sum of its name: see <see cref="JoinYields.MarkOf"/>.</param>
/// <param name="Lead">A few bits of a keyed hash of what the record names: of another one it may well find less.</param>
/// <param name="Records">How many records it found.</param>
public readonly record struct JoinYield(uint Join, ushort Lead, int Records);

/// <summary>
/// What the joins gave one case: a few bytes, to be kept beside it. Cases that were given more before show a side file that was cut, however few they are.
/// Immutable.
/// </summary>
public sealed class JoinYields
{
    private const int FixedBytes = sizeof(uint) + sizeof(ushort);
    private const int MostCountBytes = 5;
    private const int CountBits = 7;

    private readonly JoinYield[] _yields;

    /// <param name="yields">One for each join whose record names something.</param>
    public JoinYields(params ReadOnlySpan<JoinYield> yields) => _yields = yields.ToArray();

    public IReadOnlyList<JoinYield> All => _yields;

    /// <summary>By what a join is known from run to run.</summary>
    /// <param name="path">What the mapping calls it, with the joins that lead to it.</param>
    public static uint MarkOf(string path)
    {
        var sum = default(Crc32);
        sum.Add(Encoding.UTF8.GetBytes(path));
        return sum.Value;
    }

    /// <summary>What can be read of <see cref="ToBytes"/>: of the rest nothing is known.</summary>
    public static JoinYields Parse(ReadOnlySpan<byte> bytes)
    {
        var yields = new List<JoinYield>();
        while (bytes.Length > FixedBytes)
        {
            var (join, lead) = (BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[sizeof(uint)..]));
            bytes = bytes[FixedBytes..];
            var records = 0;
            for (var place = 0; !bytes.IsEmpty && place < MostCountBytes; place++)
            {
                var (part, isLast) = (bytes[0] & 0x7F, bytes[0] < 0x80);
                records |= part << (place * CountBits);
                bytes = bytes[1..];
                if (isLast)
                {
                    yields.Add(new JoinYield(join, lead, records));
                    break;
                }
            }
        }

        return new JoinYields([.. yields]);
    }

    public byte[] ToBytes()
    {
        Span<byte> bytes = stackalloc byte[FixedBytes + MostCountBytes];
        var all = new List<byte>(_yields.Length * (FixedBytes + 1));
        foreach (var yield in _yields)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, yield.Join);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[sizeof(uint)..], yield.Lead);
            var length = FixedBytes;
            var rest = (uint)yield.Records;
            for (; rest >= 0x80; rest >>= CountBits)
            {
                bytes[length++] = (byte)((rest & 0x7F) | 0x80);
            }

            bytes[length++] = (byte)rest;
            all.AddRange(bytes[..length]);
        }

        return [.. all];
    }

    /// <summary>What later readings are measured by: the most that a join gave the case for what its record still names.</summary>
    public JoinYields MostOf(JoinYields? before)
    {
        if (before is null)
        {
            return this;
        }

        var most = (JoinYield[])_yields.Clone();
        for (var index = 0; index < most.Length; index++)
        {
            if (before.Of(most[index]) is { } known && known.Records > most[index].Records)
            {
                most[index] = known;
            }
        }

        return new JoinYields(most);
    }

    /// <summary>Some join gave the case more, for what its record still names.</summary>
    public bool IsLessThan(JoinYields before)
    {
        ArgumentNullException.ThrowIfNull(before);
        foreach (var yield in _yields)
        {
            if (before.Of(yield) is { } known && known.Records > yield.Records)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Which joins gave the case more, and how many records those are.</summary>
    public IEnumerable<(uint Join, int Records)> LostOf(JoinYields before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return _yields.Select(yield => (yield.Join, Records: (before.Of(yield)?.Records ?? 0) - yield.Records)).Where(lost => lost.Records > 0);
    }

    private JoinYield? Of(JoinYield same)
    {
        foreach (var yield in _yields)
        {
            if (yield.Join == same.Join && yield.Lead == same.Lead)
            {
                return yield;
            }
        }

        return null;
    }
}
