using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CallTracking.Hub.Telemetry;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CallTracking.Hub.Tests.Telemetry;

/// <summary>
/// Metrics of a running hub, taken by a real listener. They run alone: the library knows a counter by its name, and a hub
/// that ends in the same process takes the counter of the one that runs with it. In its own process there is one hub.
/// </summary>
[Collection(nameof(OneHub))]
public sealed class OtlpExportTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-otlp").FullName;

    [PostgresFact]
    public async Task Hub_WithACollector_SendsItsRecordsByRegionWithTheTokenAndNoCase()
    {
        await using var collector = await Collector.StartAsync();
        await using var hub = await StartAsync(collector, "# of the collector\nauthorization: Bearer a,b=c\n");
        await hub.PublishAsync();
        using var japan = await hub.EnrolAsync("JP");
        await using (var push = await japan.PushAsync())
        {
            await push.PushAsync(Make.Batch(push, Make.Record(Make.Case("JP", 1), 1), Make.Record(Make.Case("JP", 2), 2)));
            await push.FinishAsync();
        }

        await Eventually.TrueAsync(() => collector.Texts.Any(text => text.Contains("calltracking.hub.records", StringComparison.Ordinal)));

        var told = collector.Texts.First(text => text.Contains("calltracking.hub.records", StringComparison.Ordinal));
        Assert.Contains("calltracking-hub", told, StringComparison.Ordinal);
        Assert.Matches("(?s)region.{1,8}JP", told);
        Assert.Matches("(?s)outcome.{1,8}new", told);
        Assert.Equal("/v1/metrics application/x-protobuf Bearer a,b=c", collector.Doors.Distinct().Single());
    }

    [PostgresFact]
    public async Task Hub_CollectorThatRefuses_IsToldOnceAndOnceWhenItTakesAgain()
    {
        await using var collector = await Collector.StartAsync();
        collector.Answer = StatusCodes.Status401Unauthorized;
        await using var hub = await StartAsync(collector, "authorization: hidden-token\n");

        await Eventually.TrueAsync(() => collector.Doors.Count >= 3);
        collector.Answer = StatusCodes.Status200OK;
        await Eventually.TrueAsync(() => hub.Log.Events.Any(line => line.Id.Id == 3002));

        Assert.Contains("HTTP 401", Assert.Single(hub.Log.Events, line => line.Id.Id == 3001).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(hub.Log.Events, line => line.ToString().Contains("hidden-token", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_LinesOfHeaders_LeavesOutWordsForPeople() =>
        Assert.Equal([new("a", "1"), new("b-c", "2, 3 = 4")], OtlpHeaders.Read(Write("# only words\n\na: 1\n b-c: 2, 3 = 4 ")));

    [Theory]
    [InlineData("a: 1\nhidden-token")]
    [InlineData("a: 1\nhidden token: x")]
    [InlineData("a: 1\nhidden-token:  ")]
    public void Read_LineThatIsNoHeader_IsToldByItsNumberAlone(string text)
    {
        var refused = Assert.Throws<HubException>(() => OtlpHeaders.Read(Write(text)));

        Assert.Contains("line 2 is no header", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<TestHub> StartAsync(Collector collector, string headers)
    {
        var otlp = new OtlpOptions(new Uri(collector.Address, "v1/metrics"), Write(headers), TimeSpan.FromSeconds(0.3));
        return await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString, change: options => options with { Telemetry = new TelemetryOptions { Otlp = otlp } });
    }

    private string Write(string text)
    {
        var file = Path.Combine(_folder, "headers");
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Takes what comes, as a collector's HTTP door does.</summary>
    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        public int Answer { get; set; } = StatusCodes.Status200OK;

        public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        /// <summary>Path, kind and token of each call.</summary>
        public ConcurrentQueue<string> Doors { get; } = new();

        /// <summary>Each call's bytes as text: names and words stand in them as they are.</summary>
        public ConcurrentQueue<string> Texts { get; } = new();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            var app = builder.Build();
            var collector = new Collector(app);
            app.Run(collector.TakeAsync);
            await app.StartAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task TakeAsync(HttpContext call)
        {
            using var body = new MemoryStream();
            await call.Request.Body.CopyToAsync(body);
            Texts.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
            Doors.Enqueue($"{call.Request.Path} {call.Request.ContentType} {call.Request.Headers.Authorization}");
            call.Response.StatusCode = Answer;
        }
    }
}

[CollectionDefinition(nameof(OneHub), DisableParallelization = true)]
public sealed class OneHub;
