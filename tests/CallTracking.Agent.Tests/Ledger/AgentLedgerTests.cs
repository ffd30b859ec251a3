using System.Security.Cryptography;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Outbox;
using CallTracking.Contracts;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Agent.Tests.Ledger;

public sealed class AgentLedgerTests : IDisposable
{
    private readonly LedgerBench _bench = new();

    private AgentLedger Ledger => _bench.Ledger;

    [Fact]
    public void Commit_Batch_SurvivesAReopening()
    {
        var sent = _bench.Send(1, 2, 3);

        _bench.Reopen();

        Assert.Equal(sent.ToByteString(), Assert.Single(_bench.Waiting()).ToByteString());
        Assert.Equal(LedgerBench.Hash(2), Ledger.Find(LedgerBench.Uid(2))!.Value.Hash);
        Assert.Equal(4UL, Ledger.Meta.NextSequence);
        Assert.Equal(3UL, Assert.Single(Ledger.OpenRuns()).Report.Rows);
    }

    [Fact]
    public void Commit_OldEpochOrRules_WritesNothing()
    {
        var unit = new CommitUnit { Counts = { Rows = 1, Blank = 1 } };
        unit.Rows[LedgerBench.Uid(9)] = new PendingRow(new LedgerRow(LedgerBench.Hash(9), default, null, CaseState.Sent, 1), false);

        Assert.False(Ledger.Commit(_bench.Run.Number, unit, [9, 9]));

        Assert.Null(Ledger.Find(LedgerBench.Uid(9)));
        Assert.Equal(0UL, Ledger.Counts(_bench.Run.Number).Rows);
    }

    [Fact]
    public void Commit_ThatFails_LeavesMemoryAsTheFileIs()
    {
        var first = _bench.Send(1);
        var bytes = Ledger.OutboxBytes;

        _bench.Failing("update on runs", () => Assert.Throws<LedgerDamagedException>(() => _bench.Send(2, 3)));

        Assert.Equal((bytes, 1UL), (Ledger.OutboxBytes, Ledger.Counts(_bench.Run.Number).Rows));
        Assert.Equal(first, Assert.Single(_bench.Waiting()));
        Ledger.Acknowledge([Ack(first, (Outcome.New, 1))]);
        _bench.Reopen();
        var report = Ledger.Counts(_bench.Run.Number);
        Assert.True(RunSum.Closes(report));
        Assert.Equal((1UL, 1UL, 0L), (report.Rows, report.New, Ledger.OutboxBytes));
    }

    [Fact]
    public void Acknowledge_ThatFails_CountsNothing()
    {
        var first = _bench.Send(1, 2);
        var second = _bench.Send(3);
        var bytes = Ledger.OutboxBytes;
        var acks = new[] { Ack(first, (Outcome.New, 2)), Ack(second, (Outcome.Rejected, 1)) };

        _bench.Failing("insert on quarantine", () => Assert.Throws<LedgerDamagedException>(() => Ledger.Acknowledge(acks)));

        var report = Ledger.Counts(_bench.Run.Number);
        Assert.Equal((3UL, 0UL, 0UL, 0UL), (report.Cases, report.New, report.SentCases, report.Quarantined));
        Assert.Equal((bytes, 0UL), (Ledger.OutboxBytes, Ledger.Meta.AckedSequence));
        Ledger.Acknowledge(acks);
        Assert.True(RunSum.Closes(Ledger.Counts(_bench.Run.Number)));
        Assert.Equal(0, Ledger.OutboxBytes);
    }

    [Fact]
    public void AnyWrite_ThatFails_LeavesEpochRulesAndRunsAsTheyWere()
    {
        _bench.Send(1);
        var before = (Ledger.Meta, Ledger.OutboxBytes, Ledger.Counts(_bench.Run.Number));

        _bench.Failing("update on meta", () =>
        {
            Assert.Throws<LedgerDamagedException>(() => Ledger.Adopt(LedgerBench.Welcome(9)));
            Assert.Throws<LedgerDamagedException>(() => Ledger.AdoptEdgeRules([7], static _ => false));
        });
        _bench.Failing("update on runs", () =>
        {
            Assert.Throws<LedgerDamagedException>(() => Ledger.Discard(static _ => true));
            Assert.Throws<LedgerDamagedException>(() => Ledger.EndReading(_bench.Run.Number, RunOutcome.Complete, _bench.Clock.GetUtcNow()));
            Assert.Throws<LedgerDamagedException>(() => Ledger.Close(new RunReportAck { RunId = _bench.Run.Report.RunId }));
        });
        _bench.Failing("insert on runs", () => Assert.Throws<LedgerDamagedException>(() => _bench.BeginRun()));

        Assert.Equal(before, (Ledger.Meta, Ledger.OutboxBytes, Ledger.Counts(_bench.Run.Number)));
        Assert.Equal(RunState.Reading, Assert.Single(Ledger.OpenRuns()).State);
    }

    [Fact]
    public void Acknowledge_MixedOutcomes_AreCountedRememberedAndQuarantined()
    {
        var batch = _bench.Send(1, 2, 3, 4, 5);

        Ledger.Acknowledge([Ack(batch, (Outcome.New, 1), (Outcome.Held, 1), (Outcome.Suppressed, 1), (Outcome.Rejected, 1), (Outcome.Superseded, 1))]);

        var report = Ledger.Counts(_bench.Run.Number);
        Assert.Equal((4UL, 1UL, 1UL, 1UL, 1UL, 1UL), (report.Cases, report.New, report.Held, report.Suppressed, report.Quarantined, report.Unchanged));
        Assert.True(RunSum.Closes(report));
        Assert.Equal("clear-under-edge-rule", Assert.Single(report.QuarantineReasons).Reason);
        Assert.Equal(CaseState.Held, Ledger.Find(LedgerBench.Uid(2))!.Value.State);
        Assert.Equal(CaseState.Suppressed, Ledger.Find(LedgerBench.Uid(3))!.Value.State);
        Assert.Equal("clear-under-edge-rule", Ledger.HubReason(LedgerBench.Uid(4)));
        Assert.Empty(_bench.Waiting());
        Assert.Equal(0, Ledger.OutboxBytes);
        Assert.Equal(5UL, Ledger.Meta.AckedSequence);
    }

    [Fact]
    public void Acknowledge_Twice_CountsOnce()
    {
        var batch = _bench.Send(1, 2);
        var ack = Ack(batch, (Outcome.New, 2));

        Ledger.Acknowledge([ack, ack]);
        Ledger.Acknowledge([ack]);

        Assert.Equal(2UL, Ledger.Counts(_bench.Run.Number).New);
    }

    [Fact]
    public void Acknowledge_AnyOrder_TakesEachBatchOut()
    {
        var first = _bench.Send(1);
        var second = _bench.Send(2);
        var third = _bench.Send(3);

        Ledger.Acknowledge([Ack(third, (Outcome.New, 1))]);
        Ledger.Acknowledge([Ack(first, (Outcome.New, 1))]);

        Assert.Equal(second, Assert.Single(_bench.Waiting()));
        Assert.Equal(3UL, Ledger.Meta.AckedSequence);
    }

    [Fact]
    public void Acknowledge_TooFewOutcomes_IsABreachAndChangesNothing()
    {
        var batch = _bench.Send(1, 2);

        Assert.Throws<SyncContractException>(() => Ledger.Acknowledge([Ack(batch, (Outcome.New, 1))]));

        Assert.Single(_bench.Waiting());
    }

    [Fact]
    public void Adopt_AnotherEpoch_DiscardsTheOldOrderAndSendsEverythingAgain()
    {
        _bench.Send(1, 2);

        var change = Ledger.Adopt(LedgerBench.Welcome(7));

        Assert.Equal(EpochChange.Restarted, change);
        Assert.Empty(_bench.Waiting());
        Assert.Null(Ledger.Find(LedgerBench.Uid(1))!.Value.Hash);
        Assert.Equal((7UL, 1UL, 0UL), (Ledger.Meta.Epoch, Ledger.Meta.NextSequence, Ledger.Meta.AckedSequence));
        Assert.Equal(0UL, Ledger.Counts(_bench.Run.Number).Cases);
        Assert.Equal(0, Ledger.OutboxBytes);
    }

    [Fact]
    public void Adopt_HubRestoredFromBackup_SendsWhatItLost()
    {
        Ledger.Acknowledge([Ack(_bench.Send(1), (Outcome.New, 1)), Ack(_bench.Send(2), (Outcome.New, 1))]);

        var change = Ledger.Adopt(LedgerBench.Welcome(1, lastSequence: 1));

        Assert.Equal(EpochChange.HubBehind, change);
        Assert.NotNull(Ledger.Find(LedgerBench.Uid(1))!.Value.Hash);
        Assert.Null(Ledger.Find(LedgerBench.Uid(2))!.Value.Hash);
    }

    [Fact]
    public void Discard_NamedBatch_UncountsItsCasesAndSendsThemAgain()
    {
        var stays = _bench.Send(1);
        var goes = _bench.Send(2, 3);

        Ledger.Discard(entry => goes.BatchId.Span.SequenceEqual(entry.BatchId));

        Assert.Equal(stays, Assert.Single(_bench.Waiting()));
        Assert.Null(Ledger.Find(LedgerBench.Uid(2))!.Value.Hash);
        Assert.NotNull(Ledger.Find(LedgerBench.Uid(1))!.Value.Hash);
        var report = Ledger.Counts(_bench.Run.Number);
        Assert.Equal((1UL, 1UL), (report.Rows, report.Cases));
    }

    [Fact]
    public void SendAgain_SomeAndAll_ClearsHashes()
    {
        Ledger.Acknowledge([Ack(_bench.Send(1, 2, 3), (Outcome.New, 3))]);

        Assert.Equal(1UL, Ledger.SendAgain(new SendAgain { CaseUids = { LedgerBench.Uid(2).ToByteString(), LedgerBench.Uid(99).ToByteString() } }));
        Assert.Null(Ledger.Find(LedgerBench.Uid(2))!.Value.Hash);
        Assert.NotNull(Ledger.Find(LedgerBench.Uid(1))!.Value.Hash);

        Assert.Equal(3UL, Ledger.SendAgain(new SendAgain { Everything = true }));
        Assert.Null(Ledger.Find(LedgerBench.Uid(1))!.Value.Hash);
    }

    [Fact]
    public void Open_TornFile_IsDamagedAndMakesRoomForANewOne()
    {
        _bench.Send(Enumerable.Range(0, 500).ToArray());
        Ledger.Dispose();
        File.Delete(_bench.Path + "-wal");
        File.WriteAllBytes(_bench.Path, [.. File.ReadAllBytes(_bench.Path).Take(6000), .. RandomNumberGenerator.GetBytes(20_000)]);

        Assert.Throws<LedgerDamagedException>(_bench.Open);
        var aside = LedgerFile.MoveAside(_bench.Path, _bench.Clock.GetUtcNow());

        using var fresh = _bench.Open();
        Assert.True(File.Exists(aside));
        Assert.Equal(0UL, fresh.Meta.Epoch);
    }

    [Fact]
    public void Open_NoDatabase_IsDamaged()
    {
        Ledger.Dispose();
        File.WriteAllText(_bench.Path, new string('x', 5000));

        Assert.Throws<LedgerDamagedException>(_bench.Open);
    }

    [Fact]
    public void Open_OtherRegionKey_IsRefused()
    {
        Ledger.Dispose();
        using var other = new PayloadCipher(RandomNumberGenerator.GetBytes(32));

        var refused = Assert.Throws<InvalidDataException>(() => AgentLedger.Open(_bench.Path, other, _bench.Clock, thorough: false));

        Assert.Contains("region.secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_AtRest_HoldsNoClearText()
    {
        const string Planted = "Wilhelmine Unverwechselbar";
        var builder = new BatchBuilder(_bench.Cipher);
        var record = new CaseRecord { Case = new Case { Customer = new Customer { Name = new PersonalText { Clear = Planted } } } };
        builder.Add(record.ToByteArray(), Ledger.TakeOrder().Sequence, new Privacy.RedactionTally());
        var unit = new CommitUnit { Batch = builder.Seal(1, _bench.Run.Report.RunId, _bench.Run.Number, 1, LedgerBench.Digest) };
        Assert.True(Ledger.Commit(_bench.Run.Number, unit, LedgerBench.Digest));

        _bench.Reopen();

        Assert.Equal(Planted, _bench.Waiting()[0].Records[0].Case.Customer.Name.Clear);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_bench.Path)!))
        {
            Assert.DoesNotContain("Unverwechselbar", System.Text.Encoding.Latin1.GetString(ReadShared(file)), StringComparison.Ordinal);
        }
    }

    public void Dispose() => _bench.Dispose();

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static BatchAck Ack(Batch batch, params (Outcome Outcome, uint Count)[] runs)
    {
        var ack = new BatchAck { BatchId = batch.BatchId };
        ack.Runs.Add(runs.Select(run => new OutcomeRun { Outcome = run.Outcome, Count = run.Count }));
        var position = 0;
        foreach (var (outcome, count) in runs)
        {
            if (outcome == Outcome.Rejected)
            {
                ack.Exceptions.Add(batch.Records.Skip(position).Take((int)count).Select(record => new RecordOutcome
                {
                    Sequence = record.Sequence,
                    Outcome = outcome,
                    Reason = "clear-under-edge-rule",
                    Field = "customer.name",
                }));
            }

            position += (int)count;
        }

        return ack;
    }

    [Fact]
    public void Adopt_AnotherEpoch_TakesBackCasesWithAndWithoutRows()
    {
        using var bench = new LedgerBench();
        bench.Send(1, 2);
        bench.Send(isVanished: true, [3, 4, 5]);

        bench.Ledger.Adopt(LedgerBench.Welcome(2));

        var report = bench.Ledger.Counts(bench.Run.Number);
        Assert.Equal((0UL, 0UL, 0UL), (report.Rows, report.Cases, report.Vanished));
    }

    [Fact]
    public void LookForVanished_CasesAskedForAgainMeanwhile_AreNotMissed()
    {
        using var bench = new LedgerBench();
        bench.Send(1, 2);
        var rule = new SnapshotRule(MaxVanished: 1);

        bench.Ledger.SendAgain(new SendAgain { Everything = true });
        var none = bench.Ledger.LookForVanished("desk", rule, bench.Run.Number);
        var missed = bench.Ledger.NextVanished("desk", 10).Count;
        bench.Ledger.LookForVanished("desk", rule, bench.Run.Number + 1);

        Assert.Equal((2L, 0L, 0), (none.Cases, none.Held, missed));
        Assert.Equal(2, bench.Ledger.NextVanished("desk", 10).Count);
    }
}
