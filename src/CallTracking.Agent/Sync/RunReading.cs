using System.Security.Cryptography;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Outbox;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Privacy;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Agent.Sync;

/// <summary>Reads the sources once: a run from its beginning to the end of its reading. What it formed waits in the outbox.</summary>
/// <param name="hasLine">Whether somebody empties the outbox meanwhile.</param>
internal sealed class RunReading(
    AgentSettings settings,
    IReadOnlyList<Source> sources,
    RegionKeys keys,
    PayloadCipher cipher,
    AgentLedger ledger,
    PolicyWatch watch,
    RunProgress progress,
    TimeProvider clock,
    Action<string> say,
    bool hasLine)
{
    /// <summary>True when the last reading ended since the outbox was full and nobody empties it.</summary>
    public bool IsOutboxFull { get; private set; }

    /// <summary>One run. What overtakes it is asked for as a further one.</summary>
    /// <returns>What the sources had wrong.</returns>
    public async Task<IReadOnlyList<Fault>> ReadAsync(ReadingWish wanted, ConceptMatcher? concepts, FurtherRun further, CancellationToken cancellationToken)
    {
        var rules = await watch.RequireAsync(cancellationToken);
        Adopt(rules);
        if (ForeignPolicyText.Of(rules) is { } foreign)
        {
            say($"WARNING  {foreign}");
        }

        var run = ledger.BeginRun(new RunReport
        {
            RunId = UnsafeByteOperations.UnsafeWrap(RandomNumberGenerator.GetBytes(CaseUid.Size)),
            StartedAt = Timestamp.FromDateTimeOffset(clock.GetUtcNow()),
            MappingDigest = SourceLoad.DigestOf(sources),
            Kind = wanted.Kind,
            TablesHeldBack = { HeldBack() },
            Dictionaries = { UsedDictionaries(concepts) },
        });
        progress.Begin(run.Number, clock);
        IsOutboxFull = false;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, further.StopReading);
            var intake = new CaseIntake(settings, ledger, keys, cipher, rules, watch, run, concepts, clock, hasLine);
            var faults = await Task.Run(() => ReadAsync(intake, run, wanted, either.Token), either.Token);
            ledger.EndReading(run.Number, faults.Count == 0 ? RunOutcome.Complete : RunOutcome.Failed, clock.GetUtcNow());
            return faults;
        }
        catch (OutboxFullException)
        {
            ledger.EndReading(run.Number, RunOutcome.Interrupted, clock.GetUtcNow());
            IsOutboxFull = true;
            return [];
        }
        catch (Exception overtaken) when (overtaken is ReadingOvertakenException || (overtaken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            ledger.EndReading(run.Number, RunOutcome.Interrupted, clock.GetUtcNow());
            further.AskIfNot("the reading was overtaken by a new epoch or policy");
            return [];
        }
    }

    /// <summary>Takes these rules for those that shape; nothing is on its way. What the hub refused under other rules may pass under these.</summary>
    public void Adopt(ShapingRules rules)
    {
        if (ledger.AdoptEdgeRules(rules.Digest, static _ => false))
        {
            ledger.RetryRejected();
        }
    }

    private Task<IReadOnlyList<Fault>> ReadAsync(CaseIntake intake, RunRow run, ReadingWish wanted, CancellationToken cancellationToken) =>
        wanted.Retry is { } filter
            ? new RetryPass(intake, ledger, filter, progress, clock, say).RunAsync(sources, cancellationToken)
            : new ReadingPass(intake, intake.Notes, new Vanishing(intake, ledger, run.Number, say), wanted, progress, clock, say).RunAsync(sources, cancellationToken);

    private IEnumerable<DictionaryVersion> UsedDictionaries(ConceptMatcher? concepts) => sources
        .SelectMany(source => source.Mapping.CodeTables, (_, table) => new DictionaryVersion { Name = table.Name, Version = table.Version })
        .Concat(concepts?.Dictionaries.Select(dictionary => new DictionaryVersion { Name = dictionary.Name, Version = dictionary.Version, Kind = DictionaryKind.Concepts }) ?? [])
        .Distinct();

    private IEnumerable<TableHeldBack> HeldBack() => sources.SelectMany(source => source.HeldBack)
        .Select(held => new TableHeldBack { Name = held.Name, Version = held.Version, UsedVersion = held.UsedVersion }).Distinct();
}
