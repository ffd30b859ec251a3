namespace CallTracking.Privacy;

/// <summary>Which words of a text a unit is.</summary>
internal enum UnitKind : byte
{
    /// <summary>A word of a script with spaces, or a whole run of katakana.</summary>
    Word,
    Number,
    Punctuation,
    Break,

    /// <summary>One character of Han or hiragana.</summary>
    Ideograph,

    /// <summary>One letter of Thai and its like, with its marks.</summary>
    Thai,

    /// <summary>Hangul up to the next space: a word with its particles.</summary>
    Hangul,
}

/// <summary>How a unit is written.</summary>
internal enum UnitShape : byte
{
    Lower,
    Title,
    Capitals,
    Initial,
    Mixed,
    WithDigit,
    Caseless,
    Katakana,
    Han,
    Hiragana,
    Thai,
    Hangul,
    Number,
    Punctuation,
    Break,
}

/// <summary>A piece of a text that is in a name or not, as a whole.</summary>
internal struct NameUnit
{
    /// <summary>The mark of <see cref="Sound"/>.</summary>
    private const int Sounding = 64;
    private const int Farthest = 7;

    public int Start;
    public int End;

    /// <summary>Of the folded letters.</summary>
    public uint Hash;
    public UnitKind Kind;
    public UnitShape Shape;

    /// <summary>What the lists say: <see cref="NameLists"/>.</summary>
    public byte Lists;

    /// <summary>Of ideographs: lengths of the longest surname (low half) and forename that begin here.</summary>
    public byte Begins;

    /// <summary>Of ideographs: is inside or at the end of a surname or forename that begins before. Of German words: <see cref="GermanNouns"/>.</summary>
    public byte Within;

    /// <summary>Of ideographs: the <see cref="WordClass"/> of the word that they are in, and where in it (high half).</summary>
    public byte Segment;

    /// <summary>Of ideographs: where in a row of characters that foreign names are written with, from its start (high bits) and its end; zero in none.</summary>
    public byte Sound;

    /// <summary>Of ideographs: the hash of the word that they are in.</summary>
    public uint Word;

    /// <summary>A space or the text's edge stands before.</summary>
    public bool IsSpaced;
    public bool IsSentenceStart;

    /// <summary>May be part of a name; else the tagger passes it over.</summary>
    public bool IsCandidate;

    public readonly int Length => End - Start;

    /// <summary>A value of <see cref="Sound"/>: how many such characters are before and behind this one, up to seven each.</summary>
    public static byte SoundOf(int before, int behind) => (byte)(Sounding | (Math.Min(before, Farthest) << 3) | Math.Min(behind, Farthest));

    public static int FromStart(byte sound) => (sound >> 3) & Farthest;

    public static int FromEnd(byte sound) => sound & Farthest;
}
