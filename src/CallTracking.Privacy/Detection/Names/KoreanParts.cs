using System.Buffers.Binary;

namespace CallTracking.Privacy;

/// <summary>How surely a word in Hangul is a part of a foreign person's name.</summary>
internal enum KoreanPart
{
    /// <summary>None that is known.</summary>
    None,

    /// <summary>Only beside a surer one: it is a word, too ("할"), or one person has it.</summary>
    Word,

    /// <summary>Beside any other part: many persons have it, but it is a word or a place, too ("레이").</summary>
    Usual,

    /// <summary>Alone, too.</summary>
    Sure,
}

/// <summary>The parts of foreign names in Hangul, as thirty bits of hash each, in order, with two that tell how sure they are.</summary>
internal sealed class KoreanParts
{
    private const uint KindBits = 3;
    private const int FilterBits = 20;

    private static readonly Lazy<KoreanParts> Loaded = new(Read);

    private readonly uint[] _rows;

    // Most words are no part: one look says so.
    private readonly ulong[] _filter = new ulong[1 << (FilterBits - 6)];

    private KoreanParts(uint[] rows)
    {
        _rows = rows;
        foreach (var row in rows)
        {
            _filter[Slot(row)] |= Bit(row);
        }
    }

    public static KoreanParts Default => Loaded.Value;

    public KoreanPart Of(uint hash)
    {
        if ((_filter[Slot(hash)] & Bit(hash)) == 0)
        {
            return KoreanPart.None;
        }

        var found = Array.BinarySearch(_rows, hash & ~KindBits);
        var row = found >= 0 ? found : ~found;
        return row < _rows.Length && ((_rows[row] ^ hash) & ~KindBits) == 0 ? (KoreanPart)(_rows[row] & KindBits) : KoreanPart.None;
    }

    /// <summary>What the resource holds.</summary>
    public static byte[] Write(IReadOnlyDictionary<string, KoreanPart> parts)
    {
        var rows = parts.GroupBy(part => NameHash.OfWord(part.Key) & ~KindBits).Select(same => same.Key | (uint)same.Min(part => part.Value)).Order().ToList();
        var bytes = new byte[rows.Count * sizeof(uint)];
        for (var i = 0; i < rows.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), rows[i]);
        }

        return bytes;
    }

    private static int Slot(uint hash) => (int)(hash >> (32 - FilterBits + 6));

    private static ulong Bit(uint hash) => 1UL << (int)((hash >> (32 - FilterBits)) & 63);

    private static KoreanParts Read()
    {
        using var resource = typeof(KoreanParts).Assembly.GetManifestResourceStream("names.koreanparts")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        var rows = new uint[bytes.Length / sizeof(uint)];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)));
        }

        return new KoreanParts(rows);
    }
}
