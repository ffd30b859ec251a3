using CallTracking.Contracts;
using CallTracking.Hub.Ingest;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.Ingest;

/// <summary>What a region writes in words of its own is kept as a code or not at all.</summary>
public sealed class ShortCodeTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private const string Sentence = "Herr Quarkmeister (0151-2345678) rief an";

    [Theory]
    [InlineData("", "")]
    [InlineData("not-supported", "not-supported")]
    [InlineData("us-ca", "us-ca")]
    [InlineData("phase2", "phase2")]
    [InlineData("Refused", "other")]
    [InlineData("two words", "other")]
    [InlineData("49151234567", "other")]
    [InlineData("a@b", "other")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "other")]
    [InlineData("z\u0443", "other")]
    public void Of_WhatIsNoCode_BecomesOther(string given, string kept) => Assert.Equal(kept, ShortCode.Of(given));

    [Theory]
    [InlineData("", "")]
    [InlineData("1.2.0-rc.1+5f3a", "1.2.0-rc.1+5f3a")]
    [InlineData("1.0 beta", "other")]
    [InlineData("1.0/..", "other")]
    [InlineData("1.000000000000000000000000000000000", "other")]
    public void OfVersion_WhatIsNoVersion_BecomesOther(string given, string kept) => Assert.Equal(kept, ShortCode.OfVersion(given));

    [PostgresFact]
    public async Task Push_SentencesInsteadOfCodes_AreNeitherStoredNorLogged()
    {
        await using var hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await hub.PublishAsync();
        using var japan = await hub.EnrolAsync("JP");
        await hub.Services.GetRequiredService<TaskStore>().AddAsync(japan.Region, new RegionTask { SendAgain = new SendAgain { Everything = true } }, Make.Day, default);
        await using var push = await japan.PushAsync(new Hello { Region = "JP", PolicyVersion = 1, AgentVersion = Sentence });
        var task = (await push.ReceiveAsync(PushResponse.MessageOneofCase.Task)).Task;
        var report = new RunReport { RunId = Make.Id(77), QuarantineReasons = { new ReasonCount { Reason = Sentence, Count = 1 } } };
        report.EdgeRedactions.Add(new RedactionCount { DataClass = DataClass.Email, Action = RedactionAction.Drop, Jurisdiction = Sentence, Count = 3 });
        report.HeldReasons.Add(new ReasonCount { Reason = Sentence, Count = 1 });
        report.TablesHeldBack.Add(new TableHeldBack { Name = Sentence, Version = 2, UsedVersion = 1 });

        await push.SendAsync(new PushRequest { TaskResult = new TaskResult { TaskId = task.TaskId, Status = Contracts.TaskStatus.Refused, Reason = Sentence } });
        await push.SendAsync(new PushRequest { RunReport = report });
        await push.FinishAsync();

        Assert.Equal("other", await hub.QueryAsync<string>("select reason from region_task"));
        Assert.Equal("other", await hub.QueryAsync<string>("select agent_version from region"));
        Assert.Equal("other", await hub.QueryAsync<string>("select jurisdiction from redaction_count"));
        Assert.Equal(0, await hub.QueryAsync<long>("select count(*) from run_report where position('Quarkmeister'::bytea in report) > 0"));
        Assert.DoesNotContain("Quarkmeister", await hub.DumpAsync(), StringComparison.Ordinal);
        hub.Log.MustNotContain("Quarkmeister");
    }
}
