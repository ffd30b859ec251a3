using System.Buffers.Binary;
using CallTracking.Agent.Identity;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources.Files;

/// <summary>A file that had rows of cases: a file of the journal, whose name is its identity.</summary>
/// <param name="Id">A keyed hash of all that it held.</param>
/// <param name="Name">What it was called when it was read last.</param>
/// <param name="Length">How many bytes it held, unpacked.</param>
/// <param name="IsSettled">Some reading made whole cases of all its rows.</param>
internal sealed record FoldPart(string Id, string Name, long Length, bool IsSettled)
{
    // No content has that length.
    private const long Unknown = -1;

    private const byte Form = 4;

    // As earlier programs wrote it: cases without their rows, and before that without marks.
    private const byte Uncounted = 3;
    private const byte Unmarked = 2;
    private const int SumBytes = 64 * 1024;
    private const string Ending = ".cases";

    // What a reader says of a text whose length is none; a disk's own errors are others.
    private const int WrongLength = unchecked((int)0x80131620);

    /// <summary>Its entry is damaged: which cases it had rows of is not known, and perhaps no more of it than its identity.</summary>
    public bool IsDamaged { get; private init; }

    /// <summary>Keyed hashes of what it began with, one for each of <see cref="ContentMarks.Lengths"/> that it reached; none where an earlier program read it.</summary>
    public IReadOnlyList<ulong> Marks { get; init; } = [];

    /// <summary>Rows had an order, so that first and last places tell something.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Its file was written anew since: only the cases are left that lost rows then.</summary>
    public bool IsRest { get; init; }

    /// <summary>Those of a source; none when it has no journal yet.</summary>
    public static IReadOnlyList<FoldPart> All(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*" + Ending).Order(StringComparer.Ordinal).Select(Read)] : [];

    /// <summary>The entry's own file.</summary>
    public string PathOf(string folder) => Path.Combine(folder, Id + Ending);

    /// <summary>The cases that it had rows of; each of one row without order where an earlier program wrote the entry.</summary>
    public IEnumerable<FoldedCase> Cases(string folder)
    {
        using var file = File.OpenRead(PathOf(folder));
        var isCounted = file.ReadByte() == Form;
        file.Position = 0;
        using var reader = new BinaryReader(file);
        Header(reader);
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            yield return isCounted
                ? new FoldedCase(reader.ReadUInt64(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64())
                : new FoldedCase(reader.ReadUInt64(), 1, 0, 0);
        }
    }

    /// <summary>Makes it durable, whole or not at all.</summary>
    public void Keep(string folder, IReadOnlyCollection<FoldedCase> cases)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Form);
        writer.Write(Name);
        writer.Write(Length);
        writer.Write(IsSettled);
        writer.Write(IsRest);
        writer.Write(IsOrdered);
        writer.Write(Marks.Count);
        foreach (var mark in Marks)
        {
            writer.Write(mark);
        }

        writer.Write(cases.Count);
        foreach (var one in cases)
        {
            writer.Write(one.Key);
            writer.Write(one.Rows);
            writer.Write(one.First);
            writer.Write(one.Last);
        }

        writer.Flush();
        var sum = default(Crc32);
        sum.Add(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        writer.Write(sum.Value);
        writer.Flush();
        PrivateFile.CreateFolder(Path.GetDirectoryName(folder)!);
        PrivateFile.CreateFolder(folder);
        PrivateFile.Write(PathOf(folder), bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    public void Forget(string folder) => File.Delete(PathOf(folder));

    private static FoldPart Read(string path)
    {
        var part = new FoldPart(Path.GetFileNameWithoutExtension(path), string.Empty, Unknown, IsSettled: false) { IsDamaged = true };
        try
        {
            using var file = File.OpenRead(path);
            var isSound = HasItsSum(file);
            file.Position = 0;
            using var reader = new BinaryReader(file);

            // A length that is wrong is that of no content with this identity; a name that is wrong could be another file's.
            return Header(reader) is not { } head ? part
                : isSound ? head with { Id = part.Id }
                : part with { Length = head.Length };
        }
        catch (Exception damaged) when (damaged is EndOfStreamException or FormatException or IOException { HResult: WrongLength })
        {
            return part;
        }
    }

    private static bool HasItsSum(FileStream file)
    {
        var sum = default(Crc32);
        var left = file.Length - sizeof(uint);
        var buffer = new byte[SumBytes];
        while (left > 0)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            file.ReadExactly(piece);
            sum.Add(piece);
            left -= piece.Length;
        }

        var stated = buffer.AsSpan(0, sizeof(uint));
        return left == 0 && file.ReadAtLeast(stated, sizeof(uint), throwOnEndOfStream: false) == sizeof(uint)
            && BinaryPrimitives.ReadUInt32LittleEndian(stated) == sum.Value;
    }

    private static FoldPart? Header(BinaryReader reader)
    {
        var form = reader.ReadByte();
        if (form is not (Form or Uncounted or Unmarked))
        {
            return null;
        }

        var part = new FoldPart(string.Empty, reader.ReadString(), reader.ReadInt64(), reader.ReadBoolean());
        if (form == Form)
        {
            part = part with { IsRest = reader.ReadBoolean(), IsOrdered = reader.ReadBoolean() };
        }

        return form == Unmarked ? part : part with { Marks = ReadMarks(reader) };
    }

    private static List<ulong> ReadMarks(BinaryReader reader)
    {
        var marks = new List<ulong>();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            marks.Add(reader.ReadUInt64());
        }

        return marks;
    }
}
