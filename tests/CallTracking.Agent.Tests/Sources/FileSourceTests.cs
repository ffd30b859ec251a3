using System.Globalization;
using System.IO.Compression;
using System.Text;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sources.Files;
using CallTracking.Mapping;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>Real files as a source gives them: compressed, broken, half-written.</summary>
public sealed class FileSourceTests : IDisposable
{
    private const string Header = "id,subject\n";
    private readonly TempFolder _folder = new();
    private readonly List<string> _said = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_GzAndZip_GivesTheirRowsUnderNamesOfTheirOwn()
    {
        Gzip("a.csv.gz", $"{Header}A,one\n");
        Zip("b.zip", ("z.csv", $"{Header}C,three\n"), ("sub/a.csv", $"{Header}B,two\n"), ("sub/", string.Empty));

        var (ids, visit) = await ReadAsync("*");

        Assert.Empty(visit.Faults);
        Assert.Equal(["a.csv.gz:A", "b.zip!sub/a.csv:B", "b.zip!z.csv:C"], ids);
    }

    [Theory]
    [InlineData("*.csv", "b.zip!sub/a.csv:B b.zip!z.csv:C")]
    [InlineData("sub/*", "b.zip!sub/a.csv:B")]
    [InlineData("*.xml", "")]
    public async Task Read_ZipWithEntries_GivesThoseOnly(string entries, string expected)
    {
        Zip("b.zip", ("readme.txt", "no table"), ("z.csv", $"{Header}C,three\n"), ("sub/a.csv", $"{Header}B,two\n"));

        var (ids, visit) = await ReadAsync("*.zip", new FileRules { Settle = TimeSpan.Zero, Entries = entries });

        Assert.Equal(expected, string.Join(' ', ids));
        Assert.Equal(expected.Length == 0, visit.Faults.Count == 1);
    }

    [Fact]
    public async Task Read_ArchivesThatAreCutOffOrDamaged_AreFaultsAndTheOthersAreRead()
    {
        var rows = new StringBuilder(Header);
        var random = new Random(5);
        for (var row = 0; row < 20_000; row++)
        {
            rows.Append(CultureInfo.InvariantCulture, $"{row},{random.NextInt64():x}\n");
        }

        Gzip("a.csv.gz", rows.ToString());
        Zip("b.zip", ("cases.csv", rows.ToString()));
        Zip("c.zip", ("cases.csv", rows.ToString()));
        Change("a.csv.gz", bytes => bytes[..(bytes.Length / 2)]);
        Change("b.zip", bytes => bytes[..(bytes.Length / 2)]);
        Change("c.zip", bytes =>
        {
            bytes[bytes.Length / 2] ^= 1;
            return bytes;
        });
        File.WriteAllText(_folder.File("d.csv.gz"), "no gz");
        Gzip("e.csv.gz", $"{Header}A,one\n");

        var (ids, visit) = await ReadAsync("*");

        Assert.Equal(["a.csv.gz", "b.zip", "c.zip!cases.csv", "d.csv.gz"], visit.Faults.Select(fault => fault.File).Order());
        Assert.All(visit.Faults, fault => Assert.Contains("damaged or cut off", fault.Message, StringComparison.Ordinal));
        Assert.Contains("e.csv.gz:A", ids);
        Assert.Contains(ids, id => id.StartsWith("a.csv.gz:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_EncryptedZip_IsAFault()
    {
        Zip("b.zip", ("cases.csv", $"{Header}B,two\n"));
        Change("b.zip", bytes =>
        {
            // The bit that says so, in the member's own header and in the directory.
            bytes[6] |= 1;
            bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;
            return bytes;
        });

        var (_, visit) = await ReadAsync("*.zip");

        Assert.Contains("encrypted", Assert.Single(visit.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ZipWithTwoFilesOfOneName_IsAFault()
    {
        Zip("b.zip", ("cases.csv", $"{Header}A,one\n"), ("other.csv", $"{Header}C,three\n"), ("cases.csv", $"{Header}B,two\n"));

        var (ids, visit) = await ReadAsync("*.zip");

        Assert.Empty(ids);
        Assert.Equal(("b.zip!cases.csv", "The archive has two files of this name."), (Assert.Single(visit.Faults).File, visit.Faults[0].Message));
    }

    [Fact]
    public async Task Read_Bombs_EndAsFaultsAtTheirLimits()
    {
        Gzip("a.csv.gz", Header + string.Concat(Enumerable.Repeat("A,one\n", 4_000_000)));
        Zip("b.zip", ("1.csv", Header + new string('\n', 600_000)), ("2.csv", Header + new string('\n', 600_000)));

        var (_, byRatio) = await ReadAsync("*.gz", new FileRules { Settle = TimeSpan.Zero, MaxRatio = 100 });
        var (_, bySize) = await ReadAsync("*.zip", new FileRules { Settle = TimeSpan.Zero, MaxExpanded = 1_000_000 });

        Assert.Contains("more than 100 times", Assert.Single(byRatio.Faults).Message, StringComparison.Ordinal);
        Assert.Equal("b.zip!2.csv", Assert.Single(bySize.Faults).File);
    }

    [Fact]
    public async Task Open_CompressedForAFormatThatJumpsAbout_IsHeldInMemoryUpToALimit()
    {
        Gzip("small.gz", "content");
        Gzip("large.gz", new string('x', (32 << 20) + 1));

        await using var small = await OpenAsync("small.gz");

        Assert.Equal((true, 7L), (small.CanSeek, small.Length));
        var fault = await Assert.ThrowsAsync<SourceFormatException>(() => OpenAsync("large.gz"));
        Assert.Contains("larger than 32.0 MB", fault.Message, StringComparison.Ordinal);

        Task<Stream> OpenAsync(string name) => FileContent.OpenAsync(
            _folder.File(name), null, name, new Expansion(new FileRules { MaxRatio = int.MaxValue }, 1000), needsSeeking: true, CancellationToken.None).AsTask();
    }

    [Fact]
    public async Task Read_UnfinishedNames_ArePassedOverUnlessThePatternNamesThem()
    {
        foreach (var name in new[] { "a.csv", "b.csv.part", "c.tmp", "d.FILEPART" })
        {
            _folder.Write(name, $"{Header}A,one\n");
        }

        var (all, _) = await ReadAsync("*");
        var (named, _) = await ReadAsync("*.tmp");

        Assert.Equal(["a.csv:A"], all);
        Assert.Equal(["c.tmp:A"], named);
    }

    [Fact]
    public async Task Read_FileThatIsStillBeingWritten_IsLeftWithANoticeAndAStillOneIsRead()
    {
        _folder.Write("a.csv", $"{Header}A,one\n");
        _folder.Write("b.csv", $"{Header}B,two\n");
        var reading = ReadAsync("*.csv", new FileRules { Settle = TimeSpan.FromSeconds(2) });
        File.AppendAllText(_folder.File("b.csv"), "C,three\n");

        var (ids, visit) = await reading;

        Assert.Equal(["a.csv:A"], ids);
        Assert.Equal("b.csv is still being written: left for the next run", Assert.Single(_said));
        Assert.False(visit.IsWhole);
        Assert.Empty(visit.Faults);
    }

    [Theory]
    [InlineData("id,subject\nA,one\nB,two\n", 0, "grew while it was read")]
    [InlineData("id,subject\nZ,one\n", 1, null)]
    [InlineData("", 1, null)]
    public async Task Read_FileThatChangesUnderTheReader_IsNotFinished(string after, int faults, string? notice)
    {
        var path = _folder.Write("a.csv", $"{Header}A,one\n");
        var visit = NewVisit();
        await foreach (var input in Source("*.csv").InputsAsync(visit, CancellationToken.None))
        {
            await using var reader = await input.OpenAsync(CancellationToken.None);
            await reader.ReadAsync(CancellationToken.None);
            File.WriteAllText(path, after);
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(5));

            Assert.False(input.Conclude());
        }

        Assert.Equal(faults, visit.Faults.Count);
        Assert.False(visit.IsWhole);
        Assert.Equal(notice is null ? 0 : 1, _said.Count(text => notice is not null && text.Contains(notice, StringComparison.Ordinal)));
    }

    private SourceVisit NewVisit() => new(NoSourceNotes.Instance, TimeProvider.System, _said.Add);

    private FileSource Source(string files, FileRules? rules = null)
    {
        var mapping = SourceMapping.Parse("mapping.yaml", """
            source: desk
            format: {type: delimited}
            time_zone: UTC
            key: id
            fields: {case_number: id, subject: subject}
            """).Mapping!;
        return new FileSource(
            new SourceSettings("mapping.yaml", _folder.File(files), 1, 1) { Rules = rules ?? new FileRules { Settle = TimeSpan.Zero } },
            mapping,
            _folder.File("agent.yaml"),
            new byte[32],
            spills: null,
            StateVault.InClear(_folder.Path));
    }

    private async Task<(List<string> Ids, SourceVisit Visit)> ReadAsync(string files, FileRules? rules = null)
    {
        var visit = NewVisit();
        var ids = new List<string>();
        await foreach (var input in Source(files, rules).InputsAsync(visit, CancellationToken.None))
        {
            try
            {
                await using var reader = await input.OpenAsync(CancellationToken.None);
                while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
                {
                    if (outcome is RowOutcome.Mapped mapped)
                    {
                        ids.Add($"{input.Name}:{mapped.LocalId}");
                    }
                }
            }
            catch (SourceFormatException broken)
            {
                visit.Fail(broken.Faults);
            }
        }

        return (ids, visit);
    }

    private void Gzip(string name, string text)
    {
        using var stream = new GZipStream(File.Create(_folder.File(name)), CompressionLevel.Fastest);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    private void Zip(string name, params (string Entry, string Text)[] members)
    {
        using var archive = ZipFile.Open(_folder.File(name), ZipArchiveMode.Create);
        foreach (var (entry, text) in members)
        {
            using var stream = archive.CreateEntry(entry, CompressionLevel.Fastest).Open();
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
    }

    private void Change(string name, Func<byte[], byte[]> change) =>
        File.WriteAllBytes(_folder.File(name), change(File.ReadAllBytes(_folder.File(name))));
}
