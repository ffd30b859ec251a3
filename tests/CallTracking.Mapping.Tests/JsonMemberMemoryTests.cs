using System.IO.Compression;
using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Measures the whole process: it runs while no other test does.</summary>
[Collection(nameof(Alone))]
public sealed class JsonMemberMemoryTests
{
    /// <summary>A file of any size, packed or not, in the memory of a record.</summary>
    [Fact]
    public async Task ReadAsync_ManyMembersPacked_TakesTheMemoryOfARecord()
    {
        const int Records = 60_000;
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        await using (var text = new StreamWriter(zip, new UTF8Encoding(false)))
        {
            await text.WriteAsync("{\"tickets\":{");
            for (var record = 0; record < Records; record++)
            {
                await text.WriteAsync($"{(record == 0 ? string.Empty : ",")}\"{record}\":{{\"s\":\"{new string('x', 1000)}\"}}");
            }

            await text.WriteAsync("}}");
        }

        packed.Position = 0;
        var yaml = Reading.Csv("subject: s", format: "{type: json, records: tickets.*}").Replace("key: id", "key: \"#name\"", StringComparison.Ordinal);
        await using var reader = Reading.Mapping(yaml).OpenReader(new GZipStream(packed, CompressionMode.Decompress), "cases.json.gz");
        var (cases, most, before) = (0, 0L, GC.GetTotalMemory(forceFullCollection: true));
        while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
        {
            Assert.IsType<RowOutcome.Mapped>(outcome);
            most = ++cases % 10_000 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before) : most;
        }

        Assert.Equal(Records, cases);
        Assert.InRange(most, 0, 8_000_000);
    }
}

/// <summary>Tests that measure the process run while no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
