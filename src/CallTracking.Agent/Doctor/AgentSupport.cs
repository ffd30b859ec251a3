using System.Text.RegularExpressions;
using CallTracking.Agent.AuditHeads;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Schedule;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Mapping.Packs;
using CallTracking.Privacy;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Doctor;

/// <summary>
/// Puts together what support needs of an agent. Mappings stay out: their tables of values hold words of cases, and their faults quote them; so do names of
/// files, which may be those of persons, and notes that people wrote.
/// </summary>
internal static partial class AgentSupport
{
    private const int Runs = 30;

    // Their words are numbers, times, and codes of ours.
    private static readonly HashSet<string> Speaking =
    [
        "disk", "disk-low", "runs", "run-open", "run-late", "run-not-complete", "certificate", "certificate-expired", "certificate-not-yet", "certificate-ends-soon",
        "policy", "policy-ends-soon", "policy-not-in-force", "keys-in-clear", "clock", "clock-wrong", "audit",
    ];

    private static readonly KnownKey[] Keys =
    [
        new("region", ConfigurationExtract.Code), new("centre"), new("country", ConfigurationExtract.Code), new("hub"), new("proxy"), new("state"), new("state_key"),
        new("time_zone", ConfigurationExtract.Zone), new("schedule.cron", ConfigurationExtract.Cron), new("schedule.time_zone", ConfigurationExtract.Zone),
        new("schedule.jitter", ConfigurationExtract.Amount), new("schedule.catch_up", ConfigurationExtract.Amount), new("fast_lane.every", ConfigurationExtract.Amount), new("fast_lane.concepts"),
        new("alarms.command"), new("alarms.late_after", ConfigurationExtract.Amount),
        new("outbox.max_bytes", ConfigurationExtract.Amount), new("floor"), new("reconcile", ConfigurationExtract.OneOf("after-sync", "on-demand")),
        new("sources[].mapping"), new("sources[].pack", value => MappingPack.All.Any(pack => pack.Name == value)), new("sources[].override"), new("sources[].files"), new("sources[].sql"), new("sources[].http"),
        new("sources[].settle", ConfigurationExtract.Amount), new("sources[].entries"), new("sources[].max_expanded", ConfigurationExtract.Amount), new("sources[].max_ratio", ConfigurationExtract.Number),
        new("sources[].snapshot", ConfigurationExtract.Flag),
    ];

    public static async Task<SupportBundle> CollectAsync(string config, TimeProvider clock, CancellationToken cancellationToken)
    {
        var bundle = new SupportBundle();
        bundle.AddProgram("calltracking-agent", AgentVersion.Text, clock.GetUtcNow());
        bundle.Add("configuration.txt", "keys of agent.yaml; values only where they are numbers, times, zones and words of ours", Configuration(config));
        var found = new List<Diagnosis>();
        await foreach (var one in DoctorCommand.ExamineAsync(config, cancellationToken))
        {
            found.Add(one);
        }

        bundle.AddFindings(found, Speaking);
        if (AgentSettingsFile.Load(config).Settings is { } settings)
        {
            AddState(bundle, settings, clock);
            bundle.Add("sources.json", "kind, pack, digest and number of faults of each source; no name", Sources(settings));
            var tables = new CodeTableCache(settings.State);
            bundle.Add("tables.json", "code tables and dictionaries by name and version", Try(() => tables.Kept.Select(name => new { Name = Word(name), tables.Look(name)?.Version }).ToList()) ?? []);
        }

        return bundle;
    }

    private static IReadOnlyList<string> Configuration(string config)
    {
        try
        {
            return ConfigurationExtract.Of(File.ReadAllText(config), Keys);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return ["the file cannot be read"];
        }
    }

    private static void AddState(SupportBundle bundle, AgentSettings settings, TimeProvider clock)
    {
        LedgerGlance? glance = null;
        string? broken = null;
        var path = AgentWorkplace.LedgerPath(settings);
        try
        {
            glance = LedgerGlance.Of(path, Runs);
        }
        catch (Exception damaged) when (damaged is LedgerDamagedException or LedgerUnusableException or SqliteException or IOException or UnauthorizedAccessException)
        {
            broken = damaged.GetType().Name;
        }

        bundle.Add("status.json", "certificate, policy, ledger, outbox and quarantine in numbers", Status(settings, glance, broken, path, clock));
        bundle.Add("runs.json", $"counts and reasons of the last {Runs} runs", glance?.Runs.Zip(ReportText.Words(glance.Runs, settings.StateDirectory), SupportRun.Of).ToList() ?? []);
    }

    private static object Status(AgentSettings settings, LedgerGlance? glance, string? broken, string path, TimeProvider clock)
    {
        var store = new IdentityStore(settings.State);
        var pause = Try(() => new PauseFile(settings.StateDirectory).Find(clock.GetUtcNow()));
        var heads = Try(() => new AuditHeadFile(settings.StateDirectory).Load());
        var policy = Try(() => store.LoadBundle() is { } signed ? PolicyBundle.Parser.ParseFrom(signed.Bundle) : null);
        return new
        {
            CertificateUntil = Try(() => CertificateEnd(store)),
            PolicyVersion = policy?.Version,
            PolicyUntil = policy?.ExpiresAt?.ToDateTimeOffset(),
            PolicyPublisher = policy is null ? null : Version(policy.PublisherVersion),
            Ledger = broken ?? (glance is null ? "not there" : "readable"),
            LedgerBytes = Length(path),
            LedgerLogBytes = Length(path + "-wal"),
            glance?.Meta?.Epoch,
            LastSequence = glance?.Meta is { } meta ? meta.NextSequence - 1 : (ulong?)null,
            Cases = glance?.Cases.ToDictionary(entry => entry.State.ToString().ToLowerInvariant(), entry => entry.Cases),
            CasesToSendAgain = glance?.Cases.Sum(entry => entry.Unsent),
            glance?.OutboxBatches,
            glance?.OutboxCases,
            glance?.OutboxBytes,
            Quarantine = glance?.Quarantine.GroupBy(entry => Word(entry.Reason)).ToDictionary(group => group.Key, group => group.Sum(entry => (long)entry.Count)),
            NextNightAt = Try(() => (DateTimeOffset?)NightlySchedule.Of(settings).After(clock.GetUtcNow())),
            PausedSince = pause?.Since,
            PausedUntil = pause?.Until,
            AuditSeal = heads?.Kept?.Number,
            AuditRewritten = heads?.Open.Count(),
        };
    }

    private static object Sources(AgentSettings settings)
    {
        var loaded = SourceLoad.Of(settings);
        return new
        {
            Faults = loaded.Faults.Count,
            Sources = settings.Sources.Select(source => new
            {
                Kind = source.Sql is not null ? "sql" : source.Http is not null ? "http" : "files",
                Pack = source.Pack?.Pack.Name,
                MappingDigest = loaded.Sources.FirstOrDefault(one => ReferenceEquals(one.Settings, source))?.Mapping.Digest.ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
                Joins = source.Joined.Count,
                source.Snapshot?.MaxVanished,
            }),
        };
    }

    private static DateTimeOffset? CertificateEnd(IdentityStore store)
    {
        using var identity = store.Load();
        return identity.Certificate.NotAfter.ToUniversalTime();
    }

    private static long? Length(string path) => new FileInfo(path) is { Exists: true, Length: var bytes } ? bytes : null;

    // A part that is broken is why somebody asks support: it is left out, and doctor's code says why.
    private static T? Try<T>(Func<T?> look)
    {
        try
        {
            return look();
        }
        catch (Exception broken) when (broken is AgentException or InvalidDataException or IOException or UnauthorizedAccessException or Google.Protobuf.InvalidProtocolBufferException)
        {
            return default;
        }
    }

    /// <summary>A code of ours; what has another form is not shown.</summary>
    public static string Word(string text) => Words().IsMatch(text) ? text : "(other)";

    private static string Version(string text) => Versions().IsMatch(text) ? text : "(other)";

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$")]
    private static partial Regex Words();

    [GeneratedRegex(@"^[0-9]{1,4}(?:\.[0-9]{1,6}){0,3}(?:-(?:alpha|beta|rc)[.0-9]{0,6})?$")]
    private static partial Regex Versions();
}

/// <summary>A run in numbers and codes.</summary>
internal static class SupportRun
{
    public static object Of(RunRow run, string outcome) => new
    {
        run.Number,
        StartedAt = run.Report.StartedAt?.ToDateTimeOffset(),
        FinishedAt = run.Report.FinishedAt?.ToDateTimeOffset(),
        State = run.State.ToString().ToLowerInvariant(),
        Outcome = outcome,
        Kind = run.Report.Kind.ToString(),
        run.Report.Rows,
        run.Report.Cases,
        run.Report.Folded,
        run.Report.Blank,
        run.Report.Filtered,
        run.Report.Quarantined,
        run.Report.New,
        run.Report.Changed,
        run.Report.Unchanged,
        run.Report.Held,
        run.Report.Suppressed,
        run.Report.Gone,
        run.Report.Vanished,
        run.Report.SentCases,
        run.Report.SentBytes,
        MappingDigest = run.Report.MappingDigest.ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
        QuarantineReasons = Reasons(run.Report.QuarantineReasons),
        HeldReasons = Reasons(run.Report.HeldReasons),
        Redactions = run.Report.EdgeRedactions.Select(one => new { Class = one.DataClass.ToString(), Action = one.Action.ToString(), one.Count }),
        Dictionaries = run.Report.Dictionaries.Select(one => new { Name = AgentSupport.Word(one.Name), one.Version }),
        Hub = run.Ack is not { } ack ? null : new { ack.Received, ack.New, ack.Changed, ack.Unchanged, ack.Superseded, ack.Held, ack.Suppressed, ack.Gone, ack.Rejected, ack.StoredCases, ack.Agrees },
    };

    private static Dictionary<string, long> Reasons(IEnumerable<ReasonCount> reasons) =>
        reasons.GroupBy(one => AgentSupport.Word(one.Reason)).ToDictionary(group => group.Key, group => group.Sum(one => (long)one.Count));
}
