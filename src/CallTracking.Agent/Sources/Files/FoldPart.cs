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

    private const byte Form = 5;
    private const int SumBytes = 64 * 1024;
    private const string Ending = ".cases";
    private const string EndingOfPending = ".pending";

    // What a reader says of a text whose length is none; a disk's own errors are others.
    private const int WrongLength = unchecked((int)0x80131620);

    /// <summary>Its entry is damaged: which cases it had rows of is not known, and perhaps no more of it than its identity.</summary>
    public bool IsDamaged { get; private init; }

    /// <summary>Keyed hashes of what it began with, one for each of <see cref="ContentMarks.Lengths"/> that it reached.</summary>
    public IReadOnlyList<ulong> Marks { get; init; } = [];

    /// <summary>Of what places and contents are made: rows of another rule can only be counted.</summary>
    public ulong Rule { get; init; }

    /// <summary>How many rows of cases it has.</summary>
    public long RowCount { get; init; }

    /// <summary>Its file is gone, or something else by now: only rows are left that no file had since.</summary>
    public bool IsRest { get; init; }

    /// <summary>Those of a source; none when it has no journal yet.</summary>
    public static IReadOnlyList<FoldPart> All(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*" + Ending).Order(StringComparer.Ordinal).Select(Read)] : [];

    /// <summary>It is of a reading that is not complete: the journal does not have it yet.</summary>
    public bool IsPending { get; init; }

    /// <summary>The entry's own file.</summary>
    public string PathOf(string folder) => Path.Combine(folder, Id + (IsPending ? EndingOfPending : Ending));

    /// <summary>Forgets what readings left behind that did not come to their end.</summary>
    public static void ForgetPending(string folder)
    {
        foreach (var file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + EndingOfPending) : [])
        {
            File.Delete(file);
        }
    }

    /// <summary>Has the journal know it: its reading is complete.</summary>
    public FoldPart Promoted(string folder)
    {
        var known = this with { IsPending = false };
        File.Move(PathOf(folder), known.PathOf(folder), overwrite: true);
        return known;
    }

    /// <summary>The rows of cases that it had, as they stood in it.</summary>
    public IEnumerable<FoldedRow> Rows(string folder)
    {
        using var file = new FileStream(PathOf(folder), FileMode.Open, FileAccess.Read, FileShare.Read, SumBytes);
        using var reader = new BinaryReader(file);
        var count = Header(reader)!.RowCount;
        foreach (var row in FoldedRow.All(file, count))
        {
            yield return row;
        }
    }

    /// <summary>Makes it durable, whole or not at all.</summary>
    /// <param name="folder">The journal's.</param>
    /// <param name="rows">As many as <see cref="RowCount"/> says.</param>
    public void Keep(string folder, IEnumerable<FoldedRow> rows)
    {
        PrivateFile.CreateFolder(Path.GetDirectoryName(folder)!);
        PrivateFile.CreateFolder(folder);
        PrivateFile.Write(PathOf(folder), stream =>
        {
            var sum = default(Crc32);
            Put(HeadBytes());
            var buffer = new byte[FoldedRow.Size * 1024];
            var filled = 0;
            foreach (var row in rows)
            {
                row.Write(buffer.AsSpan(filled));
                filled += FoldedRow.Size;
                if (filled == buffer.Length)
                {
                    Put(buffer);
                    filled = 0;
                }
            }

            Put(buffer.AsSpan(0, filled));
            stream.Write(BitConverter.GetBytes(sum.Value));

            void Put(ReadOnlySpan<byte> bytes)
            {
                sum.Add(bytes);
                stream.Write(bytes);
            }
        });
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

    private byte[] HeadBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Form);
        writer.Write(Name);
        writer.Write(Length);
        writer.Write(IsSettled);
        writer.Write(IsRest);
        writer.Write(Rule);
        writer.Write(Marks.Count);
        foreach (var mark in Marks)
        {
            writer.Write(mark);
        }

        writer.Write(RowCount);
        writer.Flush();
        return bytes.ToArray();
    }

    private static FoldPart? Header(BinaryReader reader) => reader.ReadByte() != Form ? null
        : new FoldPart(string.Empty, reader.ReadString(), reader.ReadInt64(), reader.ReadBoolean())
        {
            IsRest = reader.ReadBoolean(),
            Rule = reader.ReadUInt64(),
            Marks = ReadMarks(reader),
            RowCount = reader.ReadInt64(),
        };

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
