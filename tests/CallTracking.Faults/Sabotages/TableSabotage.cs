using Npgsql;

namespace CallTracking.Faults.Sabotages;

/// <summary>A bug of the hub, planted as what it would leave in the tables.</summary>
/// <param name="name">Its name.</param>
/// <param name="sql">Makes it so; <c>{model}</c> is the case's, <c>{canary}</c> its customer's.</param>
internal sealed class TableSabotage(string name, string sql) : Sabotage
{
    public override string Name => name;

    public override async Task PlantAsync(Scene scene)
    {
        await using var connection = new NpgsqlConnection(scene.World.Installation.Database + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // A text of this folder, with names that SourceCase makes.
        await using var command = new NpgsqlCommand(
            sql.Replace("{model}", scene.Victim.Model, StringComparison.Ordinal).Replace("{canary}", scene.Victim.Canary, StringComparison.Ordinal), connection);
#pragma warning restore CA2100
        if (await command.ExecuteNonQueryAsync() != 1)
        {
            throw new InvalidOperationException($"{name}: nothing was there to be sabotaged.");
        }
    }
}
