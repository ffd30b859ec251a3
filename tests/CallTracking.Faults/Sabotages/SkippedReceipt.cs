using CallTracking.Faults.Wire;
using Microsoft.Data.Sqlite;

namespace CallTracking.Faults.Sabotages;

/// <summary>
/// An agent that takes a batch for acknowledged of which no receipt came: a sync is killed while its batch is on a slow way, and the batch taken out of
/// the outbox, which is how a ledger says that it arrived.
/// </summary>
internal sealed class SkippedReceipt : Sabotage
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public override string Name => "skip-receipt";

    public override async Task PlantAsync(Scene scene)
    {
        scene.Region.Work(scene.Round, scene.Random);
        scene.Region.Wire.Trouble = new WireTrouble { Latency = Latency };
        await using var run = scene.Region.StartSync();
        await using (var ledger = await OpenAsync(scene))
        {
            using var limit = new CancellationTokenSource(Limit);
            while (await DoAsync(ledger, "select count(*) from outbox") == 0)
            {
                await Task.Delay(Look, limit.Token);
            }

            run.Kill();
            scene.Region.Wire.Trouble = WireTrouble.None;
            await DoAsync(ledger, "delete from outbox");
        }

        // An agent with this bug would have noted what its file holds; of ours it would see that somebody else wrote it.
        File.Delete(scene.Region.Backups.Ledger + "-sum");
    }

    private static async Task<SqliteConnection> OpenAsync(Scene scene)
    {
        var ledger = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = scene.Region.Backups.Ledger, Pooling = false }.ToString());
        await ledger.OpenAsync();
        return ledger;
    }

    private static async Task<long> DoAsync(SqliteConnection ledger, string sql)
    {
        await using var command = ledger.CreateCommand();
#pragma warning disable CA2100 // The texts above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }
}
