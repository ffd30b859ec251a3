namespace CallTracking.Privacy;

/// <summary>
/// Tells the language of a stretch of words with case by its little words, as well as names need it: where every noun has a
/// capital, a capital says less. Zero is no language.
/// </summary>
internal sealed class NameLanguages
{
    public const int Most = 24;

    private readonly string[] _tags;
    private readonly uint[] _words;
    private readonly byte[] _languages;

    /// <param name="tags">BCP 47 primary tags; language n is the n-th from one.</param>
    /// <param name="words">Hashes of little words; the table's size is a power of two, zero is free.</param>
    /// <param name="languages">The language of each.</param>
    public NameLanguages(string[] tags, uint[] words, byte[] languages)
    {
        _tags = tags;
        _words = words;
        _languages = languages;
        German = (byte)(Array.IndexOf(tags, "de") + 1);
        English = (byte)(Array.IndexOf(tags, "en") + 1);
    }

    /// <summary>The number of German, zero when it is not among the languages.</summary>
    public byte German { get; }

    /// <summary>The number of English, zero when it is not among the languages.</summary>
    public byte English { get; }

    public IReadOnlyList<string> Tags => _tags;

    public ReadOnlySpan<uint> Words => _words;

    public ReadOnlySpan<byte> Languages => _languages;

    public static NameLanguages Build(string[] tags, IReadOnlyDictionary<uint, byte> words)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, words.Count * 3));
        var built = new NameLanguages(tags, new uint[size], new byte[size]);
        foreach (var (hash, language) in words.OrderBy(pair => pair.Key))
        {
            var slot = built.SlotOf(hash);
            built._words[slot] = hash;
            built._languages[slot] = language;
        }

        return built;
    }

    /// <summary>The language of the units, else the one that is given.</summary>
    public byte Of(UnitReader reader, string given)
    {
        Span<int> votes = stackalloc int[Most];
        votes.Clear();
        var units = reader.Units;
        for (var i = UnitReader.First; i < reader.End; i++)
        {
            if (units[i].Shape == UnitShape.Lower)
            {
                votes[_languages[SlotOf(units[i].Hash)]]++;
            }
        }

        votes[0] = 0;
        var best = 0;
        for (var language = 1; language < votes.Length; language++)
        {
            best = votes[language] > votes[best] ? language : best;
        }

        return (byte)(votes[best] > 1 || given.Length == 0 ? best : Given(given, best));
    }

    private int Given(string tag, int otherwise)
    {
        var primary = tag.AsSpan(0, tag.IndexOf('-') is > 0 and var dash ? dash : tag.Length);
        for (var i = 0; i < _tags.Length; i++)
        {
            if (primary.Equals(_tags[i], StringComparison.OrdinalIgnoreCase))
            {
                return i + 1;
            }
        }

        return otherwise;
    }

    // The slot of the word, or the free one where it would be.
    private int SlotOf(uint hash)
    {
        var mask = (uint)_words.Length - 1;
        var slot = NameHash.Finish(hash) & mask;
        while (_words[slot] != 0 && _words[slot] != hash)
        {
            slot = (slot + 1) & mask;
        }

        return (int)slot;
    }
}
