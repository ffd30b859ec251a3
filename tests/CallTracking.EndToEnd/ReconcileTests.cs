using System.Text.RegularExpressions;
using CallTracking.SampleData;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.EndToEnd;

/// <summary>Somebody writes to headquarters' database beside the hub; the region finds it and heals it, by the real programs.</summary>
public sealed partial class ReconcileTests
{
    private const int Cases = 1_500;
    private static readonly SampleOptions Night = new(Cases, Seed: 11, World.AsOf) { Span = TimeSpan.FromDays(200) };

    [PostgresFact]
    public async Task Reconcile_SevenDeletedOneErasedOneAltered_HealsEightAndLeavesTheErased()
    {
        await using var world = await StartAsync();
        var region = world.Installation.Regions["DE"];
        var (whole, open) = (await world.StoredDigestAsync(), await OpenAsync(world));
        var equal = await region.RunAsync("reconcile");
        var damage = await DeleteAsync(world, 7);
        var erased = (await NamesAsync(world, "select case_uid::text from cases order by case_uid desc limit 1"))[0];
        await world.CountAsync($"with gone as (delete from cases where case_uid = '{erased}' returning *) insert into removed_case select case_uid, region, now(), 'erased', epoch, sequence from gone; select 1");
        var altered = (await NamesAsync(world, "select case_uid::text from cases order by case_uid limit 1"))[0];
        await world.CountAsync($"update cases set subject = 'forged', status = 1, epoch = 99, source_updated_at = '2999-01-01' where case_uid = '{altered}'; select 1");

        var healed = await region.RunAsync("reconcile");
        var again = await region.RunAsync("reconcile");

        Assert.Contains("7 missing, 1 altered, 0 of another version", healed.Output, StringComparison.Ordinal);
        Assert.Contains("healed 8 of 8", healed.Output, StringComparison.Ordinal);
        Assert.Equal(damage.Append(altered).Select(uid => uid.Replace("-", "", StringComparison.Ordinal)).Order(), Uid().Matches(healed.Output).Select(match => match.Value).Order());
        Assert.Contains("1 case found lawfully absent", healed.Output, StringComparison.Ordinal);
        Assert.Matches("sent  +8 cases", healed.Output);
        Assert.Equal((Cases - 1, 0L), (await world.CountAsync("select count(*) from cases"), await world.CountAsync($"select count(*) from cases where case_uid = '{erased}'")));
        Assert.Equal($"compared with the hub: {Cases:N0} cases, all equal", equal.Output.Trim());
        Assert.Equal($"compared with the hub: {Cases - 1:N0} cases, all equal", again.Output.Trim());
        await world.CountAsync($"delete from removed_case where case_uid = '{erased}'; select 1");
        Assert.Equal(open, await OpenAsync(world));
        Assert.Equal(0, await world.CountAsync("select count(*) from cases where subject = 'forged'"));
        Assert.NotEqual(0, whole);
        await world.Installation.RunHubCommandAsync("cases", "verify");
    }

    [PostgresFact]
    public async Task Sync_RowsDeletedByHand_AreHealedByTheSameNightUnlessOnDemand()
    {
        await using var world = await StartAsync();
        var region = world.Installation.Regions["DE"];
        await DeleteAsync(world, 7);
        var settings = await File.ReadAllTextAsync(region.Configuration);

        await File.WriteAllTextAsync(region.Configuration, "reconcile: on-demand\n" + settings);
        var left = await region.SyncAsync();
        var without = await world.CountAsync("select count(*) from cases");
        await File.WriteAllTextAsync(region.Configuration, settings);
        var healed = await region.SyncAsync();
        var after = await region.SyncAsync();

        Assert.Equal((0, 0, 0), (left.Program.ExitCode, healed.Program.ExitCode, after.Program.ExitCode));
        Assert.DoesNotContain("compared", left.Program.All, StringComparison.Ordinal);
        Assert.Contains("healed 7 of 7", healed.Program.Output, StringComparison.Ordinal);
        Assert.Contains("all equal", after.Program.Output, StringComparison.Ordinal);
        Assert.Equal((Cases - 7L, (long)Cases, 0UL), (without, await world.CountAsync("select count(*) from cases"), after.Report!.SentCases));
        Assert.Equal(await world.CountAsync("select count(*) from cases where status between 1 and 4"), await OpenAsync(world));
    }

    [PostgresFact]
    public async Task Reconcile_LedgerWipedAndOldCasesOnlyAtTheHub_DeletesNothingAndSaysSo()
    {
        await using var world = await StartAsync();
        var region = world.Installation.Regions["DE"];
        var before = await world.StoredDigestAsync();
        foreach (var file in Directory.EnumerateFiles(region.State, "ledger.db*"))
        {
            File.Delete(file);
        }

        await world.WriteNightAsync(SampleRegion.De, Night with { Cases = 400 });
        var first = await region.TryRunAsync("reconcile");
        var second = await region.RunAsync("reconcile");

        Assert.Equal(0, first.ExitCode);
        Assert.Contains($"{Cases - 400:N0} cases only at the hub", first.Output, StringComparison.Ordinal);
        Assert.Equal((before, (long)Cases), (await world.StoredDigestAsync(), await world.CountAsync("select count(*) from cases")));
        Assert.Equal($"compared with the hub: {Cases:N0} cases, all equal", second.Output.Trim());
    }

    [PostgresFact]
    public async Task Reconcile_KilledAgainAndAgain_HealsInTheEndAndDoublesNothing()
    {
        await using var world = await StartAsync();
        var region = world.Installation.Regions["DE"];
        var whole = await world.StoredDigestAsync();
        await DeleteAsync(world, 300);
        var random = new Random(20261127);
        for (var round = 0; round < 6; round++)
        {
            await using var run = ProgramRun.Start(PublishedProgram.Agent, ["reconcile", "--config", region.Configuration], region.Environment);
            await Task.WhenAny(run.WaitForExitAsync(TimeSpan.FromMinutes(2)), Task.Delay(random.Next(400, 2_500)));
            run.Kill();
        }

        await region.RunAsync("reconcile");
        var last = await region.RunAsync("reconcile");

        Assert.Contains("all equal", last.Output, StringComparison.Ordinal);
        Assert.Equal((whole, (long)Cases), (await world.StoredDigestAsync(), await world.CountAsync("select count(*) from cases")));
        Assert.Equal(await world.CountAsync("select count(*) from cases where status between 1 and 4"), await OpenAsync(world));
        Assert.Equal(0, await world.CountAsync("select count(*) from removed_case"));
    }

    [PostgresFact]
    public async Task Reconcile_DeletedThatNoSourceHoldsAnyMore_IsNamedAndNotHealed()
    {
        await using var world = await StartAsync();
        var region = world.Installation.Regions["DE"];
        await DeleteAsync(world, 1_400);
        await world.WriteNightAsync(SampleRegion.De, Night with { Cases = 1 });

        var result = await region.TryRunAsync("reconcile");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("not healed: no source holds them any more", result.Output, StringComparison.Ordinal);
        Assert.Contains("1,380 more", result.Output, StringComparison.Ordinal);
    }

    private static async Task<World> StartAsync()
    {
        var world = await World.StartAsync((await PostgresServer.SharedAsync()).ConnectionString, World.Sample(SampleRegion.De));
        await world.WriteNightAsync(SampleRegion.De, Night);
        var first = await world.Installation.Regions["DE"].SyncAsync();
        Assert.True(first.Program.ExitCode == 0, first.Program.All);
        Assert.Equal(Cases, await world.CountAsync("select count(*) from cases"));
        return world;
    }

    private static async Task<List<string>> DeleteAsync(World world, int cases)
    {
        var names = await NamesAsync(world, $"select case_uid::text from cases order by md5(case_uid::text) limit {cases}");
        await world.CountAsync($"delete from cases where case_uid = any('{{{string.Join(',', names)}}}'::uuid[]); select 1");
        return names;
    }

    private static async Task<List<string>> NamesAsync(World world, string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(world.Installation.Database + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Texts of this project's tests.
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static Task<long> OpenAsync(World world) => world.CountAsync("select sum(backlog_delta) from case_events");

    [GeneratedRegex("\\b[0-9a-f]{32}\\b")]
    private static partial Regex Uid();
}
