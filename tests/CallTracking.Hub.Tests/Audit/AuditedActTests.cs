using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Commands;
using CallTracking.Hub.People;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Hub.Tests.People;
using CallTracking.Hub.Tests.Transfer;
using CallTracking.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace CallTracking.Hub.Tests.Audit;

/// <summary>
/// Every command, route and method has an entry here that says which rows it leaves in the audit log, and leaves just these; and every file that writes
/// to the database writes rows, or says here why it has none.
/// </summary>
public sealed partial class AuditedActTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IDisposable
{
    private const string NewPassword = "another horse battery";

    /// <summary>Commands with what they leave, in an order in which each can be run; FOLDER, TOKEN, RUN, UID and TRANSFER are filled in.</summary>
    private static readonly (string Command, string Arguments, string[] Codes)[] Acts =
    [
        ("migrate", "", []),
        ("region add", "DE --country DE --token", [AuditCode.RegionAdded, AuditCode.RegionTokenIssued]),
        ("region token", "DE", [AuditCode.RegionTokenIssued]),
        ("region send-again", "DE", [AuditCode.TaskIssued]),
        ("region deadline", "DE --at 06:00 --zone Europe/Berlin", [AuditCode.RegionDeadlineSet]),
        ("region deadline", "DE --none", [AuditCode.RegionDeadlineRemoved]),
        ("region revoke", "DE", [AuditCode.RegionRevoked]),
        ("policy publish", "--note why", [AuditCode.PolicyPublished]),
        ("policy law review", "DE --by counsel --note fine", [AuditCode.LawReviewed]),
        ("policy tighten", "--rewrite", [AuditCode.PolicyTightened, AuditCode.StorageRewritten]),
        ("dictionary import", "FOLDER/colours.csv --note why", [AuditCode.DictionaryPublished]),
        ("dictionary push", "colours --all", [AuditCode.TaskIssued]),
        ("dictionary import", "--starter --note why", [AuditCode.DictionaryPublished]),
        ("dictionary retire", "hazards --note why", [AuditCode.DictionaryPublished]),
        ("retention preview", "", [AuditCode.RetentionPreviewed]),
        ("retention run", "--confirm RUN", [AuditCode.RetentionConfirmed, AuditCode.RetentionFinished]),
        ("account add", "zoe --role analyst --password-file FOLDER/password", [AuditCode.AccountAdded]),
        ("account role", "zoe --role auditor", [AuditCode.AccountRole]),
        ("account password", "zoe --password-file FOLDER/password", [AuditCode.AccountUnlocked, AuditCode.AccountPassword]),
        ("account disable", "zoe", [AuditCode.AccountDisabled]),
        ("account enable", "zoe", [AuditCode.AccountEnabled]),
        ("account unlock", "zoe", [AuditCode.AccountUnlocked]),
        ("token add", "--name portal --role analyst", [AuditCode.TokenAdded]),
        ("token revoke", "TOKEN", [AuditCode.TokenRevoked]),
        ("cases query", "", [AuditCode.CasesRead]),
        ("cases backlog", "--from 2026-01-01 --until 2026-01-02", [AuditCode.CasesRead]),
        ("cases show", "UID", [AuditCode.CasesRead]),
        ("cases explain", "UID", [AuditCode.CasesRead]),
        ("proof", "--out FOLDER/proof.json", [AuditCode.ProofMade]),
        ("import-batches", "TRANSFER --receipts FOLDER", [AuditCode.TransferImported]),
        ("audit list", "", [AuditCode.AuditRead]),
        ("audit accept", "--note why", [AuditCode.AuditAccepted]),
    ];

    /// <summary>Commands that change nothing and show no case. 'serve' is a hub that starts: see below. Seals stand beside the log.</summary>
    private static readonly string[] Looks =
    [
        "serve", "region list", "policy list", "policy validate", "policy show", "policy diff", "policy test", "policy status", "policy law list", "policy law show", "policy law diff",
        "dictionary list", "dictionary show", "dictionary export", "dictionary regions", "cases verify", "retention list", "account list", "token list", "proof verify", "audit verify", "audit seal",
        "alarm list", "alarm test", "keys lock", "keys unlock", "doctor", "support-bundle", "transfer key",
    ];

    /// <summary>Files with writing statements whose acts leave no row of their own, and why.</summary>
    private static readonly Dictionary<string, string> Unaudited = new()
    {
        ["Alarms/AlarmStore.cs"] = "what the hub itself raised and told; it stands there with its times",
        ["Ingest/BatchWriter.Sql.cs"] = "a region's own cases: receipts and run reports say what came",
        ["Ingest/EpochStore.cs"] = "the order of a region's pushes",
        ["Ingest/RunStore.cs"] = "a region's own report, kept as it came",
        ["Reconciliation/RangeStore.cs"] = "makes void what was changed by hand, so that the region's version comes back",
        ["Policies/TighteningRun.cs"] = "a count; PolicyTightening writes the row of its end",
        ["Retention/RetentionStore.cs"] = "the statements of a batch; RetentionRuns writes its row",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("ct-acts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Commands_All_HaveAnEntry() =>
        Assert.Equal(Leaves(HubCommands.Build(), "").Order(StringComparer.Ordinal), Acts.Select(act => act.Command).Concat(Looks).Distinct().Order(StringComparer.Ordinal));

    [PostgresFact]
    public async Task Commands_ThatAct_LeaveTheirRowsByTheSystemsUser()
    {
        var database = await postgres.CreateMigratedAsync();
        var planted = new Cases.PlantedCases(database.DataSource, database.ConnectionString);
        var uid = await planted.AddAsync(Cases.PlantedCases.NewCase("DE", "DE", 1));
        await File.WriteAllTextAsync(Path.Combine(_folder, "hub.yaml"), $"country: JP\nentity: Example Holdings\ndatabase: {{connection: \"{database.ConnectionString}\"}}\n");
        Directory.CreateDirectory(Path.Combine(_folder, "policies"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "colours.csv"), "code,parent,label.en\nred,,Red\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "password"), NewPassword + "\n");
        var differences = new List<string>();
        foreach (var (command, arguments, codes) in Acts)
        {
            if (arguments.Contains("TRANSFER", StringComparison.Ordinal))
            {
                await TransferKit.WriteAsync(Path.Combine(_folder, "DE.ct"), "DE", Path.Combine(_folder, "hub.yaml"), database.DataSource);
            }

            var before = await LastAsync(database.DataSource);
            var filled = arguments
                .Replace("TRANSFER", Path.Combine(_folder, "DE.ct"), StringComparison.Ordinal)
                .Replace("FOLDER", _folder, StringComparison.Ordinal).Replace("UID", uid.ToString(), StringComparison.Ordinal)
                .Replace("TOKEN", await SubjectAsync(database.DataSource, AuditCode.TokenAdded), StringComparison.Ordinal)
                .Replace("RUN", await SubjectAsync(database.DataSource, AuditCode.RetentionPreviewed), StringComparison.Ordinal);

            var exit = await HubCommands.Build().Parse($"{command} {filled} --config {_folder}/hub.yaml").InvokeAsync();

            var rows = await RowsAsync(database.DataSource, before);
            if (exit != 0 || !rows.Select(row => row.What).SequenceEqual(codes) || rows.Any(row => row.Who != $"command:{Environment.UserName}"))
            {
                differences.Add($"{command} {filled}: exit {exit}, {string.Join(", ", rows.Select(row => $"{row.What} by {row.Who}"))}; expected {string.Join(", ", codes)}");
            }
        }

        Assert.Empty(differences);
        Assert.DoesNotContain(NewPassword, await DumpAsync(database.DataSource), StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_ThatWriteToTheDatabase_WriteRowsOrSayWhyNot()
    {
        var folder = RepositoryRoot.Path("src", "CallTracking.Hub");
        var writing = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(folder, file).Replace('\\', '/'), Text: File.ReadAllText(file)))
            .Where(file => !file.Name.StartsWith("obj/", StringComparison.Ordinal) && !file.Name.StartsWith("bin/", StringComparison.Ordinal) && Writing().IsMatch(file.Text))
            .ToList();

        Assert.InRange(writing.Count, 15, 100);
        Assert.Equal(
            Unaudited.Keys.Order(StringComparer.Ordinal),
            writing.Where(file => !file.Text.Contains("AuditEntry.Of(", StringComparison.Ordinal) && !file.Name.StartsWith("Audit/", StringComparison.Ordinal)).Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [PostgresFact]
    public async Task Routes_All_LeaveWhatTheTableSays()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        var expected = new Dictionary<string, (string Address, string[] Codes)>
        {
            ["GET /"] = ("/", []),
            ["GET /healthz"] = ("/healthz", []),
            ["GET /sign-in"] = ("/sign-in", []),
            ["POST /sign-in"] = ("", [AuditCode.SignedIn]),
            ["POST /sign-out"] = ("", [AuditCode.SignedOut]),
            ["GET /assets/{name}"] = ("/assets/hub.css", []),
            ["GET /api/v1/regions"] = ("/api/v1/regions", []),
            ["GET /api/v1/counts"] = ("/api/v1/counts?by=region&model=Zoe", [AuditCode.CasesRead]),
            ["GET /api/v1/backlog"] = ("/api/v1/backlog?from=2026-01-01&until=2026-01-03", [AuditCode.CasesRead]),
            ["GET /api/v1/cases"] = ("/api/v1/cases?region=JP&all=true&format=csv", [AuditCode.CasesRead]),
            ["GET /api/v1/cases/{uid}"] = ($"/api/v1/cases/{people.Japanese}", [AuditCode.CasesRead]),
            ["GET /api/v1/audit"] = ("/api/v1/audit", [AuditCode.AuditRead]),
        };
        var routes = people.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<DoorSign>() is not null)
            .Select(route => $"{route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single()} {route.RoutePattern.RawText}");
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), routes.Order(StringComparer.Ordinal));
        var (id, token) = await people.AddTokenAsync(Role.Legal);
        var account = await people.AddAccountAsync("zoe");
        foreach (var (route, (address, codes)) in expected.Where(entry => entry.Value.Address.Length > 0))
        {
            var before = await LastAsync(people.Hub.DataSource);
            await people.ReadAsync(address, token);
            var rows = await RowsAsync(people.Hub.DataSource, before);
            Assert.Equal((route, string.Join(", ", codes)), (route, string.Join(", ", rows.Select(row => row.What))));
            Assert.All(rows, row => Assert.Equal($"person:{id}", row.Who));
        }

        await SignInsAsync(people, account);
        var looks = (await RowsAsync(people.Hub.DataSource, 0)).Where(row => row.What == AuditCode.CasesRead).ToList();
        Assert.Contains(looks, row => row is { Subject: "", Detail: """{"cases":1,"filters":["region=JP"],"way":"GET /api/v1/cases"}""" });
        Assert.Contains(looks, row => row.Subject == people.Japanese.ToString() && row.Detail == """{"cases":1,"way":"GET /api/v1/cases/{uid}"}""");
        Assert.Contains(looks, row => row.Detail == """{"cases":0,"filters":["model"],"way":"GET /api/v1/counts"}""");
    }

    [PostgresFact]
    public async Task Grpc_EnrolmentRenewalAndQuestions_LeaveTheirRowsByTheRegion()
    {
        await using var hub = await Kit.TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        var started = await RowsAsync(hub.DataSource, 0);
        using var japan = await hub.EnrolAsync("JP");
        var before = await LastAsync(hub.DataSource);
        await japan.CallAsync<ListCasesRequest, ListCasesResponse>(QueryReflection.Descriptor, "ListCases", new ListCasesRequest { Filter = new CaseFilter { Countries = { "JP", "Zoe Example, Tokyo" } } });
        await japan.CallAsync<CountCasesRequest, CountCasesResponse>(QueryReflection.Descriptor, "CountCases", new CountCasesRequest { By = { CountBy.Region } });
        await japan.CallAsync<GetBacklogRequest, GetBacklogResponse>(QueryReflection.Descriptor, "GetBacklog", new GetBacklogRequest
        {
            From = new() { Seconds = 1_700_000_000 },
            Until = new() { Seconds = 1_700_000_000 },
        });
        await Assert.ThrowsAsync<Rpc.RpcException>(() => japan.CallAsync<GetCaseRequest, StoredCase>(QueryReflection.Descriptor, "GetCase", new GetCaseRequest { CaseUid = Kit.Make.Id(9) }));
        var asked = await RowsAsync(hub.DataSource, before);
        var token = await hub.IssueTokenAsync(RegionCode.Parse("JP"));
        await hub.RedeemAsync(token);
        await Assert.ThrowsAsync<Rpc.RpcException>(() => hub.RedeemAsync(token));

        Assert.Equal(
            [AuditCode.KeyInUse, AuditCode.KeyInUse, AuditCode.KeyInUse, AuditCode.HubStarted], started.Where(row => row.What != AuditCode.SchemaMigrated).Select(row => row.What));
        Assert.All(asked, row => Assert.Equal(("region:JP", AuditCode.CasesRead), (row.Who, row.What)));
        Assert.Equal(4, asked.Count);
        Assert.Equal("""{"cases":0,"filters":["country=JP","country=other"],"way":"QueryService/ListCases"}""", asked[0].Detail);
        var last = await RowsAsync(hub.DataSource, before);
        Assert.Equal([AuditCode.RegionTokenIssued, AuditCode.RegionEnrolled, AuditCode.RegionEnrolmentRefused], last.Skip(4).Select(row => row.What));
        Assert.Equal(AuditActor.Nobody, last[^1].Who);
    }

    // The table's two without an address: in with a wrong password until it is locked, in with the right one, out.
    private static async Task SignInsAsync(PeopleHub people, string account)
    {
        var before = await LastAsync(people.Hub.DataSource);
        using var wrong = people.OpenBrowser();
        Assert.False(await wrong.CanSignInAsync("nobody-here", "a password that was typed wrongly"));
        using var browser = people.OpenBrowser();
        Assert.True(await browser.CanSignInAsync("zoe", PeopleHub.Password));
        var rows = await RowsAsync(people.Hub.DataSource, before);
        Assert.Equal([(AuditCode.SignInRefused, "none"), (AuditCode.SignedIn, account)], rows.Select(row => (row.What, row.Subject)));
        Assert.Equal("""{"why":"wrong"}""", rows[0].Detail);
        for (var attempt = 0; attempt < 30; attempt++)
        {
            await wrong.CanSignInAsync("zoe", "a password that was typed wrongly");
        }

        var locked = await RowsAsync(people.Hub.DataSource, before);
        Assert.Single(locked, row => row.What == AuditCode.SignInLocked && row.Subject == account);
        Assert.Contains(locked, row => row is { What: AuditCode.SignInRefused, Detail: """{"why":"locked"}""" } && row.Subject == account);
        Assert.DoesNotContain("typed", await DumpAsync(people.Hub.DataSource), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Leaves(Command command, string path) => command.Subcommands.SelectMany(below => Leaves(below, $"{path} {below.Name}".Trim()))
        .Concat(command.Action is not null && path.Length > 0 ? [path] : []);

    private static async Task<long> LastAsync(NpgsqlDataSource dataSource)
    {
        await using var command = dataSource.CreateCommand("select coalesce(max(sequence), 0) from audit_log");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> SubjectAsync(NpgsqlDataSource dataSource, string what)
    {
        await using var command = dataSource.CreateCommand("select coalesce((select subject from audit_log where what = $1 order by sequence desc limit 1), '')");
        command.Parameters.AddWithValue(what);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<IReadOnlyList<AuditRow>> RowsAsync(NpgsqlDataSource dataSource, long after) =>
        [.. (await new AuditLogStore(dataSource).ListAsync(new AuditQuestion(null, null, null, null, null, int.MaxValue), default)).Where(row => row.Sequence > after).Reverse()];

    private static async Task<string> DumpAsync(NpgsqlDataSource dataSource) =>
        string.Join('\n', (await RowsAsync(dataSource, 0)).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Sequence} {row.Who} {row.What} {row.Subject} {row.Detail}")));

    [GeneratedRegex(@"\b(insert into|delete from|update) [a-z_]+ ?(\(|set|where|as|[a-z] set|$)", RegexOptions.Multiline)]
    private static partial Regex Writing();
}
