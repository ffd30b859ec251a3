using System.Buffers.Binary;

namespace CallTracking.Privacy;

/// <summary>
/// Ordinary words of a language's dictionary, as 32 bits of hash each, in order: one unknown word in some fifty thousand is taken for one.
/// </summary>
internal sealed class DictionaryWords
{
    private static readonly Lazy<DictionaryWords> EnglishLoaded = new(() => Read("names.english"));
    private static readonly Lazy<DictionaryWords> KoreanLoaded = new(() => Read("names.koreanwords"));

    private static readonly Lazy<DictionaryWords> KoreanGivenLoaded = new(() => Read("names.koreangiven"));

    private readonly uint[] _hashes;

    private DictionaryWords(uint[] hashes) => _hashes = hashes;

    /// <summary>Words of English in their forms, but those that the dictionary has as names, too.</summary>
    public static DictionaryWords English => EnglishLoaded.Value;

    /// <summary>Nouns and stems of Korean that begin with what may be a family name.</summary>
    public static DictionaryWords Korean => KoreanLoaded.Value;

    /// <summary>Given names of Korean persons, two syllables each.</summary>
    public static DictionaryWords KoreanGiven => KoreanGivenLoaded.Value;

    public bool Has(uint hash) => Array.BinarySearch(_hashes, hash) >= 0;

    /// <summary>What a resource holds.</summary>
    public static byte[] Write(IEnumerable<string> words)
    {
        var hashes = words.Select(word => NameHash.OfWord(word)).Distinct().Order().ToList();
        var bytes = new byte[hashes.Count * sizeof(uint)];
        for (var i = 0; i < hashes.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), hashes[i]);
        }

        return bytes;
    }

    private static DictionaryWords Read(string name)
    {
        using var resource = typeof(DictionaryWords).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        var hashes = new uint[bytes.Length / sizeof(uint)];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)));
        }

        return new DictionaryWords(hashes);
    }
}
