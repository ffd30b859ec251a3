using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CallTracking.Hub.Tests.Audit;

/// <summary>A running hub with acts that are sealed when a test says so.</summary>
internal sealed class AuditHub : IAsyncDisposable
{
    private AuditHub(TestHub hub) => Hub = hub;

    public TestHub Hub { get; }

    public static async Task<AuditHub> StartAsync(PostgresCluster postgres) => new(await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString));

    /// <summary>Adds a region: an act with one row.</summary>
    public Task ActAsync(string region) => Hub.Services.GetRequiredService<RegionStore>().AddAsync(
        new RegionRow(RegionCode.Parse(region), region, "centre", "DE", 0, 0, null, null, 0), DateTimeOffset.UnixEpoch, default);

    /// <summary>Seals until nothing is left; the hub's own service may be at it, too.</summary>
    public Task SealAsync() => SealAsync(Hub);

    /// <inheritdoc cref="SealAsync()"/>
    public static async Task SealAsync(TestHub hub)
    {
        var sealer = hub.Services.GetRequiredService<AuditSealer>();
        for (var round = 0; round < 600; round++)
        {
            await sealer.SealAsync(TimeSpan.FromSeconds(5), default);
            if (await hub.QueryAsync<long>("select count(*) from audit_log where sequence > (select coalesce(max(last_sequence), 0) from audit_seal)") == 0)
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("The log could not be sealed.");
    }

    /// <summary>Three seals with some acts each, and a number between them that an act took and gave back.</summary>
    public async Task<long> FillAsync()
    {
        var gap = 0L;
        foreach (var part in new[] { "A", "B", "C" })
        {
            await ActAsync(part + "A");
            gap = part == "B" ? await RollBackAsync() : gap;
            await ActAsync(part + "B");
            await ActAsync(part + "C");
            await SealAsync();
        }

        return gap;
    }

    public Task<VerifiedLog> VerifyAsync(SignedAuditSeal? head = null) =>
        Hub.Services.GetRequiredService<AuditVerification>().RunAsync(head, (_, _) => { }, default);

    public Task<GetAuditSealsResponse> SealsAsync(ulong from = 1) => Hub.Services.GetRequiredService<AuditLogStore>().SealsAsync(from, 1000, default);

    /// <summary>The hub's own memory of its seals, as somebody loses it who holds the state folder.</summary>
    public void Forget() => File.Delete(Memory.FullName);

    public SealMemory Memory => Hub.Services.GetRequiredService<SealMemory>();

    public AuditSealer Sealer => Hub.Services.GetRequiredService<AuditSealer>();

    /// <summary>As somebody does who is above triggers and privileges: a superuser of the database.</summary>
    public async Task TamperAsync(string sql)
    {
        await using var connection = await Hub.DataSource.OpenConnectionAsync();
#pragma warning disable CA2100 // Texts of these tests.
        await using var command = new NpgsqlCommand($"set session_replication_role = replica; {sql}; set session_replication_role = origin", connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> RowOfAsync(string subject) =>
        await Hub.QueryAsync<long>(string.Create(CultureInfo.InvariantCulture, $"select sequence from audit_log where what = 'region.added' and subject = '{subject}'"));

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private async Task<long> RollBackAsync()
    {
        await using var connection = await Hub.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.NoteAsync(AuditEntry.Of("test.undone", ""), default);
        await using var command = new NpgsqlCommand("select max(sequence) from audit_log", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
