using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.Cases;

/// <summary>Who writes to the database beside the hub is found.</summary>
public sealed class CaseVerificationTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private TestHub _hub = null!;

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await _hub.PublishAsync();
        using var japan = await _hub.EnrolAsync("JP");
        await using var push = await japan.PushAsync();
        await push.PushAsync(Make.Batch(push, [.. Enumerable.Range(1, 3).Select(number => Make.Record(Make.Case("JP", number), (ulong)number))]));
        var changed = Make.Case("JP", 3);
        changed.Status = CaseStatus.Resolved;
        await push.PushAsync(Make.Batch(push, Make.Record(changed, 4, version: 2)));
    }

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [PostgresFact]
    public async Task RunAsync_CasesAsTheHubWroteThem_AllFit()
    {
        var (found, broken) = await VerifyAsync();

        Assert.Empty(broken);
        Assert.Equal(new VerifiedCases(Sealed: 3, Broken: 0, Unsealed: 0), found);
        Assert.Equal(new VerifiedCases(0, 0, 0), await _hub.Services.GetRequiredService<CaseVerification>().RunAsync(["DE"], _ => { }, default));
    }

    [PostgresTheory]
    [InlineData("description = description || '.'", "the seal does not fit")]
    [InlineData("subject = subject || '.'", "the seal does not fit")]
    [InlineData("subject = subject || description, description = ''", "the seal does not fit")]
    [InlineData("record = set_byte(record, octet_length(record) - 1, get_byte(record, octet_length(record) - 1) # 1)", "the seal does not fit")]
    [InlineData("change_hash = gen_random_uuid()", "the seal does not fit")]
    [InlineData("policy_version = policy_version + 1", "the seal does not fit")]
    [InlineData("region = 'DE'", "the seal does not fit")]
    [InlineData("sequence = sequence + 100", "the seal does not fit")]
    [InlineData("epoch = epoch + 1", "the seal does not fit")]
    [InlineData("seal = (select seal from cases other where other.sequence = 2)", "the seal does not fit")]
    [InlineData("status = 1, product_category = 'other'", "changed in the database: status, product_category")]
    public async Task RunAsync_RowChangedByHand_IsNamed(string change, string expected)
    {
        await _hub.ExecuteAsync("insert into region (code, name, centre, country, created_at) values ('DE', 'DE', 'de', 'DE', now())");
        await _hub.ExecuteAsync($"update cases set {change} where sequence = 4");

        var (found, broken) = await VerifyAsync();

        Assert.Equal(new VerifiedCases(2, 1, 0), found);
        Assert.Equal(Make.Uuid(3), Assert.Single(broken).Uid.ToGuid());
        Assert.StartsWith(expected, broken[0].What, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task RunAsync_AnyColumnThatTheRecordSaysAgainChangedByHand_IsNamed()
    {
        var changes = await _hub.DataSource.ReadTextsAsync("""
            select column_name || '=' || case data_type
                when 'text' then format('%I || %L', column_name, 'x')
                when 'ARRAY' then format('array_append(%I, %L)', column_name, 'x')
                when 'timestamp with time zone' then format('coalesce(%I, now()) + %L::interval', column_name, '1 day')
                else format('coalesce(%I, 0) + 1', column_name) end
            from information_schema.columns
            where table_schema = 'public' and table_name = 'cases' and column_name not in (
                'case_uid', 'region', 'epoch', 'sequence', 'change_hash', 'policy_version', 'record', 'subject', 'description', 'seal',
                'source_updated_at', 'received_at', 'anonymized_at')
            order by ordinal_position
            """);
        await _hub.ExecuteAsync("create table kept as select * from cases");
        Assert.InRange(changes.Count, 25, 40);

        foreach (var (column, change) in changes.Select(entry => entry.Split('=', 2)).Select(parts => (parts[0], parts[1])))
        {
            await _hub.ExecuteAsync($"update cases set {column} = {change} where sequence = 4");
            Assert.Equal($"changed in the database: {column}", Assert.Single((await VerifyAsync()).Broken).What);
            await _hub.ExecuteAsync($"update cases c set {column} = k.{column} from kept k where k.case_uid = c.case_uid");
        }
    }

    [PostgresFact]
    public async Task RunAsync_RowsFromBeforeSeals_AreCountedApart()
    {
        await _hub.ExecuteAsync("update cases set seal = null where sequence < 3");

        var (found, broken) = await VerifyAsync();

        Assert.Equal(new VerifiedCases(1, 0, 2), found);
        Assert.All(broken, one => Assert.StartsWith("it has no seal", one.What, StringComparison.Ordinal));
        Assert.Equal([Make.Uuid(1), Make.Uuid(2)], broken.Select(one => one.Uid.ToGuid()).Order());
    }

    [PostgresFact]
    public async Task RunAsync_KeyOfTheTableTaken_SaysThatCasesMayBeThereTwice()
    {
        await _hub.ExecuteAsync("alter table cases drop constraint cases_pkey");
        await _hub.ExecuteAsync("insert into cases select * from cases where sequence = 1");

        var refused = await Assert.ThrowsAsync<HubException>(VerifyAsync);

        Assert.Contains("primary key", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Tighten_RowChangedByHandBefore_IsStillNamed()
    {
        await _hub.ExecuteAsync("update cases set description = 'forged' where sequence = 4");
        await _hub.ExecuteAsync("update cases set seal = null where sequence = 1");
        await _hub.PublishAsync(("jp.yaml", "jurisdiction: jp\nparent: default\ncountries: [JP]\nrules:\n  free_text: {action: drop, at: edge}\n"));

        var run = await _hub.Services.GetRequiredService<PolicyTightening>().RunAsync(_ => { }, default);

        Assert.Equal(3, run!.Changed);
        var (found, broken) = await VerifyAsync();
        Assert.Equal(new VerifiedCases(Sealed: 1, Broken: 1, Unsealed: 1), found);
        Assert.Equal([Make.Uuid(1), Make.Uuid(3)], broken.Select(one => one.Uid.ToGuid()).Order());
    }

    [PostgresFact]
    public async Task GetAsync_KeyOfTheSealsLost_IsSaidAndNoOtherIsMade()
    {
        var options = _hub.Options with { StateDirectory = Directory.CreateTempSubdirectory("hub-state-lost-").FullName };
        using var identity = new IdentitySource(options, TimeProvider.System);

        var refused = await Assert.ThrowsAsync<HubException>(() => identity.GetAsync(default).AsTask());

        Assert.Contains("case-seal.key", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(options.StateDirectory, "case-seal.key")));
        await _hub.ExecuteAsync("update cases set seal = null");
        Assert.NotNull((await identity.GetAsync(default)).Seal);
        Directory.Delete(options.StateDirectory, recursive: true);
    }

    private async Task<(VerifiedCases Found, List<BrokenCase> Broken)> VerifyAsync()
    {
        var broken = new List<BrokenCase>();
        return (await _hub.Services.GetRequiredService<CaseVerification>().RunAsync([], broken.Add, default), broken);
    }
}
