using System.Globalization;
using System.Text;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Quarantine;
using CallTracking.Contracts;
using CallTracking.Testing;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Agent.Tests.Ledger;

/// <summary>
/// A small ledger with its outbox, cut and overwritten at every byte: it opens as one of the states that were committed, or says that it is damaged
/// and makes room. The default tier takes every so manieth byte, the long one all.
/// </summary>
public sealed class TornWriteTests : IDisposable
{
    private static readonly int Stride = TestTier.IsLong ? 1 : 211;
    private readonly LedgerBench _bench = new();
    private readonly DirectoryInfo _folder = Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory($"/dev/shm/calltracking-torn-{Guid.NewGuid():N}")
        : Directory.CreateTempSubdirectory("calltracking-torn-");

    // What was committed, in order.
    private readonly List<string> _states = [];
    private readonly LedgerImage _older;
    private readonly LedgerImage _closed;
    private readonly LedgerImage _killed;

    public TornWriteTests()
    {
        Acknowledge(_bench.Send(1, 2, 3), Outcome.New);
        _bench.Ledger.Dispose();
        _older = LedgerImage.Of(_bench.Path);
        _bench.Reopen();
        Acknowledge(_bench.Send(4, 5), Outcome.Rejected);
        _bench.Send(6);
        _bench.Ledger.Dispose();
        _closed = LedgerImage.Of(_bench.Path);
        _bench.Reopen();
        Remember();
        var batch = _bench.Send(7, 8);
        Remember();
        Acknowledge(batch, Outcome.Suppressed);
        Remember();
        _bench.Send(1, 9);
        Remember();
        _bench.Ledger.SendAgain([LedgerBench.Uid(3)]);
        Remember();
        _killed = LedgerImage.Of(_bench.Path);
    }

    private string Path => System.IO.Path.Combine(_folder.FullName, "ledger.db");

    [Fact]
    public void Open_Whole_IsWhatWasCommittedLast()
    {
        Assert.Equal(_states.Count, _states.Distinct().Count());
        Assert.Equal(_states[0], Look(_closed));
        Assert.Equal(_states[^1], Look(_killed));
    }

    [Theory]
    [InlineData(DiskHarm.Cut)]
    [InlineData(DiskHarm.Zeros)]
    [InlineData(DiskHarm.Noise)]
    public void Open_ClosedFileHarmedAtAnyByte_IsDamaged(DiskHarm harm) => EachByte(_closed, "", harm, (at, harmed) => Assert.Null(Look(harmed, at)));

    [Theory]
    [InlineData(DiskHarm.Cut)]
    [InlineData(DiskHarm.Zeros)]
    [InlineData(DiskHarm.Noise)]
    public void Open_KilledAndFileHarmedAtAnyByte_IsDamaged(DiskHarm harm) => EachByte(_killed, "", harm, (at, harmed) => Assert.Null(Look(harmed, at)));

    [Theory]
    [InlineData(DiskHarm.Cut)]
    [InlineData(DiskHarm.Zeros)]
    [InlineData(DiskHarm.Noise)]
    public void Open_KilledAndLogHarmedAtAnyByte_IsACommittedStateOrDamaged(DiskHarm harm)
    {
        var seen = new HashSet<string?>();
        EachByte(_killed, "-wal", harm, (at, harmed) =>
        {
            var found = Look(harmed, at);
            Assert.True(found is null || _states.Contains(found), $"{harm} at byte {at} of the log: the ledger is what it never was");
            seen.Add(found);
        });
        Assert.All(_states[..^1], state => Assert.Contains(state, seen));
    }

    [Theory]
    [InlineData(DiskHarm.Zeros)]
    [InlineData(DiskHarm.Noise)]
    public void Open_CheckpointTornAtAnyByte_IsDoneAgain(DiskHarm harm)
    {
        var pages = _killed.PagesInLog();
        EachByte(_killed.With(LedgerSum.Suffix, "at-work -\n"u8.ToArray()), "", harm, (at, harmed) =>
        {
            if (pages.Contains(at / 4096) && pages.Contains((at + 511) / 4096))
            {
                Assert.Equal(_states[^1], Look(harmed, at));
            }
        });
    }

    [Theory]
    [InlineData(DiskHarm.Cut)]
    [InlineData(DiskHarm.Noise)]
    public void Open_SumHarmedAtAnyByte_IsWhatWasCommittedLast(DiskHarm harm)
    {
        for (var at = 0; at < _killed[LedgerSum.Suffix].Length - 1; at++)
        {
            Assert.Equal(_states[^1], Look(_killed.Harmed(LedgerSum.Suffix, harm, at)!, at));
        }
    }

    [Fact]
    public void Open_OneFileGoneOrAnother_SaysWhich()
    {
        Assert.Contains("ledger.db is gone", Damage(_killed.Without("")), StringComparison.Ordinal);
        Assert.Contains("ledger.db is gone", Damage(_closed.With("", [])), StringComparison.Ordinal);
        Assert.Contains("its log ledger.db-wal is gone", Damage(_killed.Without("-wal")), StringComparison.Ordinal);
        Assert.Contains("its log ledger.db-wal is gone", Damage(_killed.With("-wal", [])), StringComparison.Ordinal);
        Assert.Contains("another copy was put in its place", Damage(_closed.With("", _older[""])), StringComparison.Ordinal);
        Assert.Contains("another copy was put in its place", Damage(_killed.With("", _older[""])), StringComparison.Ordinal);
        Assert.Equal(_states[^1], Look(_killed.Without(LedgerSum.Suffix)));
        Assert.Equal(_states[0], Look(_closed.Without(LedgerSum.Suffix)));
    }

    [Fact]
    public void Open_OnlyLookedAtInBetween_StaysAsItWasLeft()
    {
        foreach (var image in new[] { _closed, _killed })
        {
            image.LayOut(Path);
            Assert.NotNull(LedgerGlance.Of(Path, 3));

            Assert.Equal(image[""], LedgerImage.Of(Path)[""]);
            Assert.Equal(_states[image == _closed ? 0 : ^1], Describe());
        }
    }

    [Fact]
    public void Commit_UntilTheLogIsMovedIntoTheFile_LeavesASoundLedgerAfterAKill()
    {
        var large = Enumerable.Range(100, 40_000).Select(LedgerBench.Uid).ToList();
        for (var round = 0; round < 8; round++)
        {
            var unit = new CommitUnit();
            large.ForEach(uid => unit.Rows[uid] = new PendingRow(new LedgerRow(LedgerBench.Hash(round), new CaseOrder(1, 1), null, CaseState.Sent, 1), IsSeenOnly: false));
            Assert.True(_bench.Ledger.Commit(_bench.Run.Number, unit, LedgerBench.Digest));
        }

        var image = LedgerImage.Of(_bench.Path);
        Assert.True(image[""].Length > 2 * _closed[""].Length, "the log was never moved into the file");
        Assert.Equal("at-work -\n", Encoding.ASCII.GetString(image[LedgerSum.Suffix]));
        Assert.NotNull(Look(image));
        _bench.Ledger.Dispose();
        Assert.StartsWith("closed ", File.ReadAllText(_bench.Path + LedgerSum.Suffix), StringComparison.Ordinal);
        _bench.Reopen();
        Assert.Equal(LedgerBench.Hash(7), _bench.Ledger.Find(large[^1])!.Value.Hash);
    }

    public void Dispose()
    {
        _bench.Dispose();
        _folder.Delete(recursive: true);
    }

    private static void EachByte(LedgerImage image, string suffix, DiskHarm harm, Action<int, LedgerImage> look)
    {
        for (var at = 0; at < image[suffix].Length; at += Stride)
        {
            if (image.Harmed(suffix, harm, at) is { } harmed)
            {
                look(at, harmed);
            }
        }
    }

    private void Acknowledge(Batch batch, Outcome outcome)
    {
        var ack = new BatchAck { BatchId = batch.BatchId, Runs = { new OutcomeRun { Outcome = outcome, Count = (uint)batch.Records.Count } } };
        if (outcome == Outcome.Rejected)
        {
            ack.Exceptions.Add(batch.Records.Select(record => new RecordOutcome { Sequence = record.Sequence, Outcome = outcome, Reason = "no" }));
        }

        _bench.Ledger.Acknowledge([ack]);
    }

    private void Remember() => _states.Add(Describe(_bench.Ledger));

    /// <summary>What the ledger says; null when it says that it is damaged, and a new one takes its place.</summary>
    private string? Look(LedgerImage image, int at = 0)
    {
        image.LayOut(Path);
        try
        {
            return Describe();
        }
        catch (LedgerDamagedException)
        {
            if (at % 16 == 0)
            {
                AssertMakesRoom();
            }

            return null;
        }
    }

    private string Damage(LedgerImage image)
    {
        image.LayOut(Path);
        var message = Assert.Throws<LedgerDamagedException>(Describe).Message;
        AssertMakesRoom();
        return message;
    }

    private void AssertMakesRoom()
    {
        LedgerFile.MoveAside(Path, _bench.Clock.GetUtcNow());
        using var fresh = Open();
        Assert.Equal((0UL, 1UL), (fresh.Meta.Epoch, fresh.Meta.NextSequence));
    }

    private string Describe()
    {
        using var ledger = Open();
        return Describe(ledger);
    }

    private AgentLedger Open() => AgentLedger.Open(Path, _bench.Cipher, _bench.Clock, thorough: true);

    // Everything that a sync goes by.
    private static string Describe(AgentLedger ledger)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{ledger.Meta.Epoch} {Convert.ToHexString(ledger.Meta.Lease)} {ledger.Meta.NextSequence} {ledger.Meta.AckedSequence} {Convert.ToHexString(ledger.Meta.EdgeDigest)} {ledger.OutboxBytes}");
        for (var number = 0; number < 10; number++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{ledger.Find(LedgerBench.Uid(number))} {ledger.Find(LedgerBench.Uid(number))?.Hash?.ToByteString().ToBase64()} {ledger.HubReason(LedgerBench.Uid(number))}");
        }

        for (ulong after = 0; ledger.NextBatch(after) is { } entry; after = entry.FirstSequence)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{entry} {Convert.ToHexString(ledger.OpenBatch(entry)!.Value.Span)}");
        }

        foreach (var entry in ledger.Quarantined(new QuarantineFilter()))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{entry.Place} {entry.Reason} {entry.At:O} {ledger.Kept(entry) is not null}");
        }

        foreach (var run in ledger.LastRuns(10))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{run.Number} {run.State} {run.Report.ToByteString().ToBase64()} {run.Ack}");
        }

        return text.ToString();
    }
}
