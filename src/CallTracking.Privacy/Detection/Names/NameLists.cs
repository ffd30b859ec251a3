using System.Runtime.CompilerServices;

namespace CallTracking.Privacy;

/// <summary>
/// What lists say about a word: a forename, a surname, an ordinary word. Words are kept as nine bits of their hash each, so one
/// unknown word in some hundreds is taken for another: evidence for a model, no proof.
/// </summary>
internal sealed class NameLists
{
    /// <summary>How much of a list's word: rare or unweighted, usual.</summary>
    public const byte Weak = 1;
    public const byte Usual = 2;

    /// <summary>Of ordinary words: stands in lower case inside names ("van", "de").</summary>
    public const byte Particle = 3;

    public const int SurnameShift = 2;
    public const int WordShift = 4;

    /// <summary>Part of the name of a place, a firm, a product.</summary>
    public const byte Thing = 64;

    private const int ValueBits = 7;
    private const int ValueMask = (1 << ValueBits) - 1;

    private readonly ushort[] _slots;
    private readonly int _shift;

    public NameLists(ushort[] slots)
    {
        _slots = slots;
        _shift = 32 - System.Numerics.BitOperations.Log2((uint)slots.Length);
    }

    public ReadOnlySpan<ushort> Slots => _slots;

    public static int ForenameOf(byte lists) => lists & 3;

    public static int SurnameOf(byte lists) => (lists >> SurnameShift) & 3;

    public static int WordOf(byte lists) => (lists >> WordShift) & 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Of(uint hash)
    {
        var mixed = NameHash.Finish(hash);
        var mark = mixed << ValueBits & 0xFFFF;
        for (var slot = mixed >> _shift; ; slot = (slot + 1) & (uint)(_slots.Length - 1))
        {
            var entry = (uint)_slots[slot];
            if (entry == 0)
            {
                return 0;
            }

            if ((entry & ~(uint)ValueMask) == mark)
            {
                return (byte)(entry & ValueMask);
            }
        }
    }

    /// <summary>Builds lists of words' hashes and values; equal words with equal values give equal lists.</summary>
    public static NameLists Build(IReadOnlyDictionary<uint, byte> values)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1024, values.Count * 3 / 2));
        var lists = new NameLists(new ushort[size]);
        foreach (var (hash, value) in values.OrderBy(pair => pair.Key))
        {
            lists.Put(hash, value);
        }

        return lists;
    }

    private void Put(uint hash, byte value)
    {
        var mixed = NameHash.Finish(hash);
        var slot = mixed >> _shift;
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (uint)(_slots.Length - 1);
        }

        _slots[slot] = (ushort)((mixed << ValueBits & 0xFF80) | value);
    }
}
