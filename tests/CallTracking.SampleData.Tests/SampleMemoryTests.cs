namespace CallTracking.SampleData.Tests;

/// <summary>Tests that measure the process's memory: other tests would be measured with them.</summary>
[CollectionDefinition(nameof(MemoryAlone), DisableParallelization = true)]
public sealed class MemoryAlone;

/// <summary>A million cases take no more memory than a thousand: nothing is held of what was written.</summary>
[Collection(nameof(MemoryAlone))]
public sealed class SampleMemoryTests
{
    [Fact]
    public async Task WriteAsync_ManyCases_MemoryStaysFlat()
    {
        await SampleWriter.WriteAsync(SampleRegion.Br, SampleKit.Options(200), Stream.Null, truth: null, CancellationToken.None);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        foreach (var region in SampleKit.FileRegions)
        {
            using var watched = new WatchedStream(() => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before));
            await SampleWriter.WriteAsync(region, SampleKit.Options(4_000), watched, truth: null, CancellationToken.None);
            Assert.True(most < 4_000_000, $"{region}: {most:N0} bytes held while {watched.Written:N0} were written.");
        }
    }

    /// <summary>Takes nothing, and looks at the memory now and then.</summary>
    private sealed class WatchedStream(Action look) : MemoryStream
    {
        public long Written { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written += buffer.Length;
            look();
            return ValueTask.CompletedTask;
        }
    }
}
