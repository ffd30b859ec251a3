using System.Reflection;
using CallTracking.Contracts;
using CallTracking.Hub.Alarms;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Dictionaries;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Retention;
using CallTracking.Hub.Storage;
using CallTracking.Privacy;
using Npgsql;

namespace CallTracking.Hub.Doctor;

/// <summary>
/// Puts together what support needs of a hub. Rows of cases and of the audit log stay out, and so do notes and names that people wrote, the texts of policies, and
/// reasons that regions sent in words of their own.
/// </summary>
internal static class HubSupport
{
    private const int Runs = 30;

    private const string SelectTables = """
        select relname, pg_total_relation_size(oid), reltuples::bigint
        from pg_class
        where relkind = 'r' and relnamespace in ('public'::regnamespace, (select oid from pg_namespace where nspname = 'sched'))
        order by relname
        """;

    // Their words are numbers, times, and codes of ours.
    private static readonly HashSet<string> Speaking =
    [
        "disk", "disk-low", "database", "database-too-old", "database-connections-low", "database-clock-wrong", "clock", "schema", "schema-missing", "schema-older", "schema-newer", "schema-edited",
        "keys-in-clear", "authority", "authority-ends-soon", "authority-expired", "certificate", "certificate-ends-soon", "certificate-expired", "policy", "regions", "region-late", "region-silent",
        "region-never-pushed", "region-certificate-expired", "region-certificate-ends-soon", "two-agents", "run-does-not-agree", "alarm-not-told", "retention", "retention-late", "retention-waits",
        "audit", "audit-not-sealed",
    ];

    private static readonly KnownKey[] Keys =
    [
        new("country", ConfigurationExtract.Code), new("entity"), new("state"), new("state_key_file"), new("policies"), new("database.connection"), new("database.connection_file"),
        new("grpc.listen"), new("grpc.host_names"), new("grpc.max_connections", ConfigurationExtract.Number),
        new("web.listen"), new("web.access_token_file"), new("web.max_connections", ConfigurationExtract.Number), new("web.sign_in", ConfigurationExtract.OneOf("none", "required")),
        new("web.behind_proxy", ConfigurationExtract.Flag), new("web.tls"), new("web.lock_after", ConfigurationExtract.Number), new("web.session_idle", ConfigurationExtract.Number),
        new("web.session_hours", ConfigurationExtract.Number), new("web.oidc"),
        new("retention.cron", ConfigurationExtract.Cron), new("retention.time_zone", ConfigurationExtract.Zone), new("retention.mode", ConfigurationExtract.OneOf("preview", "run")),
        new("alarms.webhook"), new("alarms.mail.host"), new("alarms.mail.port", ConfigurationExtract.Number), new("alarms.mail.tls", ConfigurationExtract.OneOf("starttls", "implicit", "none")),
        new("alarms.mail.from"), new("alarms.mail.to"), new("alarms.mail.user"), new("alarms.mail.password_file"),
        new("telemetry.otlp.endpoint"), new("telemetry.otlp.headers_file"), new("telemetry.otlp.every_seconds", ConfigurationExtract.Number),
    ];

    private static string Version { get; } =
        (typeof(HubSupport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];

    public static async Task<SupportBundle> CollectAsync(string config, TimeProvider clock, CancellationToken cancellationToken)
    {
        var bundle = new SupportBundle();
        bundle.AddProgram("calltracking-hub", Version, clock.GetUtcNow());
        bundle.Add("configuration.txt", "keys of hub.yaml; values only where they are numbers, times, zones and words of ours", await ConfigurationAsync(config, cancellationToken));
        var found = new List<Diagnosis>();
        await foreach (var one in HubExamination.RunAsync(config, clock, cancellationToken))
        {
            found.Add(one);
        }

        bundle.AddFindings(found, Speaking);
        if (found.Exists(one => one.Code == "schema" && one.Gravity == Gravity.Well) && HubYaml.Read(config, Environment.GetEnvironmentVariable).Options is { } options)
        {
            await using var database = HubDatabase.Open(options.ConnectionString, loggers: null);
            try
            {
                await AddAsync(bundle, database, clock, cancellationToken);
            }
            catch (NpgsqlException lost)
            {
                // What PostgreSQL says can quote a row: its class is enough.
                bundle.Add("left-out.txt", "that the database was lost meanwhile", [(lost as PostgresException)?.SqlState ?? lost.GetType().Name]);
            }
        }

        return bundle;
    }

    private static async Task<IReadOnlyList<string>> ConfigurationAsync(string config, CancellationToken cancellationToken)
    {
        try
        {
            return ConfigurationExtract.Of(await File.ReadAllTextAsync(config, cancellationToken), Keys);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return ["the file cannot be read"];
        }
    }

    private static async Task AddAsync(SupportBundle bundle, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellationToken)
    {
        bundle.Add("tables.json", "tables of the database: bytes and rows, about", await TablesAsync(database, cancellationToken));
        var regions = await new RegionOverviewStore(database, clock).ListAsync(CaseScope.AllRegions, cancellationToken);
        bundle.Add("regions.json", "regions by code: cases, last push, last run, certificate", regions.Select(Of));
        var policies = await new PolicyStore(database).ListAsync(cancellationToken);
        bundle.Add("policies.json", "published versions: when, which documents are ours; no text, no note, no name of who published", policies.Select(Of));
        var dictionaries = await new DictionaryStore(database).ListAsync(cancellationToken);
        bundle.Add("dictionaries.json", "versions of code tables and dictionaries, by number", dictionaries.Select(row => new { Digest = row.ETag, row.Version, row.PublishedAt, row.Entries, Kind = row.Kind.ToString() }));
        var retention = await new RetentionRunStore(database).ListAsync(Runs, cancellationToken);
        bundle.Add("retention.json", $"the last {Runs} counts and removals", retention.Select(run => new { run.PreviewedAt, run.ConfirmedAt, run.FinishedAt, run.PolicyVersion, run.PreviewCount, run.ResultCount }));
        var alarms = await new AlarmStore(database).ListAsync(Runs, cancellationToken);
        bundle.Add("alarms.json", $"the last {Runs} alarms by code and region", alarms.Select(alarm => new { alarm.Code, alarm.Region, alarm.RaisedAt, alarm.ClearedAt }));
    }

    private static async Task<List<object>> TablesAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(SelectTables);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<object>();
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Add(new { Name = reader.GetString(0), Bytes = reader.GetInt64(1), Rows = reader.GetInt64(2) });
        }

        return tables;
    }

    // Names of regions, centres and who paused stay out, and an agent's version that is none.
    private static object Of(RegionOverview region) => new
    {
        region.Code,
        region.Epoch,
        AgentVersion = System.Version.TryParse(region.AgentVersion, out var version) ? version.ToString() : null,
        region.LastPushAt,
        region.OtherAgentAt,
        region.CertificateExpiresAt,
        region.StoredCases,
        region.LateSince,
        IsPaused = region.PauseNote is not null,
        region.PausedUntil,
        LastRun = region.LastRun is not { } run ? null : new
        {
            run.FinishedAt,
            run.Closes,
            run.Agrees,
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
            Outcome = run.Report.Outcome.ToString(),
        },
    };

    private static object Of(PolicyVersion version)
    {
        var ours = PolicySet.BuiltInPacks.ToDictionary(document => document.Name, document => document.Yaml);
        return new
        {
            version.Version,
            version.PublishedAt,
            version.ValidFrom,
            version.RequiredVersion,
            PacksAsTheyCome = version.Documents.Where(document => ours.GetValueOrDefault(document.Name) == document.Yaml).Select(document => document.Name),
            PacksChanged = version.Documents.Where(document => ours.TryGetValue(document.Name, out var yaml) && yaml != document.Yaml).Select(document => document.Name),
            OtherDocuments = version.Documents.Count(document => !ours.ContainsKey(document.Name)),
        };
    }
}
