using System.IO.Compression;
using System.Text;
using CallTracking.Contracts;
using CallTracking.Hub.Commands;
using CallTracking.Testing;
using Google.Protobuf;
using Npgsql;
using Xunit;

namespace CallTracking.Hub.Tests.Doctor;

/// <summary>What a hub gives out of hand for support holds no value that somebody wrote: values are planted wherever there is a place, and looked for in every form.</summary>
public sealed class HubSupportBundleTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private const string Name = "Brünhild Käferstein-Ozols";
    private const string Mail = "b.kaeferstein@canary-mail.example";
    private const string Secret = "canary-secret-sesame";
    private const string Words = "canary note about Ozols";
    private const string Document = "canary-law-of-ozols";
    private const string Host = "canary-host.example";
    private const string Role = "canary-role-of-ozols";
    private const string Agent = "canary-agent-version";

    private static readonly string[] All = [Name, Mail, Secret, Words, Document, Host, Role, Agent];

    private const string Law = $"""
        jurisdiction: xk
        parent: default
        countries: [XK]
        law: "{Words}"
        until: 2021-01-01
        in_force: 2020-01-01
        """;

    [PostgresFact]
    public async Task Bundle_ValuesPlantedEverywhere_HoldsNone()
    {
        await using var bench = await DoctorBench.StartAsync(postgres, ($"{Document}.yaml", Law));
        await PlantAsync(bench);
        var folder = Directory.CreateDirectory(Path.Combine(bench.Folder, Document)).FullName;
        var (config, file) = (Path.Combine(folder, "hub.yaml"), Path.Combine(folder, "support.zip"));
        await File.WriteAllTextAsync(config, Yaml(bench));

        // The planted role connects: its name and its password stand in the configuration.
        var code = await HubCommands.Build().Parse(["support-bundle", "--out", file, "--config", config]).InvokeAsync();

        Assert.Equal(HubExit.Done, code);
        var parts = Read(file);
        Assert.Equal(
            ["contents.txt", "program.json", "configuration.txt", "doctor.jsonl", "tables.json", "regions.json", "policies.json", "dictionaries.json", "retention.json", "alarms.json"], parts.Keys);
        var hits = parts.SelectMany(part => NeedleForms.Find(part.Value, All.Append(new NpgsqlConnectionStringBuilder(bench.Database.ConnectionString).Password!)).Select(hit => $"{part.Key}: {hit}"));
        Assert.Empty(hits);
        var said = Encoding.UTF8.GetString([.. parts.Values.SelectMany(bytes => bytes)]);
        Assert.Contains("database.connection: (set)", said, StringComparison.Ordinal);
        Assert.Contains("retention.mode: preview", said, StringComparison.Ordinal);
        Assert.Contains("\"other_documents\": ", said, StringComparison.Ordinal);
        Assert.Contains("law-ended", said, StringComparison.Ordinal);
        Assert.Contains("\"code\": \"DE\"", said, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [PostgresFact]
    public async Task Bundle_DatabaseAway_TellsWhatThereIsAndNoneOfTheConnection()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        var (config, file) = (Path.Combine(bench.Folder, "hub.yaml"), Path.Combine(bench.Folder, "support.zip"));
        await File.WriteAllTextAsync(config, $"country: JP\nentity: {Name}\nstate: {bench.State}\ndatabase: {{connection: \"Host={Host};Port=9;Username={Role};Password={Secret}\"}}\n");

        Assert.Equal(HubExit.Done, await HubCommands.Build().Parse(["support-bundle", "--out", file, "--config", config]).InvokeAsync());

        var parts = Read(file);
        Assert.All(parts, part => Assert.Empty(NeedleForms.Find(part.Value, All)));
        Assert.Contains("database-name-unknown", Encoding.UTF8.GetString(parts["doctor.jsonl"]), StringComparison.Ordinal);
    }

    private static string Yaml(DoctorBench bench) => $$"""
        country: JP
        entity: {{Name}}
        state: {{bench.State}}
        database: {connection: "{{bench.Database.ConnectionString}}"}
        grpc: {host_names: [{{Host}}], listen: "127.0.0.1:{{FreePort.Find()}}"}
        retention: {mode: preview}
        alarms:
          webhook: {url: "https://{{Host}}/{{Secret}}", secret_file: {{Document}}}
          mail: {host: {{Host}}, from: {{Mail}}, to: [{{Mail}}], user: {{Role}}, password_file: {{Secret}}}
        """;

    private static async Task PlantAsync(DoctorBench bench)
    {
        var report = new RunReport { Rows = 3, QuarantineReasons = { new ReasonCount { Reason = Words, Count = 3 } }, HeldReasons = { new ReasonCount { Reason = Document, Count = 1 } } };
        await bench.ExecuteAsync($$"""
            insert into region (code, name, centre, country, created_at, agent_version, last_push_at) values ('DE', '{{Name}}', '{{Words}}', 'DE', now(), '{{Agent}}', now() - interval '9 days');
            insert into region_pause (region, note, since, until) values ('DE', '{{Words}}', now(), null);
            insert into run_report (region, run_id, finished_at, closes, agrees, report, hub_count) values ('DE', gen_random_uuid(), now(), true, false, '\x{{Convert.ToHexString(report.ToByteArray())}}', '\x');
            insert into alarm (code, region, words, raised_at) values ('region-late', 'DE', '{{Words}}', now());
            insert into alarm_delivery (alarm, act, channel, attempts, next_at, answer) select id, 1, 'webhook', 2, now(), '{{Secret}}' from alarm;
            insert into audit_log (who, what, subject, detail) values ('person:{{Role}}', 'test', '{{Name}}', '{"note":"{{Words}}"}');
            insert into dictionary_version (name, version, published_at, published_by, note, entries, pages, digest, kind) values ('{{Document}}', 1, now(), '{{Name}}', '{{Words}}', 1, 0, '\x000102030405060708', 0);
            update policy_version set published_by = '{{Name}}', note = '{{Words}}';
            """);
        var planted = new Cases.PlantedCases(bench.Database.DataSource, bench.Database.ConnectionString);
        await planted.AddAsync(Cases.PlantedCases.NewCase("DE", "DE", 1));
        await bench.ExecuteAsync($"update cases set subject = '{Name} {Mail}', description = '{Words}', company = '{Document}'");
    }

    private static Dictionary<string, byte[]> Read(string file)
    {
        using var zip = ZipFile.OpenRead(file);
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(content);
            return content.ToArray();
        });
    }
}
