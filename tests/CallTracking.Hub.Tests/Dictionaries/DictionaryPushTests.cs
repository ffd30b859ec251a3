using CallTracking.Contracts;
using CallTracking.Hub.Dictionaries;
using CallTracking.Hub.Ingest;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Privacy;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.Dictionaries;

/// <summary>Code tables that headquarters pushes to regions.</summary>
public sealed class DictionaryPushTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private TestHub _hub = null!;

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await _hub.PublishAsync();
    }

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [PostgresFact]
    public async Task Announce_OfATable_ReachesTheRegionSignedAndUntilItIsAnswered()
    {
        using var germany = await _hub.EnrolAsync("DE");
        using var japan = await _hub.EnrolAsync("JP");
        await PublishAsync("A");
        await AnnounceAsync(await PublishAsync("B"), germany.Region);

        SignedDictionary announced;
        await using (var first = await germany.PushAsync())
        {
            announced = (await first.ReceiveAsync(PushResponse.MessageOneofCase.Task)).Task.Dictionary;
        }

        await using (var second = await germany.PushAsync())
        {
            var task = (await second.ReceiveAsync(PushResponse.MessageOneofCase.Task)).Task;
            await second.SendAsync(new PushRequest { TaskResult = new TaskResult { TaskId = task.TaskId, Status = Contracts.TaskStatus.Done, Count = 1 } });
            await second.FinishAsync();
        }

        var named = DictionaryVerifier.Open(announced, germany.Enrolment.PolicySigningKeySpki.Span)!;
        Assert.Equal(("symptoms", 2U, 1U, 0U, 0), (named.Name, named.Version, named.Pages, named.Page, named.Entries.Count));
        var tasks = _hub.Services.GetRequiredService<TaskStore>();
        Assert.Empty(await tasks.FindOpenAsync(germany.Region, default));
        Assert.Empty(await tasks.FindOpenAsync(japan.Region, default));
        Assert.Equal(1, await _hub.QueryAsync<long>("select count from region_task where finished_at is not null"));
    }

    private Task AnnounceAsync(DictionaryVersionRow row, params RegionCode[] regions) =>
        _hub.Services.GetRequiredService<DictionaryPush>().AnnounceAsync(row, regions, default);

    private async Task<DictionaryVersionRow> PublishAsync(string code) => (await _hub.Services.GetRequiredService<DictionaryStore>()
        .PublishAsync("symptoms", [new DictionaryEntry { Code = code }], "tester", "a test", Make.Day, default)).Row;
}
