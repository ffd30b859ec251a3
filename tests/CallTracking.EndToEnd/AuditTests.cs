using CallTracking.SampleData;
using CallTracking.Testing;
using Npgsql;
using Xunit;

namespace CallTracking.EndToEnd;

/// <summary>Headquarters puts an older database back: its regions see that its audit log is not the one that they kept, and deliver all the same.</summary>
public sealed class AuditTests
{
    private static readonly SampleOptions Night = new(200, Seed: 5, World.AsOf.AddDays(-30)) { ChangeRate = 0.5, NewRate = 0.1, Span = TimeSpan.FromDays(200) };

    [PostgresFact]
    public async Task Sync_HubWithAnOlderDatabase_RaisesTheAlarmKeepsTheHeadAndDelivers()
    {
        await using var world = await World.StartAsync((await PostgresServer.SharedAsync()).ConnectionString, World.Sample(SampleRegion.De));
        var (installation, region) = (world.Installation, world.Installation.Regions["DE"]);
        var (head, evidence) = (Path.Combine(region.Folder, "head.json"), Path.Combine(region.Folder, "evidence.json"));
        await world.WriteNightAsync(SampleRegion.De, Night);
        await installation.RunHubCommandAsync("audit", "seal");
        Assert.DoesNotContain("AUDIT", (await region.SyncAsync()).Program.All, StringComparison.Ordinal);
        Assert.Contains("followed up to seal", (await region.RunAsync("status")).Output, StringComparison.Ordinal);

        await world.Hub.StopAsync();
        var name = new NpgsqlConnectionStringBuilder(installation.Database).Database!;
        await RunAsync($"create database {name}_older template {name}");
        await world.StartHubAsync();
        await installation.RunHubCommandAsync("account", "add", "somebody", "--role", "analyst", "--password-file", await PasswordAsync(region.Folder));
        await installation.RunHubCommandAsync("audit", "seal");
        Assert.DoesNotContain("AUDIT", (await region.SyncAsync()).Program.All, StringComparison.Ordinal);
        await region.RunAsync("audit", "head", "--out", head);
        Assert.Contains("the kept head is among them", (await installation.RunHubCommandAsync("audit", "verify", "--head", head)).Output, StringComparison.Ordinal);

        await world.Hub.StopAsync();
        await RunAsync($"drop database {name} with (force)");
        await RunAsync($"alter database {name}_older rename to {name}");
        await world.StartHubAsync();

        // The hub itself seals nothing behind it before somebody says why.
        var unsealed = await Assert.ThrowsAsync<InvalidOperationException>(() => installation.RunHubCommandAsync("audit", "seal"));
        Assert.Contains("THE AUDIT LOG IS NOT THE ONE THAT THIS HUB SEALED", unsealed.Message, StringComparison.Ordinal);
        await installation.RunHubCommandAsync("audit", "accept", "--note", "restored after a disk failed");
        await installation.RunHubCommandAsync("audit", "seal");
        await world.WriteNightAsync(SampleRegion.De, Night with { Night = 2 });
        var alarmed = await region.SyncAsync();

        Assert.Equal(0, alarmed.Program.ExitCode);
        Assert.True(alarmed.HubCount!.Agrees);
        Assert.InRange(alarmed.Report!.SentCases, 1UL, 1000UL);
        Assert.Contains("WARNING  HEADQUARTERS' AUDIT LOG WAS REWRITTEN", alarmed.Program.All, StringComparison.Ordinal);
        Assert.Contains("AUDIT LOG WAS REWRITTEN", (await region.RunAsync("status")).Output, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"audit-rewritten\"", (await region.RunAsync("doctor", "--format", "jsonl")).Output, StringComparison.Ordinal);
        await region.RunAsync("audit", "head", "--evidence", "--out", evidence);
        Assert.Equal(await File.ReadAllTextAsync(head), await File.ReadAllTextAsync(evidence));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => installation.RunHubCommandAsync("audit", "verify", "--head", evidence));
        Assert.Contains("NOT AS SEALED (head)", refused.Message, StringComparison.Ordinal);

        // It stays until somebody there says that it is known; the evidence stays for good.
        Assert.Contains("AUDIT LOG WAS REWRITTEN", (await region.SyncAsync()).Program.All, StringComparison.Ordinal);
        await region.RunAsync("audit", "accept", "--note", "restored after a disk failed");
        Assert.DoesNotContain("AUDIT LOG WAS REWRITTEN", (await region.SyncAsync()).Program.All, StringComparison.Ordinal);
        Assert.Contains("restored after a disk failed", await File.ReadAllTextAsync(Path.Combine(region.State, "audit-heads.json")), StringComparison.Ordinal);
        await region.RunAsync("audit", "head", "--out", head);
        Assert.Contains("the kept head is among them", (await installation.RunHubCommandAsync("audit", "verify", "--head", head)).Output, StringComparison.Ordinal);
    }

    private static async Task<string> PasswordAsync(string folder)
    {
        var file = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(file, "correct horse battery\n");
        return file;
    }

    private static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection((await PostgresServer.SharedAsync()).ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Texts of this test.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
