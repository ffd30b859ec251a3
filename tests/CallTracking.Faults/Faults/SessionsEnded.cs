using CallTracking.Testing;
using Npgsql;

namespace CallTracking.Faults.Faults;

/// <summary>The database ends all of the hub's sessions, in the middle of transactions; again and again for a moment.</summary>
internal sealed class SessionsEnded : Fault
{
    private const string EndAll = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

    public override string Name => "sessions-ended";

    public override bool IsWide => true;

    public override async Task DuringAsync(Strike strike, ProgramRun run)
    {
        await strike.MomentAsync(run);
        for (var times = 1 + strike.Random.Next(4); times > 0; times--)
        {
            await using (var connection = new NpgsqlConnection(strike.World.Installation.Database + ";Pooling=false"))
            {
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand(EndAll, connection);
                await command.ExecuteNonQueryAsync();
            }

            await strike.PauseAsync(0.3);
        }
    }
}
