using System.Runtime.CompilerServices;

namespace CallTracking.Privacy;

/// <summary>What a dictionary says a word is, as far as names care.</summary>
internal enum WordClass : byte
{
    None,

    /// <summary>Particles, pronouns, prepositions, adverbs, endings.</summary>
    Function,
    Noun,

    /// <summary>Verbs and adjectives.</summary>
    Verb,

    /// <summary>Nouns that make verbs: "repair", "order".</summary>
    Action,
    Number,
    Idiom,

    /// <summary>From here on a word may be of a name.</summary>
    Place,
    Organisation,
    Proper,
    Surname,
    Forename,
    Person,
    Suffix,
    Letter,
}

/// <summary>
/// The words of a language that is written without spaces: what lists and a dictionary say of them and how unusual they are. Kept by
/// sixteen bits of their hash, so one unknown word in some ten thousand is taken for another.
/// </summary>
internal sealed class NameWords
{
    public const int Longest = 5;

    /// <summary>What a character that no dictionary has costs; words cost less.</summary>
    public const int Unknown = 18;

    public const int DearestWord = 15;

    // Of a value: lists have seven bits, then: longer words begin with it, its class, its cost.
    private const int Beginning = 128;
    private const int ClassShift = 8;
    private const int CostShift = 12;
    private const int ValueMask = 0xFFFF;

    private readonly uint[] _slots;
    private readonly int _shift;

    public NameWords(uint[] slots)
    {
        _slots = slots;
        _shift = 32 - System.Numerics.BitOperations.Log2((uint)slots.Length);
    }

    public ReadOnlySpan<uint> Slots => _slots;

    public static byte ListsOf(uint value) => (byte)(value & (Beginning - 1));

    public static bool IsBeginning(uint value) => (value & Beginning) != 0;

    public static WordClass ClassOf(uint value) => (WordClass)((value >> ClassShift) & 15);

    public static int CostOf(uint value) => (int)((value >> CostShift) & 15);

    public static uint ValueOf(byte lists, WordClass kind, int cost, bool isBeginning) =>
        lists | (isBeginning ? (uint)Beginning : 0) | ((uint)kind << ClassShift) | ((uint)cost << CostShift);

    /// <summary>The value of a word, zero when it is none and begins none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Of(uint hash)
    {
        var mixed = NameHash.Finish(hash);
        var slots = _slots;
        for (var slot = mixed >> _shift; ; slot = (slot + 1) & (uint)(slots.Length - 1))
        {
            var entry = slots[slot];
            if (entry == 0)
            {
                return 0;
            }

            if (entry >> 16 == (mixed & ValueMask))
            {
                return entry & ValueMask;
            }
        }
    }

    /// <summary>Builds a table of words' hashes and values, none of which is zero; equal words give equal tables.</summary>
    public static NameWords Build(IReadOnlyDictionary<uint, uint> values)
    {
        var words = new NameWords(new uint[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, values.Count * 4 / 3))]);
        foreach (var (hash, value) in values.OrderBy(pair => pair.Key))
        {
            words.Put(hash, value);
        }

        return words;
    }

    private void Put(uint hash, uint value)
    {
        var mixed = NameHash.Finish(hash);
        var slot = mixed >> _shift;
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (uint)(_slots.Length - 1);
        }

        _slots[slot] = (mixed << 16) | value;
    }
}
