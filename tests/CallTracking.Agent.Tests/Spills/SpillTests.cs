using System.Text;
using CallTracking.Agent.Spills;
using CallTracking.Mapping;
using Xunit;

namespace CallTracking.Agent.Tests.Spills;

public sealed class SpillTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(2000)]
    [InlineData(1_000_000)]
    public void New_RandomRecords_GivesThemBackAsMemoryDoes(int memoryBytes)
    {
        for (var seed = 1; seed <= 30; seed++)
        {
            var random = new Random(seed);
            using var expected = new MemorySpill(long.MaxValue);
            using var actual = new SpillFolder(_folder.Path, memoryBytes).New();
            for (var record = random.Next(200); record > 0; record--)
            {
                var (key, order, bytes) = ((UInt128)random.Next(20) << 64, random.Next(-2, 3), new byte[random.Next(50)]);
                random.NextBytes(bytes);
                Assert.True(expected.TryAdd(key, order, bytes));
                Assert.True(actual.TryAdd(key, order, bytes));
            }

            Assert.Equal(expected.Keys(), actual.Keys());
            for (var key = 0; key < 21; key++)
            {
                var said = Said(expected, (UInt128)key << 64);
                Assert.Equal(said, Said(actual, (UInt128)key << 64));
                Assert.Equal((said.LastOrDefault(), said.LastOrDefault()), (Last(expected, (UInt128)key << 64), Last(actual, (UInt128)key << 64)));
            }
        }
    }

    [Fact]
    public void New_MoreThanMemoryHolds_WaitsSealedInAFileThatGoesWithIt()
    {
        const int Records = 2000;
        var secret = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Ada Lovelace lives here. ", 400)));
        var folder = new SpillFolder(_folder.Path, memoryBytes: 0);
        var spill = folder.New();
        for (var record = 0; record < Records; record++)
        {
            Assert.True(spill.TryAdd((UInt128)record, 0, secret));
        }

        Assert.Single(spill.Find(7));
        var file = Assert.Single(Directory.GetFiles(folder.Path));
        var written = ReadAll(file);
        Assert.True(written.Length > secret.Length, "What is in SQLite's cache only proves nothing.");
        Assert.Equal(-1, written.AsSpan().IndexOf(Encoding.UTF8.GetBytes("Lovelace")));
        spill.Dispose();

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Find_FileThatWasDamaged_IsAFailingFile()
    {
        const int Records = 5000;
        var folder = new SpillFolder(_folder.Path, memoryBytes: 0);
        using var spill = folder.New();
        for (var record = 0; record < Records; record++)
        {
            spill.TryAdd((UInt128)record, 0, new byte[4000]);
        }

        Assert.NotNull(spill.FindLast(0, out _));
        var file = Assert.Single(Directory.GetFiles(folder.Path));
        using (var damage = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            damage.Position = 4096 * 8;
            damage.Write(new byte[damage.Length - damage.Position]);
        }

        Assert.Throws<SpillException>(() => Enumerable.Range(0, Records).Count(key => spill.Find((UInt128)key).Any()));
        Assert.Throws<SpillException>(() => Enumerable.Range(0, Records).Count(key => spill.FindLast((UInt128)key, out _) is null));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1024 * 1024)]
    public void FindLast_SeveralOfAKey_AreCountedSoFar(long memoryBytes)
    {
        using var spill = new SpillFolder(_folder.Path, memoryBytes).New();
        for (var record = 0; record < ISpill.MostCounted + 7; record++)
        {
            spill.TryAdd(1, 0, "x"u8);
            spill.TryAdd(record < 3 ? 2U : 3U, 0, "x"u8);
        }

        var counts = new List<int>();
        foreach (var key in (UInt128[])[1, 2, 4])
        {
            spill.FindLast(key, out var count);
            counts.Add(count);
        }

        Assert.Equal([ISpill.MostCounted, 3, 0], counts);
    }

    [Fact]
    public void New_LittleData_TakesNoFile()
    {
        var folder = new SpillFolder(_folder.Path);
        using var spill = folder.New();

        Assert.True(spill.TryAdd(1, 0, "x"u8));
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public void SpillFile_WhereNoneCanBe_IsAFailingFile() =>
        Assert.Throws<SpillException>(() => new SpillFile(_folder.File("nowhere/0.db")));

    [Fact]
    public void RemoveLeftOvers_FilesOfADeadRun_AreGone()
    {
        var folder = new SpillFolder(_folder.Path);
        var left = _folder.Write("spill/0.db", "left over");

        folder.RemoveLeftOvers();

        Assert.False(File.Exists(left));
    }

    private static byte[] ReadAll(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }

    private static string? Last(ISpill spill, UInt128 key) => spill.FindLast(key, out _) is { } record ? Convert.ToHexString(record.Span) : null;

    private static List<string> Said(ISpill spill, UInt128 key) => [.. spill.Find(key).Select(record => Convert.ToHexString(record.Span))];
}
