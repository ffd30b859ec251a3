using CallTracking.Contracts;
using CallTracking.Hub.Ingest;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Rpc;
using CallTracking.Testing;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.Ingest;

/// <summary>An enrolled region that sends what no agent would: the hub refuses or bears it, and fails for nobody.</summary>
public sealed class HostileRegionTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private TestHub _hub = null!;
    private RegionClient _japan = null!;

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await _hub.PublishAsync();
        _japan = await _hub.EnrolAsync("JP");
    }

    public async Task DisposeAsync()
    {
        _japan.Dispose();
        await _hub.DisposeAsync();
    }

    [PostgresFact]
    public async Task Hello_EpochAtTheEndOfNumbers_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => _japan.PushAsync(new Hello { Region = "JP", PolicyVersion = 1, Epoch = ulong.MaxValue }));
        await using var push = await _japan.PushAsync();

        Assert.Equal(RpcStatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal(1UL, push.Epoch);
    }

    [PostgresFact]
    public async Task RunReport_OfTheYear9999_DoesNotHideTheNextOne()
    {
        await using var push = await _japan.PushAsync();
        await CloseAsync(push, new RunReport { RunId = Make.Id(1), FinishedAt = new Timestamp { Seconds = 253_402_300_799 } });
        await CloseAsync(push, new RunReport { RunId = Make.Id(2), FinishedAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) });

        var last = await _hub.Services.GetRequiredService<RunStore>().FindLastAsync(_japan.Region, default);

        Assert.Equal(Make.Id(2), last!.RunId);
    }

    [PostgresFact]
    public async Task RunReport_CodesThatDoNotExist_AreKeptAsUnspecified()
    {
        await using var push = await _japan.PushAsync();
        var report = new RunReport { RunId = Make.Id(1) };
        report.EdgeRedactions.Add(new RedactionCount { DataClass = (DataClass)65_537, Action = (RedactionAction)99, Jurisdiction = "jp", Count = 1 });

        await CloseAsync(push, report);

        Assert.Equal("0 0", await _hub.QueryAsync<string>("select data_class || ' ' || action from redaction_count"));
    }

    [PostgresFact]
    public async Task TaskResult_StatusThatDoesNotExist_IsNotTakenForDone()
    {
        await _hub.Services.GetRequiredService<TaskStore>().AddAsync(_japan.Region, new RegionTask { SendAgain = new SendAgain { Everything = true } }, Make.Day, default);
        await using var push = await _japan.PushAsync();
        var task = (await push.ReceiveAsync(PushResponse.MessageOneofCase.Task)).Task;
        await push.SendAsync(new PushRequest { TaskResult = new TaskResult { TaskId = task.TaskId, Status = (Contracts.TaskStatus)65_537 } });
        await push.FinishAsync();

        Assert.Equal(0, await _hub.QueryAsync<short>("select status from region_task"));
    }

    [PostgresFact]
    public async Task Case_NumbersThatAreNone_BreakNoListOfOthers()
    {
        await using var push = await _japan.PushAsync();
        var odd = Make.Case("JP", 1);
        odd.Satisfaction = new Satisfaction { CsatScore = double.NaN, Csat = double.PositiveInfinity, Ces = double.NegativeInfinity };
        odd.Opened = new CaseTime { At = new Timestamp { Seconds = 253_402_300_799, Nanos = 999_999_999 } };
        odd.Updated = new CaseTime { At = new Timestamp { Seconds = -62_135_596_799 } };
        await push.PushAsync(Make.Batch(push, Make.Record(odd, 1), Make.Record(Make.Case("JP", 2), 2)));
        using var web = new HttpClient { BaseAddress = _hub.Host.WebAddress };

        foreach (var path in (string[])["/", "/api/v1/cases", "/api/v1/cases?format=csv&all=true", "/api/v1/cases?format=jsonl&all=true", "/api/v1/cases?limit=1", "/api/v1/regions",
            "/api/v1/counts?by=month", "/api/v1/backlog?from=2026-11-01&until=2026-11-02"])
        {
            using var response = await web.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            if (path.StartsWith("/api/v1/cases", StringComparison.Ordinal) && !path.Contains("csv", StringComparison.Ordinal))
            {
                foreach (var line in (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    using var _ = System.Text.Json.JsonDocument.Parse(line);
                }
            }
        }
    }

    private static async Task CloseAsync(PushClient push, RunReport report)
    {
        await push.SendAsync(new PushRequest { RunReport = report });
        await push.ReceiveAsync(PushResponse.MessageOneofCase.RunReportAck);
    }
}
