using System.Text.Json;
using System.Text.RegularExpressions;
using CallTracking.Contracts;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Tests.Audit;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Doctor;

/// <summary>What the hub's <c>doctor</c> says of policy, regions, alarms, retention and audit log; and how it says it.</summary>
public sealed class WorkDoctorTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private const string Ended = """
        jurisdiction: xk
        parent: default
        countries: [XK]
        law: Test law
        in_force: 2020-01-01
        until: 2021-01-01
        """;

    private const string Ending = """
        hub: {country: JP, entity: Example Holdings K.K.}
        transfers:
          - {from: [DE], to: JP, basis: adequacy, reference: "test", since: 2019-01-23, until: 2026-01-01}
        """;

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [PostgresFact]
    public async Task Doctor_HubAtWork_SaysALineForEachLookAndChangesNothing()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        await using var hub = await bench.ServeAsync();
        var before = (Kept(bench), await hub.DumpAsync("audit_log", "audit_seal"));

        var found = await bench.LookAsync();

        Assert.All(found, one => Assert.True(one.Gravity == Gravity.Well, one.ToString()));
        Assert.Equal(
            ["state", "disk", "database", "clock", "schema", "authority", "certificate", "hub", "policy", "regions", "retention", "audit"],
            found.Select(one => one.Code));
        Assert.Equal(before.Item1, Kept(bench));
        Assert.Equal(before.Item2, await hub.DumpAsync("audit_log", "audit_seal"));
    }

    // Without what the running hub writes there by itself, at any time: the last seal.
    private static List<string> Kept(DoctorBench bench) =>
        [.. Directory.GetFiles(bench.State).Where(file => !Path.GetFileName(file).StartsWith("audit-sealed", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [PostgresFact]
    public async Task Doctor_PolicyIsMissingOrWhatItRestsOnEnds_IsTold()
    {
        await using var bench = await DoctorBench.StartAsync(postgres, ("xk.yaml", Ended), ("hub.yaml", Ending));
        await bench.IsToldAsync("law-ended", HubExit.Done, "xk (until 2021-01-01)");
        await bench.IsToldAsync("transfer-ends", HubExit.Done, "DE (until 2026-01-01)");
        await bench.IsToldAsync("law-ends-soon", HubExit.Done, "xk (until 2021-01-01)", clock: new ManualClock(new DateTimeOffset(2020, 12, 15, 0, 0, 0, TimeSpan.Zero)), change: await PublishedEarlierAsync(bench));

        await bench.ExecuteAsync("update policy_version set documents = '\\x0a05ffffffffff'");
        await bench.ExecuteAsync("delete from policy_version");
        await bench.IsToldAsync("no-policy", HubExit.Failed, "every push is refused");
    }

    [PostgresFact]
    public async Task Doctor_RegionsThatAreNotAsTheyShouldBe_AreNamed()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        await bench.ExecuteAsync("""
            insert into region (code, name, centre, country, created_at, last_push_at, other_agent_at) values
              ('AA', 'A', 'a', 'AA', now(), null, null), ('BB', 'B', 'b', 'BB', now(), now() - interval '3 days', null), ('CC', 'C', 'c', 'CC', now(), now(), now()),
              ('DD', 'D', 'd', 'DD', now(), now() - interval '3 days', null), ('EE', 'E', 'e', 'EE', now(), now(), null), ('FF', 'F', 'f', 'FF', now(), now() - interval '3 days', null);
            insert into region_certificate (thumbprint, region, serial_number, issued_at, expires_at)
            select decode(md5(code), 'hex'), code, code, now(), now() + case code when 'CC' then interval '3 days' when 'EE' then interval '-1 day' else interval '1 year' end from region;
            insert into region_deadline (region, at, zone, days, holidays, reach, set_at) values ('DD', '06:00', 'UTC', 127, '{}', interval '1 hour', now() - interval '3 days');
            insert into region_pause (region, note, since, until) values ('FF', 'office moves', now() - interval '4 days', null);
            insert into alarm (code, region, words, raised_at) values ('region-late', 'DD', 'late', now());
            insert into alarm_delivery (alarm, act, channel, attempts, next_at, answer) select id, 1, 'webhook', 5, now(), 'secret-answer' from alarm;
            insert into run_report (region, run_id, finished_at, closes, agrees, report, hub_count) values ('CC', gen_random_uuid(), now(), true, false, '\x', '\x');
            """);

        Assert.Contains("AA", (await bench.IsToldAsync("region-never-pushed", HubExit.Done, "never pushed")).Text, StringComparison.Ordinal);
        await bench.IsToldAsync("region-silent", HubExit.Done, "BB pushed last on");
        await bench.IsToldAsync("region-late", HubExit.Done, "DD: its deadline has passed");
        await bench.IsToldAsync("region-certificate-ends-soon", HubExit.Done, "CC: its certificate ends");
        await bench.IsToldAsync("region-certificate-expired", HubExit.Done, "EE is shut out");
        await bench.IsToldAsync("two-agents", HubExit.Done, "CC: two agents");
        await bench.IsToldAsync("run-does-not-agree", HubExit.Done, "CC: its last run was counted otherwise here");
        await bench.IsToldAsync("alarm-no-channel", HubExit.Done, "nobody is called");
        var waiting = await bench.IsToldAsync("alarm-not-told", HubExit.Done, "webhook did not take 1 alarm, tried 5 times");
        Assert.DoesNotContain("secret-answer", waiting.ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Doctor_RetentionThatDoesNotRunOrWaits_IsTold()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        await bench.ExecuteAsync($$"""
            insert into retention_run (run_id, previewed_at, as_of, policy_version, preview, confirmed_at)
            select gen_random_uuid(), now() - make_interval(days => days), now(), 1, '[{"count": 7}]', case days when 40 then now() - interval '39 days' end
            from unnest(array[2, 6, 9, 40]) as days
            """);

        await bench.IsToldAsync("retention-late", HubExit.Done, "counted last on");
        await bench.IsToldAsync("retention-waits", HubExit.Done, "7 cases are past their time");
        await bench.IsToldAsync("retention-not-finished", HubExit.Done, "did not come to its end");

        await bench.ExecuteAsync("delete from retention_run");
        var planted = new Cases.PlantedCases(bench.Database.DataSource, bench.Database.ConnectionString);
        await planted.AddAsync(Cases.PlantedCases.NewCase("DE", "DE", 1));
        await bench.ExecuteAsync("update cases set received_at = now() - interval '3 days'");
        await bench.IsToldAsync("retention-late", HubExit.Done, "no retention was ever counted");
    }

    [PostgresFact]
    public async Task Doctor_AuditLogThatIsNotSealedOrWasChanged_IsTold()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        await bench.ExecuteAsync("insert into audit_log (who, what, subject, detail) values ('hub', 'test', '-', '{}')");
        await bench.IsToldAsync("audit-not-sealed", HubExit.Done, "are not sealed", clock: new ManualClock(Now.AddMinutes(20)));

        await using (var hub = await bench.ServeAsync())
        {
            // The running hub seals as well, and of two sealers one goes away: what counts is that no row is left.
            await AuditHub.SealAsync(hub);
            Assert.Contains(await bench.LookAsync(clock: new ManualClock(Now.AddMinutes(1))), one => one.Code == "audit" && one.Text.Contains("all as sealed", StringComparison.Ordinal));
        }

        await bench.ExecuteAsync("set session_replication_role = replica; update audit_log set who = 'person:a-1' where sequence = (select min(sequence) from audit_log)");
        await bench.IsToldAsync("audit-not-as-sealed", HubExit.Failed, "changed");
    }

    [PostgresFact]
    public async Task Doctor_AsAProgram_TellsFaultsOfTheConfigurationAndLinesForScripts()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        var folder = Directory.CreateDirectory(Path.Combine(bench.Folder, "program")).FullName;

        var told = await HubProgram.RunAsync(folder, "Host=127.0.0.1;Port=9;Username=hub;Password=canary-secret", "doctor", "--format", "jsonl");

        Assert.Equal(HubExit.Database, told.ExitCode);
        var fault = told.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).Single(one => one.GetProperty("gravity").GetString() == "fault");
        Assert.Equal("database-refuses-connection", fault.GetProperty("code").GetString());
        Assert.NotEmpty(fault.GetProperty("cure").GetString()!);
        Assert.DoesNotContain("canary-secret", told.Output + told.Error, StringComparison.Ordinal);

        var wrong = await HubProgram.RunAsync(folder, "Host=127.0.0.1;Pasword=canary-secret", "doctor");
        Assert.Equal(HubExit.Usage, wrong.ExitCode);
        Assert.Contains("configuration-wrong", wrong.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-secret", wrong.Output + wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Guide_OfCodes_ExplainsEveryOneThatTheHubsDoctorNames()
    {
        var guide = File.ReadAllText(RepositoryRoot.Path("ops", "docs", "when-something-is-wrong.md"));
        guide = guide[guide.IndexOf("## The hub", StringComparison.Ordinal)..];

        var named = Directory.GetFiles(RepositoryRoot.Path("src", "CallTracking.Hub", "Doctor"), "*.cs").Where(file => !file.Contains("Support", StringComparison.Ordinal)).Select(File.ReadAllText)
            .SelectMany(text => Regex.Matches(text, "(?<!Well\\()\"((?:[a-z]+-)+[a-z]+)\"").Select(match => match.Groups[1].Value)).Distinct().ToList();

        Assert.True(named.Count > 55, $"{named.Count} codes");
        Assert.DoesNotContain(named, one => !guide.Contains($"`{one}`", StringComparison.Ordinal));
    }

    private static async Task<Func<HubOptions, HubOptions>> PublishedEarlierAsync(DoctorBench bench)
    {
        await bench.ExecuteAsync("update policy_version set valid_from = '2019-01-01', published_at = '2019-01-01'");
        return options => options;
    }
}
