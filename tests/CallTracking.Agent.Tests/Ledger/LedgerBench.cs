using System.Security.Cryptography;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Outbox;
using CallTracking.Contracts;
using CallTracking.Privacy;
using CallTracking.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Tests.Ledger;

/// <summary>A real ledger in a folder of its own, and short ways to fill it.</summary>
internal sealed class LedgerBench : IDisposable
{
    public static readonly byte[] Digest = [1, 2, 3];
    private readonly TempFolder _folder = new();

    public LedgerBench()
    {
        Cipher = new PayloadCipher(Key);
        Ledger = Open();
        Ledger.Adopt(Welcome(1));
        Ledger.AdoptEdgeRules(Digest, static _ => false);
        Run = BeginRun();
    }

    public static byte[] Key { get; } = RandomNumberGenerator.GetBytes(32);

    public ManualClock Clock { get; } = new();

    public PayloadCipher Cipher { get; }

    public string Path => _folder.File("ledger.db");

    public AgentLedger Ledger { get; private set; }

    public RunRow Run { get; }

    public static CaseUid Uid(int number) => CaseUid.FromBytes(Digested(number));

    public static ChangeHash Hash(int number) => ChangeHash.FromBytes(Digested(number + 1_000_000));

    public static Welcome Welcome(ulong epoch, ulong lastSequence = 0) => new()
    {
        Epoch = epoch,
        Lease = ByteString.CopyFromUtf8($"lease {epoch}"),
        LastSequence = lastSequence,
        CreditBytes = 8 << 20,
    };

    public AgentLedger Open() => AgentLedger.Open(Path, Cipher, Clock, thorough: true);

    public void Reopen()
    {
        Ledger.Dispose();
        Ledger = Open();
    }

    public RunRow BeginRun() => Ledger.BeginRun(new RunReport
    {
        RunId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)),
        StartedAt = Timestamp.FromDateTimeOffset(Clock.GetUtcNow()),
    });

    /// <summary>Commits one batch of the numbered cases; gives it as the hub would see it.</summary>
    public Batch Send(params int[] numbers) => Send(isVanished: false, numbers);

    /// <summary>As <see cref="Send(int[])"/>, of cases that have a row or none.</summary>
    public Batch Send(bool isVanished, int[] numbers)
    {
        var builder = new BatchBuilder(Cipher);
        var unit = new CommitUnit();
        foreach (var number in numbers)
        {
            var order = Ledger.TakeOrder();
            var record = new CaseRecord
            {
                CaseUid = Uid(number).ToByteString(),
                ChangeHash = Hash(number).ToByteString(),
                Case = new Case { CaseUid = Uid(number).ToByteString(), Region = "DE", Source = "desk" },
            };
            builder.Add(record.ToByteArray(), order.Sequence, new RedactionTally());
            unit.Rows[Uid(number)] = new PendingRow(new LedgerRow(Hash(number), order, null, CaseState.Sent, Run.Number) { Source = "desk" }, IsSeenOnly: false);
            unit.Counts.Rows += isVanished ? 0UL : 1;
            unit.Counts.Vanished += isVanished ? 1UL : 0;
            unit.Counts.Cases++;
        }

        unit.Batch = builder.Seal(Ledger.Meta.Epoch, Run.Report.RunId, Run.Number, 1, Digest) with { Vanished = isVanished ? numbers.Length : 0 };
        if (!Ledger.Commit(Run.Number, unit, Digest))
        {
            throw new InvalidOperationException("The unit was not committed.");
        }

        return Waiting()[^1];
    }

    /// <summary>Does something while the file refuses one kind of write, as a full or failing disk would.</summary>
    /// <param name="write">As SQL names it: <c>update on runs</c>.</param>
    /// <param name="act">What is tried.</param>
    public void Failing(string write, Action act)
    {
        Run($"create trigger refused before {write} begin select raise(abort, 'the test refused it'); end");
        act();
        Run("drop trigger refused");

        void Run(string sql)
        {
            using var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Every batch in the outbox, opened.</summary>
    public IReadOnlyList<Batch> Waiting()
    {
        var batches = new List<Batch>();
        for (ulong after = 0; Ledger.NextBatch(after) is { } entry; after = entry.FirstSequence)
        {
            batches.Add(PushRequest.Parser.ParseFrom(Ledger.OpenBatch(entry)!.Value.Span).Batch);
        }

        return batches;
    }

    public void Dispose()
    {
        Ledger.Dispose();
        Cipher.Dispose();
        _folder.Dispose();
    }

    private static byte[] Digested(int number) => SHA256.HashData(BitConverter.GetBytes(number))[..16];
}
