using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace CallTracking.Privacy;

/// <summary>
/// What was learnt: for each hashed feature the weights of the four labels of a name against "outside", the weights of labels that
/// follow each other, and the lists. Read once, when the first text is looked through; shared by all threads.
/// </summary>
internal sealed class NameModel
{
    /// <summary>Weights are whole numbers of this part of a unit of log odds.</summary>
    public const float Parts = 16;

    private const string Resource = "names.model";
    /// <summary>How many leanings there are: each kind of text has one, and each language with capitals.</summary>
    public const int Leaned = NameLabels.Groups + NameLanguages.Most;

    private const uint Form = 0x324D4E43;

    private static readonly Lazy<NameModel> Loaded = new(() =>
    {
        using var resource = typeof(NameModel).Assembly.GetManifestResourceStream(Resource)!;
        return Load(resource);
    });

    public NameModel(int tableBits, uint[] weights, short[] transitions, short[] leanings, NameLexicon lexicon)
    {
        TableBits = tableBits;
        Weights = weights;
        Transitions = transitions;
        Leanings = leanings;
        Lexicon = lexicon;
    }

    public static NameModel Default => Loaded.Value;

    public int TableBits { get; }

    /// <summary>A row a feature: four signed bytes for begin, inside, last and single.</summary>
    public uint[] Weights { get; }

    /// <summary>By group, label before and label.</summary>
    public short[] Transitions { get; }

    /// <summary>What is added where a name begins, so that more or fewer are found: by <see cref="LeaningOf"/>.</summary>
    public short[] Leanings { get; }

    public NameLexicon Lexicon { get; }

    /// <summary>Which leaning counts: words with capitals lean by language, others by kind of text.</summary>
    public static int LeaningOf(int group, byte language) => group == NameLabels.Cased ? NameLabels.Groups + language : group;

    public static NameModel Load(Stream stream)
    {
        using var unpacked = new BrotliStream(stream, CompressionMode.Decompress, leaveOpen: true);
        using var reader = new BinaryReader(unpacked, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Form)
        {
            throw new InvalidDataException("This is no model of names of this version: train it again.");
        }

        var tableBits = reader.ReadInt32();
        var transitions = ReadArray<short>(unpacked, NameLabels.Groups * NameLabels.Count * NameLabels.Count);
        var leanings = ReadArray<short>(unpacked, Leaned);
        var lexicon = LoadLexicon(unpacked, reader);
        return new NameModel(tableBits, ReadArray<uint>(unpacked, 1 << tableBits), transitions, leanings, lexicon);
    }

    private static NameLexicon LoadLexicon(Stream unpacked, BinaryReader reader)
    {
        var tags = reader.ReadString().Split(' ');
        var size = reader.ReadInt32();
        var languages = new NameLanguages(tags, ReadArray<uint>(unpacked, size), ReadArray<byte>(unpacked, size));
        return new NameLexicon(
            new NameLists(ReadArray<ushort>(unpacked, reader.ReadInt32())),
            new NameLists(ReadArray<ushort>(unpacked, reader.ReadInt32())),
            new NameWords(ReadArray<uint>(unpacked, reader.ReadInt32())),
            new NameWords(ReadArray<uint>(unpacked, reader.ReadInt32())),
            languages);
    }

    public void Save(Stream stream)
    {
        using var packed = new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using var writer = new BinaryWriter(packed, Encoding.UTF8, leaveOpen: true);
        writer.Write(Form);
        writer.Write(TableBits);
        writer.Write(MemoryMarshal.AsBytes<short>(Transitions));
        writer.Write(MemoryMarshal.AsBytes<short>(Leanings));
        SaveLexicon(writer);
        writer.Write(MemoryMarshal.AsBytes<uint>(Weights));
    }

    private void SaveLexicon(BinaryWriter writer)
    {
        var (lists, nouns, chinese, japanese, languages) = Lexicon;
        writer.Write(string.Join(' ', languages.Tags));
        writer.Write(languages.Words.Length);
        writer.Write(MemoryMarshal.AsBytes(languages.Words));
        writer.Write(languages.Languages);
        SaveArray(writer, lists.Slots);
        SaveArray(writer, nouns.Slots);
        SaveArray(writer, chinese.Slots);
        SaveArray(writer, japanese.Slots);
    }

    private static void SaveArray<T>(BinaryWriter writer, ReadOnlySpan<T> array)
        where T : unmanaged
    {
        writer.Write(array.Length);
        writer.Write(MemoryMarshal.AsBytes(array));
    }

    private static T[] ReadArray<T>(Stream stream, int length)
        where T : unmanaged
    {
        var array = new T[length];
        stream.ReadExactly(MemoryMarshal.AsBytes(array.AsSpan()));
        return array;
    }
}
