using System.IO.Compression;

namespace CallTracking.Mapping.Languages;

/// <summary>How dear each piece of text is in each language of one script: tenths of a natural logarithm of its rarity, at most 255.</summary>
/// <param name="Languages">BCP 47 tags.</param>
/// <param name="UsualCost">A piece's mean cost in texts of each language.</param>
/// <param name="Spread">The standard deviation of that mean from text to text.</param>
/// <param name="Costs">By piece, one byte a language.</param>
internal sealed record NgramModel(
    IReadOnlyList<string> Languages, IReadOnlyList<float> UsualCost, IReadOnlyList<float> Spread, IReadOnlyDictionary<string, byte[]> Costs)
{
    /// <summary>What a piece costs that no language's list has.</summary>
    public const int UnknownCost = 110;

    /// <summary>Models by script, as trained.</summary>
    public static IReadOnlyDictionary<string, NgramModel> Load(Stream stream)
    {
        using var unpacked = new GZipStream(stream, CompressionMode.Decompress);
        using var reader = new BinaryReader(unpacked);
        var models = new Dictionary<string, NgramModel>(StringComparer.Ordinal);
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            models[reader.ReadString()] = LoadOne(reader);
        }

        return models;
    }

    public static void Save(IReadOnlyDictionary<string, NgramModel> models, Stream stream)
    {
        using var packed = new GZipStream(stream, CompressionLevel.SmallestSize);
        using var writer = new BinaryWriter(packed);
        writer.Write(models.Count);
        foreach (var (script, model) in models.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            writer.Write(script);
            writer.Write(model.Languages.Count);
            for (var index = 0; index < model.Languages.Count; index++)
            {
                writer.Write(model.Languages[index]);
                writer.Write(model.UsualCost[index]);
                writer.Write(model.Spread[index]);
            }

            writer.Write(model.Costs.Count);
            foreach (var (piece, costs) in model.Costs.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                writer.Write(piece);
                writer.Write(costs);
            }
        }
    }

    private static NgramModel LoadOne(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        var (tags, usual, spread) = (new string[count], new float[count], new float[count]);
        for (var index = 0; index < count; index++)
        {
            (tags[index], usual[index], spread[index]) = (reader.ReadString(), reader.ReadSingle(), reader.ReadSingle());
        }

        var costs = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            costs[reader.ReadString()] = reader.ReadBytes(count);
        }

        return new NgramModel(tags, usual, spread, costs);
    }
}
