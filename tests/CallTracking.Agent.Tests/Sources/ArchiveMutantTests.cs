using System.IO.Compression;
using System.Text;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Sources.Files;
using CallTracking.Mapping;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>Compressed files with bytes turned, cut out, doubled and put in: all that was in them comes out, or a fault does.</summary>
public sealed class ArchiveMutantTests : IDisposable
{
    private static readonly int Mutants = TestTier.IsLong ? 2_500 : 250;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly byte[] Content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(row => $"{row},It hums {row * 7919 % 1000},本\r\n")));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gz")]
    [InlineData("zip")]
    public async Task Read_OfMutants_GivesAllOrAFault(string ending)
    {
        var (sound, file) = (ending == "gz" ? Gzip() : Zip(), _folder.File($"a.{ending}"));
        await File.WriteAllBytesAsync(file, sound);
        var expected = await ReadAsync(file);
        var (whole, faults) = (0, 0);
        for (var mutant = 0; mutant < Mutants; mutant++)
        {
            await File.WriteAllBytesAsync(file, Mutant(sound, new Random(mutant)));
            try
            {
                var read = await ReadAsync(file).WaitAsync(Longest);
                Assert.True(expected.SequenceEqual(read), $"Mutant {mutant} gave other bytes and no fault.");
                whole++;
            }
            catch (SourceFormatException refused)
            {
                Assert.NotEmpty(refused.Fault.Cure);
                faults++;
            }
        }

        Assert.True(whole > 0 && faults > Mutants / 2, $"{whole} whole, {faults} faults");
    }

    // By what they hold: a name may be another, and with it the order.
    private static async Task<List<string>> ReadAsync(string file)
    {
        var rules = new FileRules();
        var expansion = new Expansion(rules, new FileInfo(file).Length);
        var all = new List<string>();
        foreach (var entry in FileContent.IsZip(file) ? FileContent.Entries(file, "a", rules) : [null!])
        {
            await using var stream = await FileContent.OpenAsync(file, entry, "a", expansion, needsSeeking: false, CancellationToken.None);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content);
            all.Add(Convert.ToHexString(content.ToArray()));
        }

        return [.. all.Order(StringComparer.Ordinal)];
    }

    private static byte[] Gzip()
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Content);
        }

        return file.ToArray();
    }

    private static byte[] Zip()
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var part = 0; part < 3; part++)
            {
                using var entry = archive.CreateEntry($"{part}.csv", part == 1 ? CompressionLevel.NoCompression : CompressionLevel.Optimal).Open();
                entry.Write(Content.AsSpan()[(Content.Length * part / 3)..(Content.Length * (part + 1) / 3)]);
            }
        }

        return file.ToArray();
    }

    private static byte[] Mutant(byte[] sound, Random random)
    {
        var content = sound.ToList();
        for (var left = random.Next(0, 4); left > 0; left--)
        {
            // Heads, tails and directories are small, and say the most.
            var at = random.Next(3) switch { 0 => random.Next(Math.Min(60, content.Count)), 1 => content.Count - 1 - random.Next(Math.Min(200, content.Count)), _ => random.Next(content.Count) };
            var length = Math.Min(random.Next(1, 40), content.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    content.RemoveRange(at, length);
                    break;
                case 1:
                    content.InsertRange(at, content.GetRange(at, length));
                    break;
                case 2 when random.Next(4) == 0:
                    content.RemoveRange(at, content.Count - at);
                    break;
                default:
                    content[at] ^= (byte)(1 << random.Next(8));
                    break;
            }

            if (content.Count == 0)
            {
                break;
            }
        }

        return [.. content];
    }
}
