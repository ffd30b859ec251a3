using System.IO.Compression;
using System.Net;
using CallTracking.Rpc.Tests.Echo;

namespace CallTracking.Rpc.Tests;

/// <summary>Tests that measure the whole process run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "measured alone";
}

/// <summary>What hostile peers can make the server hold.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class MemoryTests
{
    [Fact]
    public async Task Server_SmallMessageThatInflatesBeyondTheLimit_StopsAtTheLimit()
    {
        await using var host = await EchoHost.StartAsync(options: rpc => rpc.MaxReceiveMessageBytes = 1_000_000);
        using var raw = new RawCalls(host.Address);
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var i = 0; i < 200; i++)
            {
                gzip.Write(new byte[1_000_000]);
            }
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var answer = await raw.PostAsync(RawCalls.Frame(1, bomb.ToArray()), headers: ("grpc-encoding", "gzip"));
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal((int)RpcStatusCode.ResourceExhausted, answer.Status);
        Assert.True(allocated < 20_000_000, $"{allocated} bytes were allocated for a message that inflates to 200 MB");
    }

    [Fact]
    public async Task Server_TenThousandRandomBodies_EachHasAStatusAndMemoryIsBounded()
    {
        await using var host = await EchoHost.StartAsync();
        using var raw = new RawCalls(host.Address);
        var random = new Random(20_261_122);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var round = 0; round < 100; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => raw.PostAsync(RandomBody(random), headers: ("grpc-encoding", "gzip"))));
            Assert.All(answers, answer => Assert.True(answer is { Http: HttpStatusCode.OK, Status: >= 0 and <= 16 }, $"{answer.Http} {answer.Status}"));
        }

        host.Log.MustNotContain("Unhandled exception");
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 50_000_000, $"memory grew by {grown} bytes");
    }

    private static byte[] RandomBody(Random random)
    {
        var bytes = new byte[random.Next(0, 40)];
        random.NextBytes(bytes);

        // Half of them with a header that is nearly right, so that the parser and the inflater are reached too.
        return random.Next(2) == 0 ? bytes : RawCalls.Frame((byte)random.Next(2), (uint)Math.Max(0, bytes.Length + random.Next(-1, 2)), bytes);
    }
}
