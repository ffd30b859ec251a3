using CallTracking.Rpc;
using Npgsql;

namespace CallTracking.Hub.Ingest;

/// <summary>
/// What a failure of PostgreSQL means to whoever pushes. Troubles that pass are UNAVAILABLE, and the agent tries again; others
/// are faults of ours. PostgreSQL's own detail is left out: it can quote a row.
/// </summary>
internal sealed record DatabaseTrouble(string Name, string SqlState, string Cure, TimeSpan RetryAfter)
{
    /// <summary>Null when the failure is none of the database, or one that trying again does not heal.</summary>
    public static DatabaseTrouble? Of(Exception error) => error switch
    {
        PostgresException refused => OfState(refused.SqlState),
        NpgsqlException { InnerException: PostgresException inner } => OfState(inner.SqlState),
        NpgsqlException or TimeoutException => new DatabaseTrouble(
            "database not reachable", "-", "see that PostgreSQL runs and can be reached", TimeSpan.FromSeconds(2)),
        _ => null,
    };

    public RpcException ToStatus() => RpcException.WithReason(
        RpcStatusCode.Unavailable, Name.Replace(' ', '-'), $"The hub's database cannot store now ({Name}). Nothing of the batch was stored; push it again later.", RetryAfter);

    private static DatabaseTrouble? OfState(string state) => state switch
    {
        "53100" => new("database out of disk", state, "make room on the database's disk; agents try again by themselves", TimeSpan.FromSeconds(30)),
        "53200" => new("database out of memory", state, "give PostgreSQL more memory or fewer connections", TimeSpan.FromSeconds(15)),
        "53300" => new("database out of connections", state, "raise max_connections or run fewer hub processes", TimeSpan.FromSeconds(5)),
        "58030" => new("database cannot read or write its disk", state, "check the database's disk", TimeSpan.FromSeconds(30)),
        "25006" => new("database is read-only", state, "see that the connection names the primary server", TimeSpan.FromSeconds(10)),
        "40001" or "40P01" or "55P03" => new("database busy", state, "none; it heals by itself", TimeSpan.FromMilliseconds(200)),
        _ when state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal) =>
            new("database restarting", state, "none if it was restarted on purpose", TimeSpan.FromSeconds(2)),
        _ when state.StartsWith("53", StringComparison.Ordinal) => new("database out of resources", state, "see PostgreSQL's log", TimeSpan.FromSeconds(15)),
        _ => null,
    };
}
