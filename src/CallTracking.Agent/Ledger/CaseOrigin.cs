using System.Globalization;

namespace CallTracking.Agent.Ledger;

/// <summary>What shaped a version of a case, but for its row: the same for all rows of a file in a run.</summary>
/// <param name="Source">Its name.</param>
/// <param name="File">Relative to the configuration's folder; of what is no file, its name; empty when the case vanished and had no row.</param>
/// <param name="Mapping">The mapping's file, or the pack; empty as above.</param>
/// <param name="MappingDigest">The mapping's version.</param>
/// <param name="CodeTables">Name and version of each code table that the mapping used.</param>
/// <param name="PolicyVersion">Of the policy bundle.</param>
/// <param name="EdgeDigest">Of the edge rules: the bundle's under the region's own floor.</param>
internal sealed record CaseOrigin(
    string Source, string File, string Mapping, ulong MappingDigest, string CodeTables, ulong PolicyVersion, byte[] EdgeDigest)
{
    private const byte Form = 1;

    /// <summary>Names it, for <see cref="Outbox.PayloadCipher.HideName"/>.</summary>
    public string Key => string.Join(
        '\0',
        "origin",
        Source,
        File,
        Mapping,
        MappingDigest.ToString("x", CultureInfo.InvariantCulture),
        CodeTables,
        PolicyVersion.ToString(CultureInfo.InvariantCulture),
        Convert.ToHexString(EdgeDigest));

    /// <summary>Null for a form that this program does not know.</summary>
    /// <param name="source">Stands beside the value.</param>
    /// <param name="value">As <see cref="ToBytes"/> wrote it.</param>
    public static CaseOrigin? Parse(string source, byte[] value)
    {
        using var reader = new BinaryReader(new MemoryStream(value));
        return reader.ReadByte() == Form
            ? new CaseOrigin(
                source, reader.ReadString(), reader.ReadString(), reader.ReadUInt64(), reader.ReadString(), reader.ReadUInt64(), reader.ReadBytes(reader.ReadByte()))
            : null;
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Form);
        writer.Write(File);
        writer.Write(Mapping);
        writer.Write(MappingDigest);
        writer.Write(CodeTables);
        writer.Write(PolicyVersion);
        writer.Write((byte)EdgeDigest.Length);
        writer.Write(EdgeDigest);
        return bytes.ToArray();
    }
}
