using CallTracking.Contracts;
using CallTracking.Hub.Storage;
using CallTracking.Hub.Tests.Cases;
using CallTracking.Privacy;
using CallTracking.Testing;
using Npgsql;
using Xunit;

namespace CallTracking.Hub.Tests.Policies;

/// <summary>What is stored follows the rules: tighter ones are applied to it, also over a kill, looser ones have the regions asked.</summary>
public sealed class TighteningTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private const string Transfers = """
        hub: {country: JP, entity: Example Holdings}
        transfers:
          - {from: [DE], to: JP, basis: adequacy, reference: "test", since: 2019-01-23}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ct-tighten-");
    private PlantedCases _planted = null!;

    public async Task InitializeAsync()
    {
        _planted = await PlantedCases.CreateAsync(postgres);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "policies"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "hub.yaml"), "country: JP\nentity: Example Holdings\n");
        await _planted.RunAsync("insert into region (code, name, centre, country, created_at) values ('DE', 'DE', 'de', 'DE', now())");
        Draft("hub.yaml", Transfers);
        var key = new byte[CaseSeal.KeyBytes];
        var state = Directory.CreateDirectory(Path.Combine(_folder.FullName, "state"));
        await File.WriteAllTextAsync(Path.Combine(state.FullName, "case-seal.key"), Convert.ToBase64String(key));
        _planted.Seal = new CaseSeal(key);
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [PostgresFact]
    public async Task Tighten_KilledInTheMiddle_GoesOnWhereItStoppedAndCountsEachCaseOnce()
    {
        const int Planted = 1500;
        await PublishAsync("gender: {action: keep}");
        await PlantAsync(Planted);
        await PublishAsync("gender: {action: drop, at: hub}\n  postcode: {action: generalize, at: edge, to: \"prefix:1\"}");

        // A case of the middle is held by another transaction, so that the run cannot get past it before it is killed.
        await using (var holder = await _planted.DataSource.OpenConnectionAsync())
        await using (var held = await holder.BeginTransactionAsync())
        {
            await using var hold = new NpgsqlCommand("select 1 from cases where case_uid = (select case_uid from cases order by 1 offset 700 limit 1) for update", holder, held);
            await hold.ExecuteNonQueryAsync();
            await using var killed = Start("policy", "tighten");
            while (await _planted.ScalarAsync<long>("select coalesce(max(looked), 0)::bigint from policy_tightening") == 0)
            {
                Assert.False(killed.HasExited);
                await Task.Delay(1);
            }

            killed.Kill();
        }

        while (await _planted.ScalarAsync<bool>("select exists (select from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and d.datname = current_database())"))
        {
            await Task.Delay(10); // The server finds out that its client is gone when it answers it.
        }

        Assert.InRange(await _planted.ScalarAsync<long>("select looked from policy_tightening"), 1, Planted - 1);
        Assert.Contains("going on", (await EndAsync("policy", "status")).Output, StringComparison.Ordinal);
        Assert.Contains("1,500 of 1,500 looked at, 1,500 tightened, done", (await EndAsync("policy", "tighten")).Output, StringComparison.Ordinal);

        var status = (await EndAsync("policy", "status")).Output;
        Assert.Contains("gender drop: 1,500 values", status, StringComparison.Ordinal);
        Assert.Contains("postcode generalize: 1,500 values", status, StringComparison.Ordinal);
        var stored = await StoredAsync();
        Assert.All(stored, @case =>
        {
            Assert.Null(@case.Customer.Gender);
            Assert.Equal("0", @case.Customer.Addresses[0].Postcode.Generalized);
            Assert.Equal("It gets warm.", @case.Description.Masked);
            Assert.Equal("2", Assert.Single(@case.Redactions).PolicyVersion);
        });
        Assert.Empty(await DatabaseSearch.FindAsync(_planted.ConnectionString, ["QQFEMALEQQ"]));
        Assert.Contains("1,500 cases: 1,500 as written, 0 not, 0 without a seal", (await EndAsync("cases", "verify")).Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Tighten_RuleOfTheHubBecameLooser_AsksTheRegionForItsCases()
    {
        await PublishAsync("gender: {action: drop, at: hub}");
        await PlantAsync(4);
        await _planted.RunAsync("update cases set anonymized_at = now() where sequence = 4");
        await PublishAsync("gender: {action: keep}");

        var done = await EndAsync("policy", "tighten");

        Assert.Contains("0 of 0 looked at, 0 tightened, done", done.Output, StringComparison.Ordinal);
        Assert.Contains("Asked for again: 3.", done.Output, StringComparison.Ordinal);
        var task = RegionTask.Parser.ParseFrom(await _planted.ScalarAsync<byte[]>("select body from region_task"));
        Assert.Equal((3, "policy-loosened"), (task.SendAgain.CaseUids.Count, task.SendAgain.Reason));
        await EndAsync("policy", "tighten");
        Assert.Equal(1, await _planted.ScalarAsync<long>("select count(*) from region_task"));
    }

    [PostgresFact]
    public async Task Tighten_LoosenedBeforeTheRegionHeardOfTheTighterRule_AsksForWhatWasTightenedHere()
    {
        const string Loose = "postcode: {action: generalize, at: edge, to: \"prefix:2\"}";
        await PublishAsync(Loose);
        await PlantAsync(3);
        await _planted.RunAsync("update cases set received_at = now()");
        await PublishAsync("postcode: {action: generalize, at: edge, to: \"prefix:1\"}");
        await EndAsync("policy", "tighten");
        await PlantAsync(2);
        await _planted.RunAsync("update cases set received_at = now() where sequence > 3");
        await PublishAsync(Loose);

        // The two that came under the tighter rule the region sends again by itself; of the three it knows no other form than the loose one.
        Assert.EndsWith("Asked for again: 3.", (await EndAsync("policy", "tighten")).Output.TrimEnd(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Tighten_Done_LeavesNoTextInThePlannersStatistics()
    {
        const string Quoted = "select count(*) from pg_stats where tablename = 'cases' and attname = 'description' and coalesce(most_common_vals::text, '') || coalesce(histogram_bounds::text, '') like '%gets warm%'";
        await PublishAsync("free_text: {action: detect, at: edge}");
        await PlantAsync(40);
        await _planted.RunAsync("analyze cases");
        Assert.Equal(1, await _planted.ScalarAsync<long>(Quoted));
        await PublishAsync("free_text: {action: drop, at: edge}");

        await EndAsync("policy", "tighten");

        Assert.Equal(0, await _planted.ScalarAsync<long>(Quoted));
    }

    [PostgresFact]
    public async Task Tighten_LawThatCameIntoForce_IsAppliedToWhatWasThereBefore()
    {
        await PublishAsync("gender:\n    - {action: keep, until: 2026-02-01}\n    - {action: drop, at: hub, from: 2026-02-01}");
        await PlantAsync(3);
        await _planted.RunAsync("update cases set received_at = case sequence when 3 then timestamptz '2026-02-01 00:00Z' else timestamptz '2026-01-31 23:59:59Z' end");

        Assert.Contains("2 of 2 looked at, 2 tightened, done", (await EndAsync("policy", "tighten")).Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Tighten_VersionThatNobodyKnowsAnyMore_CountsAsOneThatAskedForLess()
    {
        await PublishAsync("gender: {action: drop, at: hub}");
        await PlantAsync(2);
        await _planted.RunAsync("update cases set policy_version = 77, seal = null");

        Assert.Contains("2 of 2 looked at, 2 tightened, done", (await EndAsync("policy", "tighten")).Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Tighten_RuleOfTheEdgeBecameLooser_LeavesTheRegionToSendItsCasesByItself()
    {
        await PublishAsync("gender: {action: drop, at: edge}");
        await PlantAsync(3);
        await _planted.RunAsync("update cases set received_at = now()");
        await PublishAsync("gender: {action: mask, at: edge}");

        Assert.Contains("Asked for again: 0.", (await EndAsync("policy", "tighten")).Output, StringComparison.Ordinal);
        Assert.Contains("Region DE has still to send 3 cases in their new form.", (await EndAsync("policy", "status")).Output, StringComparison.Ordinal);
        Assert.Equal(0, await _planted.ScalarAsync<long>("select count(*) from region_task"));
    }

    [PostgresFact]
    public async Task Tighten_NothingTighter_LeavesEveryRowAsItIs()
    {
        await PublishAsync("gender: {action: keep}");
        await PlantAsync(2);
        await PublishAsync("gender: {action: keep, article: \"another\"}");
        var before = await _planted.ScalarAsync<string>("select string_agg(c::text, '' order by case_uid) from cases c");

        await EndAsync("policy", "tighten");

        Assert.Equal(before, await _planted.ScalarAsync<string>("select string_agg(c::text, '' order by case_uid) from cases c"));
    }

    [PostgresFact]
    public async Task Tighten_Done_LeavesNoOldRowsAndRewrittenNothingInTheFilesOfTheTable()
    {
        await PublishAsync("gender: {action: keep}");
        await PlantAsync(300);
        Assert.True(await InFilesAsync());
        await PublishAsync("gender: {action: drop, at: hub}");

        await EndAsync("policy", "tighten");
        Assert.True(await _planted.ScalarAsync<bool>("select pg_stat_get_vacuum_count('cases'::regclass) > 0 or pg_sleep(2) is null and pg_stat_get_vacuum_count('cases'::regclass) > 0"));
        Assert.Contains("written anew", (await EndAsync("policy", "tighten", "--rewrite")).Output, StringComparison.Ordinal);

        Assert.False(await InFilesAsync());
    }

    private async Task<bool> InFilesAsync()
    {
        await _planted.RunAsync("checkpoint");
        return await _planted.ScalarAsync<bool>("select position('QQFEMALEQQ'::bytea in pg_read_binary_file(pg_relation_filepath('cases'))) > 0");
    }

    private async Task PlantAsync(int count)
    {
        _planted.PolicyVersion = await _planted.ScalarAsync<long>("select max(version) from policy_version");
        for (var number = 0; number < count; number++)
        {
            var @case = PlantedCases.NewCase("DE", "DE", 1);
            @case.Customer = new Customer
            {
                Gender = new PersonalText { Clear = "QQFEMALEQQ" },
                Addresses = { new PostalAddress { Postcode = new PersonalText { Generalized = "04" } } },
            };
            await _planted.AddAsync(@case);
        }
    }

    private async Task<IReadOnlyList<Case>> StoredAsync()
    {
        var stored = new List<Case>();
        await using var command = _planted.DataSource.CreateCommand("select record, subject, description from cases");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            stored.Add(CaseLayout.Join(reader.GetFieldValue<byte[]>(0), new CaseTexts(reader.GetString(1), reader.GetString(2))));
        }

        return stored;
    }

    private async Task PublishAsync(string rules)
    {
        Draft("de.yaml", $"jurisdiction: de\nparent: default\ncountries: [DE]\nrules:\n  {rules}\n");
        var eea = PolicySet.BuiltInPacks.Single(pack => pack.Name == "eea.yaml").Yaml.Replace("DE, GR", "GR", StringComparison.Ordinal);
        Draft("eea.yaml", eea);
        await EndAsync("policy", "publish", "--note", "test", "--by", "test");
    }

    private void Draft(string name, string yaml) => File.WriteAllText(Path.Combine(_folder.FullName, "policies", name), yaml);

    private async Task<ProgramResult> EndAsync(params string[] arguments)
    {
        await using var run = Start(arguments);
        var result = await run.WaitForExitAsync(Patience);
        Assert.True(result.ExitCode == 0, result.All);
        return result;
    }

    private ProgramRun Start(params string[] arguments) =>
        HubProgram.Start(Path.Combine(_folder.FullName, "hub.yaml"), _planted.ConnectionString, arguments);
}
