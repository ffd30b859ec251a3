using System.Buffers.Binary;

namespace CallTracking.Privacy;

/// <summary>
/// Ordinary words of English that are nobody's name in its dictionary, in their forms, as 32 bits of hash each, in order: one unknown word
/// in some fifty thousand is taken for one.
/// </summary>
internal sealed class EnglishWords
{
    private static readonly Lazy<EnglishWords> Loaded = new(Read);

    private readonly uint[] _hashes;

    private EnglishWords(uint[] hashes) => _hashes = hashes;

    public static EnglishWords Default => Loaded.Value;

    public bool Has(uint hash) => Array.BinarySearch(_hashes, hash) >= 0;

    /// <summary>What <see cref="Default"/> is read from.</summary>
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

    private static EnglishWords Read()
    {
        using var resource = typeof(EnglishWords).Assembly.GetManifestResourceStream("names.english")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        var hashes = new uint[bytes.Length / sizeof(uint)];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)));
        }

        return new EnglishWords(hashes);
    }
}
