using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Privacy;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Agent.Transfer;

/// <summary>What an export came to.</summary>
/// <param name="Faults">What the sources had wrong.</param>
/// <param name="IsPartial">The outbox was full before everything was read.</param>
internal sealed record ExportResult(long Number, string Path, long Bytes, int Batches, int Cases, int Reports, IReadOnlyList<Fault> Faults, bool IsPartial);

/// <summary>
/// A sync whose stream is a file: reads the sources, and writes all that waits for headquarters. Nothing of the ledger changes by it: what is in the
/// file waits on until its receipts come, and goes into every later file as well.
/// </summary>
internal sealed class BatchExport(
    AgentSettings settings, AgentIdentity identity, RegionKeys keys, EdgePolicy policy, AgentLedger ledger, CodeTableCache tables, RunReading reading, CertificateRenewal renewal, TimeProvider clock, Action<string> say)
{
    private const int MostRuns = 5;

    /// <param name="wish">What of the sources to read.</param>
    /// <param name="to">A folder, or the file.</param>
    /// <param name="hubKey">The hub's transfer key.</param>
    /// <param name="lacking">Code tables without which the mappings cannot be read.</param>
    /// <param name="cancellationToken">Stops the reading; no file is written then.</param>
    public async Task<ExportResult> RunAsync(ReadingWish wish, string to, byte[] hubKey, IReadOnlyList<string> lacking, CancellationToken cancellationToken)
    {
        var place = new ExportPlace(to);
        foreach (var open in ledger.OpenRuns().Where(run => run.State == RunState.Reading))
        {
            say("the last run was interrupted; what it left is exported");
            ledger.EndReading(open.Number, RunOutcome.Interrupted, clock.GetUtcNow());
        }

        if (policy.Current is { } rules)
        {
            reading.Adopt(rules);
        }

        var faults = WhyNothingIsRead(lacking) is { } why ? Told(why) : await ReadAsync(wish, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return Write(place, hubKey, faults);
    }

    private string? WhyNothingIsRead(IReadOnlyList<string> lacking) =>
        ledger.Meta.Epoch == 0 ? "headquarters has not begun an order of this region's cases yet: this file asks for it, and the export after its receipts has the cases"
        : policy.Current is null ? "there is no policy bundle in force, so no case leaves: this file asks for one, and the export after its receipts has the cases"
        : lacking.Count > 0 ? $"mappings name code tables that are not here yet ({string.Join(", ", lacking)}): this file asks for them, and the export after its receipts has the cases"
        : null;

    private IReadOnlyList<Fault> Told(string why)
    {
        say(why);
        return [];
    }

    private async Task<IReadOnlyList<Fault>> ReadAsync(ReadingWish wish, CancellationToken cancellationToken)
    {
        using var further = new FurtherRun();
        IReadOnlyList<Fault> faults = [];
        for (var count = 1; count == 1 || (further.IsAsked && count <= MostRuns); count++)
        {
            if (further.Take() is { } reason && count > 1)
            {
                say($"one more run: {reason}");
            }

            faults = await reading.ReadAsync(count == 1 ? wish : ReadingWish.Everything with { TakesNewKeys = wish.TakesNewKeys }, ConceptMatcher.Of(tables.Concepts), further, cancellationToken);
        }

        return faults;
    }

    private ExportResult Write(ExportPlace place, byte[] hubKey, IReadOnlyList<Fault> faults)
    {
        var now = clock.GetUtcNow();
        var fileId = RandomNumberGenerator.GetBytes(CaseUid.Size);
        var results = ledger.WaitingResults();
        var number = ledger.BeginTransfer(fileId, now);
        var header = new TransferHeader
        {
            Region = settings.Region.Value,
            Number = (ulong)number,
            FileId = ByteString.CopyFrom(fileId),
            MadeAt = Timestamp.FromDateTimeOffset(now),
            Run = (ulong)(ledger.LastRuns(1) is [{ } last] ? last.Number : 0),
            Certificate = ByteString.CopyFrom(identity.Certificate.RawData),
        };
        var path = place.PathOf(header);
        var (batches, cases, bytes) = (0, 0, 0L);
        var reports = Reports();
        ExportPlace.Write(path, stream =>
        {
            using var signer = identity.Certificate.GetECDsaPrivateKey()!;
            using var writer = TransferWriter.ToHub(stream, header, hubKey, signer);
            writer.Write(Begin(header.FileId, now));
            foreach (var request in results.Select(result => new PushRequest { TaskResult = result }).Concat(reports.Select(report => new PushRequest { RunReport = report })))
            {
                writer.Write(request);
            }

            (batches, cases) = WriteBatches(writer);
            writer.Complete();
            bytes = writer.Bytes;
        });
        return new ExportResult(number, path, bytes, batches, cases, reports.Count, faults, reading.IsOutboxFull);
    }

    private TransferBegin Begin(ByteString fileId, DateTimeOffset now) => new()
    {
        Hello = AgentHello.Of(settings, ledger, policy.AskedVersion, now),
        AnswerKey = ByteString.CopyFrom(TransferAnswerKey.Of(keys, fileId)),
        Dictionaries = { tables.Asked.Concat(tables.Kept).Distinct().Select(name => new DictionaryVersion { Name = name, Version = tables.Look(name)?.Version ?? 0 }) },
        CertificateRequest = renewal.IsDue(identity) ? ByteString.CopyFrom(CertificateRenewal.Request(identity)) : ByteString.Empty,
    };

    // A run can be counted when all that it formed was acknowledged.
    private List<RunReport> Reports()
    {
        var reports = ledger.OpenRuns().Where(run => run.State == RunState.Draining && !ledger.HasBatches(run.Number)).Select(run => ledger.Counts(run.Number)).ToList();
        reports.ForEach(report => report.ResidentCounts.Add(ledger.ResidentCounts()));
        return reports;
    }

    private (int Batches, int Cases) WriteBatches(TransferWriter writer)
    {
        var (batches, cases) = (0, 0);

        // Without a valid bundle nothing leaves, also not what was shaped while there was one.
        for (ulong after = 0; policy.Current is not null && ledger.NextBatch(after) is { } entry; after = entry.FirstSequence)
        {
            if (ledger.IsCurrentlyShaped(entry) && ledger.OpenBatch(entry) is { } message)
            {
                writer.Write(message.Span);
                (batches, cases) = (batches + 1, cases + entry.Count);
            }
        }

        return (batches, cases);
    }
}
