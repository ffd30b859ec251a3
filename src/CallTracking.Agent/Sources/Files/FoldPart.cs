using CallTracking.Agent.Identity;

namespace CallTracking.Agent.Sources.Files;

/// <summary>A file that had rows of cases: a file of the journal, whose name is its identity.</summary>
/// <param name="Id">A keyed hash of all that it held.</param>
/// <param name="Name">What it was called when it was read last.</param>
/// <param name="Length">How many bytes it held, unpacked.</param>
/// <param name="IsSettled">Some reading made whole cases of all its rows.</param>
internal sealed record FoldPart(string Id, string Name, long Length, bool IsSettled)
{
    private const byte Form = 1;
    private const string Ending = ".cases";

    // What a reader says of a text whose length is none; a disk's own errors are others.
    private const int WrongLength = unchecked((int)0x80131620);

    /// <summary>Those of a source; none when it has no journal yet. What cannot be read is left alone and counted.</summary>
    public static (IReadOnlyList<FoldPart> Known, int Unreadable) All(string folder)
    {
        var parts = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + Ending).Order(StringComparer.Ordinal).Select(Read).ToList() : [];
        return ([.. parts.OfType<FoldPart>()], parts.Count(part => part is null));
    }

    /// <summary>The short keyed hashes of the cases that it had rows of.</summary>
    public IEnumerable<ulong> Cases(string folder)
    {
        using var reader = new BinaryReader(File.OpenRead(PathOf(folder)));
        Header(reader);
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            yield return reader.ReadUInt64();
        }
    }

    /// <summary>Makes it durable, whole or not at all.</summary>
    public void Keep(string folder, IReadOnlyCollection<ulong> cases)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Form);
        writer.Write(Name);
        writer.Write(Length);
        writer.Write(IsSettled);
        writer.Write(cases.Count);
        foreach (var one in cases)
        {
            writer.Write(one);
        }

        writer.Flush();
        PrivateFile.CreateFolder(Path.GetDirectoryName(folder)!);
        PrivateFile.CreateFolder(folder);
        PrivateFile.Write(PathOf(folder), bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    public void Forget(string folder) => File.Delete(PathOf(folder));

    private static FoldPart? Read(string path)
    {
        try
        {
            using var reader = new BinaryReader(File.OpenRead(path));
            return Header(reader) is var (name, length, isSettled) && HoldsItsCases(reader)
                ? new FoldPart(Path.GetFileNameWithoutExtension(path), name, length, isSettled)
                : null;
        }
        catch (Exception damaged) when (damaged is EndOfStreamException or FormatException or IOException { HResult: WrongLength })
        {
            return null;
        }
    }

    private static bool HoldsItsCases(BinaryReader reader) =>
        reader.ReadInt32() is >= 0 and var count && reader.BaseStream.Length - reader.BaseStream.Position == count * (long)sizeof(ulong);

    private static (string Name, long Length, bool IsSettled)? Header(BinaryReader reader) =>
        reader.ReadByte() == Form ? (reader.ReadString(), reader.ReadInt64(), reader.ReadBoolean()) : null;

    private string PathOf(string folder) => Path.Combine(folder, Id + Ending);
}
