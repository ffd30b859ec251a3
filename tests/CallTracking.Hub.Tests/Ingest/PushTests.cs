using CallTracking.Contracts;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Rpc;
using CallTracking.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Xunit;

namespace CallTracking.Hub.Tests.Ingest;

/// <summary>The way of a case through the hub, over the wire, on a real database.</summary>
public sealed class PushTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private const string Backlog = "select coalesce(sum(backlog_delta), 0)::bigint from case_events";
    private TestHub _hub = null!;
    private RegionClient _japan = null!;
    private PushClient _push = null!;

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await _hub.PublishAsync();
        _japan = await _hub.EnrolAsync("JP");
        _push = await _japan.PushAsync();
    }

    public async Task DisposeAsync()
    {
        await _push.DisposeAsync();
        _japan.Dispose();
        await _hub.DisposeAsync();
    }

    [PostgresFact]
    public async Task Push_NewCases_AreStoredWithTheirHistory()
    {
        var ack = await PushAsync(Make.Record(Make.Case("JP", 1), 1), Make.Record(Make.Case("JP", 2), 2));

        Assert.Equal([Outcome.New, Outcome.New], Make.Outcomes(ack));
        Assert.True(ack.CreditBytes > 0);
        Assert.Equal(2, await _hub.QueryAsync<long>("select count(*) from cases where region = 'JP' and product_category = 'camera'"));
        Assert.Equal(2, await _hub.QueryAsync<long>(Backlog));
        Assert.Equal(2, await _hub.QueryAsync<long>("select last_sequence from region"));
    }

    [PostgresFact]
    public async Task Push_ChangedCase_OverwritesAndTellsWhatChanged()
    {
        await PushAsync(Make.Record(Make.Case("JP", 1), 1));
        var closed = Make.Case("JP", 1);
        closed.Status = CaseStatus.Closed;
        closed.Closed = Make.Time(Make.Day.AddDays(2));
        closed.Updated = closed.Closed;

        var ack = await PushAsync(Make.Record(closed, 2, version: 2));

        Assert.Equal([Outcome.Changed], Make.Outcomes(ack));
        Assert.Equal((short)CaseStatus.Closed, await _hub.QueryAsync<short>("select status from cases"));
        Assert.Equal(["status", "updated_at", "closed_at"], await _hub.QueryAsync<string[]>("select changed from case_events where sequence = 2"));
        Assert.Equal(0, await _hub.QueryAsync<long>(Backlog));
        Assert.Equal(1, await _hub.QueryAsync<long>(Backlog + " where at < '2026-11-03 09:00Z'"));
    }

    [PostgresFact]
    public async Task Push_SameVersionUnderANewSequence_IsUnchangedAndWritesNothing()
    {
        await PushAsync(Make.Record(Make.Case("JP", 1), 1));
        var ack = await PushAsync(Make.Record(Make.Case("JP", 1), 2));

        Assert.Equal([Outcome.Unchanged], Make.Outcomes(ack));
        Assert.Equal(1, await _hub.QueryAsync<long>("select count(*) from case_events"));
        Assert.Equal(1, await _hub.QueryAsync<long>("select sequence from cases"));
    }

    [PostgresFact]
    public async Task Push_LateOldFile_IsSuperseded()
    {
        await PushAsync(Make.Record(Make.Case("JP", 1), 1));
        var old = Make.Case("JP", 1);
        old.Status = CaseStatus.New;
        old.Updated = Make.Time(Make.Day.AddMinutes(1));

        var ack = await PushAsync(Make.Record(old, 2, version: 2));

        Assert.Equal([Outcome.Superseded], Make.Outcomes(ack));
        Assert.Equal((short)CaseStatus.Open, await _hub.QueryAsync<short>("select status from cases"));
    }

    [PostgresFact]
    public async Task Push_TwoVersionsOfACaseInABatch_TheLaterWins()
    {
        var later = Make.Case("JP", 1);
        later.Status = CaseStatus.OnHold;

        var ack = await PushAsync(Make.Record(Make.Case("JP", 1), 1), Make.Record(later, 2, version: 2));

        Assert.Equal([Outcome.Superseded, Outcome.New], Make.Outcomes(ack));
        Assert.Equal((short)CaseStatus.OnHold, await _hub.QueryAsync<short>("select status from cases"));
    }

    [PostgresFact]
    public async Task Push_TombstoneThenReturn_CaseGoesAndComesBackAndBacklogFollows()
    {
        await PushAsync(Make.Record(Make.Case("JP", 1), 1));

        Assert.Equal([Outcome.Gone], Make.Outcomes(await PushAsync(Make.Gone(1, 2, Make.Day.AddDays(1)))));
        Assert.Equal(0, await _hub.QueryAsync<long>("select count(*) from cases"));
        Assert.Equal(0, await _hub.QueryAsync<long>(Backlog));

        var back = Make.Case("JP", 1);
        back.Updated = Make.Time(Make.Day.AddDays(3));
        Assert.Equal([Outcome.New], Make.Outcomes(await PushAsync(Make.Record(back, 3, version: 2))));
        Assert.Equal(1, await _hub.QueryAsync<long>("select count(*) from cases"));
        Assert.Equal(0, await _hub.QueryAsync<long>("select count(*) from removed_case"));
        Assert.Equal(1, await _hub.QueryAsync<long>(Backlog));
        Assert.Equal(0, await _hub.QueryAsync<long>(Backlog + " where at < '2026-11-03'"));
    }

    [PostgresFact]
    public async Task Push_TombstoneOfACaseThatNeverCame_KeepsOlderVersionsOut()
    {
        Assert.Equal([Outcome.Gone], Make.Outcomes(await PushAsync(Make.Gone(1, 1, Make.Day))));
        Assert.Equal([Outcome.Gone], Make.Outcomes(await PushAsync(Make.Gone(1, 2, Make.Day))));

        Assert.Equal(2, await _hub.QueryAsync<long>("select sequence from removed_case where reason = 'gone'"));
        Assert.Equal(0, await _hub.QueryAsync<long>("select count(*) from case_events"));
    }

    [PostgresTheory]
    [InlineData("expired")]
    [InlineData("erased")]
    public async Task Push_RemovedByLaw_StaysOut(string reason)
    {
        await _hub.ExecuteAsync($"insert into removed_case values ('{Make.Uuid(1)}', 'JP', now(), '{reason}', 1, 1)");

        var ack = await PushAsync(Make.Record(Make.Case("JP", 1), 5));

        Assert.Equal([Outcome.Suppressed], Make.Outcomes(ack));
        Assert.Equal(reason, Assert.Single(ack.Exceptions).Reason);
        Assert.Equal(0, await _hub.QueryAsync<long>("select count(*) from cases"));
        Assert.Equal([Outcome.Gone], Make.Outcomes(await PushAsync(Make.Gone(1, 6, Make.Day))));
        Assert.Equal(reason, await _hub.QueryAsync<string>("select reason from removed_case"));
    }

    [PostgresFact]
    public async Task Push_AnonymizedCase_IsNotFilledAgain()
    {
        await PushAsync(Make.Record(Make.Case("JP", 1), 1));
        await _hub.ExecuteAsync("update cases set anonymized_at = now(), subject = ''");

        var ack = await PushAsync(Make.Record(Make.Case("JP", 1), 2, version: 2));

        Assert.Equal([Outcome.Suppressed], Make.Outcomes(ack));
        Assert.Equal("", await _hub.QueryAsync<string>("select subject from cases"));

        // Nor after its source dropped it and has it again.
        Assert.Equal([Outcome.Gone], Make.Outcomes(await PushAsync(Make.Gone(1, 3, Make.Day))));
        Assert.Equal([Outcome.Suppressed], Make.Outcomes(await PushAsync(Make.Record(Make.Case("JP", 1), 4, version: 3))));
    }

    [PostgresFact]
    public async Task Push_CaseOfAnotherRegion_IsRejectedAndUntouched()
    {
        await PushAsync(Make.Record(Make.Case("JP", 1), 1));
        using var germany = await _hub.EnrolAsync("DE");
        await using var push = await germany.PushAsync();
        var stolen = Make.Case("DE", 1);

        var ack = await push.PushAsync(Make.Batch(push, Make.Record(stolen, 1, version: 9), Make.Record(Make.Case("JP", 7), 2), Make.Gone(1, 3, Make.Day)));

        Assert.Equal([Outcome.Superseded, Outcome.Rejected, Outcome.Rejected], Make.Outcomes(ack));
        Assert.Equal(["wrong-region", "foreign-case"], ack.Exceptions.Select(exception => exception.Reason));
        Assert.Equal("JP", await _hub.QueryAsync<string>("select region from cases"));
    }

    [PostgresFact]
    public async Task Push_BadCasesInABatch_AreRejectedAloneWithReasonAndField()
    {
        var nul = Make.Case("JP", 2);
        nul.Messages.Add(new Message { Body = new PersonalText { Clear = "a\0b" } });
        var longCode = Make.Case("JP", 3);
        longCode.Brand = new string('x', 5000);
        var strangeCode = Make.Case("JP", 4);
        strangeCode.Status = (CaseStatus)99;
        var badTime = Make.Case("JP", 5);
        badTime.Opened = new CaseTime { At = new Timestamp { Seconds = long.MaxValue } };
        var otherUid = Make.Record(Make.Case("JP", 6), 6);
        otherUid.CaseUid = Make.Id(60);
        var shortUid = Make.Record(Make.Case("JP", 7), 7);
        shortUid.CaseUid = ByteString.CopyFrom(1, 2, 3);

        var ack = await PushAsync(
            Make.Record(Make.Case("JP", 1), 1), Make.Record(nul, 2), Make.Record(longCode, 3), Make.Record(strangeCode, 4), Make.Record(badTime, 5), otherUid, shortUid,
            new CaseRecord { Sequence = 8, CaseUid = Make.Id(8), ChangeHash = Make.Id(8) }, Make.Record(Make.Case("JP", 9), 9));

        Assert.Equal(
            [Outcome.New, .. Enumerable.Repeat(Outcome.Rejected, 7), Outcome.New], Make.Outcomes(ack));
        Assert.Equal(
            ["nul-character case.messages[0].body.clear", "too-long brand", "unknown-code status", "bad-time case.opened.at", "uid-differs case_uid", "bad-length case_uid", "missing body"],
            ack.Exceptions.Select(exception => $"{exception.Reason} {exception.Field}"));
        Assert.Equal(2, await _hub.QueryAsync<long>("select count(*) from cases"));
    }

    [PostgresFact]
    public async Task Push_FieldsThatTheContractDoesNotKnow_AreNotStored()
    {
        var record = Make.Record(Make.Case("JP", 1), 1);
        var stray = new byte[] { 0xFA, 0x3F, 0x06, (byte)'s', (byte)'e', (byte)'c', (byte)'r', (byte)'e', (byte)'t' };
        record.Case = Case.Parser.ParseFrom([.. record.Case.ToByteArray(), .. stray]);

        await PushAsync(record);

        Assert.Equal(0, await _hub.QueryAsync<int>("select position('secret'::bytea in record) from cases"));
        Assert.Contains(_hub.Log.Events, entry => entry.Text.Contains("9 bytes of fields that the contract does not know", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task Push_SameBatchThreeTimes_LeavesTheDatabaseEqualAndAnswersTheSame()
    {
        var batch = Make.Batch(_push, Make.Record(Make.Case("JP", 1), 1), Make.Gone(2, 2, Make.Day));
        var first = await _push.PushAsync(batch);
        var before = await DumpAsync();

        var second = await _push.PushAsync(batch);
        await using var again = await _japan.PushAsync(_push.Welcome, lastSequence: 2);
        var third = await again.PushAsync(batch);

        Assert.Equal(before, await DumpAsync());
        Assert.All([second, third], ack => Assert.True(ack.RepeatedBatch));
        Assert.False(first.RepeatedBatch);
        Assert.All([second, third], ack => Assert.Equal(first.Runs, ack.Runs));
        Assert.All([second, third], ack => Assert.Equal(first.CreditBytes, ack.CreditBytes));
    }

    [PostgresFact]
    public async Task Push_BatchThatBreaksTheContract_EndsThePushAndStoresNothing()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => PushAsync(Make.Record(Make.Case("JP", 1), 2), Make.Record(Make.Case("JP", 2), 1)));

        Assert.Equal(RpcStatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal("invalid-batch", refused.Reason);
        Assert.Equal(0, await _hub.QueryAsync<long>("select count(*) from cases"));
    }

    [PostgresFact]
    public async Task Push_ManyBatchesWithoutWaiting_AreAnsweredInOrder()
    {
        var batches = Enumerable.Range(0, 12)
            .Select(batch => Make.Batch(_push, [.. Enumerable.Range(1, 100).Select(i => Make.Record(Make.Case("JP", (batch * 100) + i), (ulong)((batch * 100) + i)))]))
            .ToList();
        foreach (var batch in batches)
        {
            await _push.SendAsync(new PushRequest { Batch = batch });
        }

        foreach (var batch in batches)
        {
            Assert.Equal(batch.BatchId, (await _push.ReceiveAsync(PushResponse.MessageOneofCase.Ack)).Ack.BatchId);
        }

        await _push.FinishAsync();
        Assert.Equal(1200, await _hub.QueryAsync<long>("select count(*) from cases"));
    }

    [PostgresFact]
    public async Task RunReport_ThatFits_AgreesWithTheHubsReceiptsAndIsKept()
    {
        await PushAsync(Make.Record(Make.Case("JP", 1), 1), Make.Record(Make.Case("JP", 2), 2));
        var report = new RunReport { RunId = Make.Id(77), Rows = 5, Cases = 4, Blank = 1, New = 2, Unchanged = 2, SentCases = 2, FinishedAt = Timestamp.FromDateTimeOffset(Make.Day) };
        report.EdgeRedactions.Add(new RedactionCount { DataClass = DataClass.Email, Action = RedactionAction.Drop, Jurisdiction = "jp", Count = 3 });

        await _push.SendAsync(new PushRequest { RunReport = report });
        var ack = (await _push.ReceiveAsync(PushResponse.MessageOneofCase.RunReportAck)).RunReportAck;
        await _push.SendAsync(new PushRequest { RunReport = report });
        await _push.ReceiveAsync(PushResponse.MessageOneofCase.RunReportAck);

        Assert.True(ack.Agrees);
        Assert.Equal((2UL, 2UL, 2UL), (ack.Received, ack.New, ack.StoredCases));
        Assert.True(await _hub.QueryAsync<bool>("select closes and agrees from run_report"));
        Assert.Equal(3, await _hub.QueryAsync<long>("select count from redaction_count where place = 1"));
    }

    [PostgresFact]
    public async Task RunReport_ThatDiffers_IsToldAndKeptAsDiffering()
    {
        await PushAsync(Make.Record(Make.Case("JP", 1), 1));

        await _push.SendAsync(new PushRequest { RunReport = new RunReport { RunId = Make.Id(77), Rows = 2, Cases = 2, New = 2, SentCases = 2 } });

        Assert.False((await _push.ReceiveAsync(PushResponse.MessageOneofCase.RunReportAck)).RunReportAck.Agrees);
        Assert.True(await _hub.QueryAsync<bool>("select closes and not agrees from run_report"));
    }

    [PostgresFact]
    public async Task Push_SourceTimeThatHasNotCome_ProvesNothing()
    {
        var now = TimeProvider.System.GetUtcNow();
        await PushAsync(Version(1, now.AddYears(70)));
        var later = await PushAsync(Version(2, now.AddHours(-1)));
        var again = await PushAsync(Version(3, now.AddDays(2)));
        var soon = await PushAsync(Version(4, now.AddHours(23)));
        var old = await PushAsync(Version(5, now));

        Assert.All([later, again, soon], ack => Assert.Equal([Outcome.Changed], Make.Outcomes(ack)));
        Assert.Equal([Outcome.Superseded], Make.Outcomes(old));

        static CaseRecord Version(int number, DateTimeOffset sourceTime)
        {
            var record = Make.Record(Make.Case("JP", 1), (ulong)number, number);
            record.SourceUpdatedAt = Timestamp.FromDateTimeOffset(sourceTime);
            return record;
        }
    }

    [PostgresFact]
    public async Task Push_OverASourceTimeStoredBeforeThatHasNotCome_IsStored()
    {
        await PushAsync(Make.Record(Make.Case("JP", 1), 1));
        await _hub.ExecuteAsync("update cases set source_updated_at = timestamptz '2099-01-01'");

        Assert.Equal([Outcome.Changed], Make.Outcomes(await PushAsync(Make.Record(Make.Case("JP", 1), 2, version: 2))));
    }

    [PostgresFact]
    public async Task Push_TombstoneThatHasNotCome_EndsTheCaseToday()
    {
        await PushAsync(Make.Record(Make.Case("JP", 1), 1));

        await PushAsync(Make.Gone(1, 2, TimeProvider.System.GetUtcNow().AddYears(70)));

        Assert.True(await _hub.QueryAsync<bool>("select max(at) < now() + interval '1 minute' from case_events"));
    }

    [PostgresFact]
    public async Task Push_TombstoneWithoutATimeThatCanBe_EndsTheCaseWhenItsSourceSaidSo()
    {
        await PushAsync(Make.Record(Make.Case("JP", 1), 1));
        var gone = Make.Gone(1, 2, TimeProvider.System.GetUtcNow().AddYears(70));
        gone.SourceUpdatedAt = Timestamp.FromDateTimeOffset(Make.Day.AddDays(2));

        await PushAsync(gone);

        Assert.Equal(Make.Day.AddDays(2).UtcDateTime, await _hub.QueryAsync<DateTime>("select max(at) from case_events"));
    }

    // A region's row tells when it pushed last, which every push changes.
    private Task<string> DumpAsync() => _hub.DumpAsync("region", "audit_seal");

    private Task<BatchAck> PushAsync(params CaseRecord[] records) => _push.PushAsync(Make.Batch(_push, records));
}
