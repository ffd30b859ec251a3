using CallTracking.Contracts;
using CallTracking.Hub.Retention;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Privacy;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.Retention;

/// <summary>What retention removed does not come back with the next push, whatever policy says by then.</summary>
public sealed class DoorMemoryTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    [PostgresFact]
    public async Task Push_CasesThatRetentionRemoved_AreSuppressed()
    {
        await using var hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await hub.PublishAsync();
        using var japan = await hub.EnrolAsync("JP");
        var closedAt = TimeProvider.System.GetUtcNow().AddMonths(-2);
        Case[] cases = [Closed(1, "camera", closedAt), Closed(2, "toy", closedAt), Make.Case("JP", 3)];
        Assert.Equal([Outcome.New, Outcome.New, Outcome.New], await PushAsync(japan, cases, 1));

        await hub.PublishAsync(("jp.yaml", Shortened()));
        var runs = hub.Services.GetRequiredService<RetentionRuns>();
        var preview = await runs.PreviewAsync(TimeProvider.System.GetUtcNow(), default);
        var run = await runs.ConfirmAsync(preview.RunId, default);
        Assert.Equal(["anonymize=1", "delete=1"], run.Result.Select(line => $"{line.Action}={line.Count}").Order(StringComparer.Ordinal));
        Assert.Empty(RetentionLine.Difference(preview.Preview, run.Result));

        // The long period is back: only the memory of the removal can keep the two out. The third is shaped anew.
        await hub.PublishAsync();
        Assert.Equal([Outcome.Suppressed, Outcome.Suppressed, Outcome.Changed], await PushAsync(japan, cases, 10));
        Assert.Equal(2, await hub.QueryAsync<long>("select count(*) from cases"));
        Assert.Equal(1, await hub.QueryAsync<long>("select count(*) from cases where anonymized_at is not null and subject = '' and description = ''"));
    }

    private static Case Closed(int number, string category, DateTimeOffset at)
    {
        var @case = Make.Case("JP", number);
        @case.Status = CaseStatus.Closed;
        @case.Closed = Make.Time(at);
        @case.Product.Category = category;
        return @case;
    }

    private static string Shortened() => PolicySet.BuiltInPacks.Single(pack => pack.Name == "jp.yaml").Yaml
        .Replace("period: P5Y", "period: P1M", StringComparison.Ordinal)
        .Replace("retention:\n", "retention:\n  - {products: [toy], clock: closed, period: P1M, action: anonymize, basis: toys}\n", StringComparison.Ordinal);

    private static async Task<IEnumerable<Outcome>> PushAsync(RegionClient region, Case[] cases, ulong sequence)
    {
        await using var push = await region.PushAsync();
        var records = cases.Select((@case, index) => Make.Record(@case.Clone(), sequence + (ulong)index));
        return [.. Make.Outcomes(await push.PushAsync(Make.Batch(push, [.. records])))];
    }
}
