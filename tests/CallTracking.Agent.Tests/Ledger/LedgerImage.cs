using CallTracking.Agent.Ledger;

namespace CallTracking.Agent.Tests.Ledger;

/// <summary>What a disk does to a file at one place.</summary>
public enum DiskHarm
{
    /// <summary>It ends there.</summary>
    Cut,

    /// <summary>A sector from there on is zeros.</summary>
    Zeros,

    /// <summary>A sector from there on is anything.</summary>
    Noise,
}

/// <summary>The files of a ledger as they stood at one instant, and ways to lay them out again, harmed.</summary>
internal sealed class LedgerImage
{
    private const int Sector = 512;
    private static readonly string[] Suffixes = ["", "-wal", LedgerSum.Suffix];
    private readonly Dictionary<string, byte[]> _files;

    private LedgerImage(Dictionary<string, byte[]> files) => _files = files;

    /// <summary>As a kill at this instant would leave them, or as they were closed.</summary>
    public static LedgerImage Of(string ledger) => new(Suffixes.Where(suffix => File.Exists(ledger + suffix)).ToDictionary(suffix => suffix, suffix => Read(ledger + suffix)));

    public byte[] this[string suffix] => _files[suffix];

    /// <summary>Pages of the ledger's file that its log holds anew: a checkpoint would be writing these.</summary>
    public IReadOnlySet<int> PagesInLog()
    {
        const int Page = 4096;
        const int FileHeader = 32;
        const int FrameHeader = 24;
        var log = _files["-wal"];
        return Enumerable.Range(0, (log.Length - FileHeader) / (FrameHeader + Page))
            .Select(frame => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(FileHeader + (frame * (FrameHeader + Page)), 4)) - 1)
            .ToHashSet();
    }

    public LedgerImage With(string suffix, byte[] content) => new(new Dictionary<string, byte[]>(_files) { [suffix] = content });

    public LedgerImage Without(string suffix) => new(_files.Where(file => file.Key != suffix).ToDictionary());

    /// <summary>With one file harmed; null when that changes nothing.</summary>
    public LedgerImage? Harmed(string suffix, DiskHarm harm, int at)
    {
        var before = _files[suffix];
        if (harm == DiskHarm.Cut)
        {
            return With(suffix, before[..at]);
        }

        var after = (byte[])before.Clone();
        var sector = after.AsSpan(at, Math.Min(Sector, after.Length - at));
        sector.Clear();
        if (harm == DiskHarm.Noise)
        {
            new Random(at).NextBytes(sector);
        }

        return after.AsSpan().SequenceEqual(before) ? null : With(suffix, after);
    }

    /// <summary>Writes the files, and nothing else, in the place of a ledger.</summary>
    public void LayOut(string ledger)
    {
        foreach (var suffix in Suffixes.Append("-shm"))
        {
            File.Delete(ledger + suffix);
        }

        foreach (var (suffix, content) in _files)
        {
            File.WriteAllBytes(ledger + suffix, content);
        }
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
