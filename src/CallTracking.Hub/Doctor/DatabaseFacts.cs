using System.Globalization;
using CallTracking.Contracts;
using Npgsql;

namespace CallTracking.Hub.Doctor;

/// <summary>What a server says of itself, and what of it a hub cannot live with.</summary>
/// <param name="Version">As <c>server_version_num</c> has it: 150004.</param>
/// <param name="IsStandby">It only follows another server.</param>
/// <param name="IsReadOnly">Transactions cannot write.</param>
/// <param name="Now">By its clock.</param>
/// <param name="Used">Sessions of all who are connected.</param>
/// <param name="Most">How many there can be of users like the hub's.</param>
/// <param name="Bytes">The hub's database.</param>
/// <param name="IsDurable">A commit is on the disk.</param>
/// <param name="WritesStatements">Statements stand in its log, and in them redacted texts.</param>
/// <param name="WritesRows">Errors stand in its log with the statement, its values or the row that they are about.</param>
internal sealed record DatabaseFacts(
    int Version, bool IsStandby, bool IsReadOnly, DateTimeOffset Now, long Used, int Most, long Bytes, bool IsDurable, bool WritesStatements, bool WritesRows)
{
    private const string Select = """
        select current_setting('server_version_num')::int,
               pg_is_in_recovery(),
               current_setting('transaction_read_only')::bool,
               clock_timestamp(),
               (select count(*) from pg_stat_activity where backend_type = 'client backend'),
               current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
               pg_database_size(current_database()),
               current_setting('fsync')::bool and current_setting('synchronous_commit') <> 'off',
               current_setting('log_statement') in ('mod', 'all') or current_setting('log_min_duration_statement') <> '-1',
               current_setting('log_error_verbosity') <> 'terse' or current_setting('log_min_error_statement') not in ('fatal', 'panic')
                   or coalesce(current_setting('log_parameter_max_length_on_error', true), '0') <> '0'
        """;

    private const int OldestVersion = 150000;

    // Of the connections; a hub that cannot open another makes agents wait.
    private const double Nearly = 0.9;

    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(2);

    public static async Task<DatabaseFacts> OfAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Select, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new DatabaseFacts(
            reader.GetInt32(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetInt64(4), reader.GetInt32(5), reader.GetInt64(6),
            reader.GetBoolean(7), reader.GetBoolean(8), reader.GetBoolean(9));
    }

    /// <param name="now">By the hub's clock, when the server was asked.</param>
    public IEnumerable<Diagnosis> Judge(DateTimeOffset now)
    {
        var version = string.Create(CultureInfo.InvariantCulture, $"{Version / 10000}.{Version % 10000}");
        yield return Version >= OldestVersion
            ? Diagnosis.Well("database", string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {version} answers; the hub's database has {Bytes / (1024.0 * 1024):N0} MB, {Used:N0} of {Most:N0} connections are used"))
            : Fault("database-too-old", $"the server is PostgreSQL {version}, and the hub needs 15 or newer", "Upgrade the server; pg_upgrade keeps the data.");
        if (IsStandby)
        {
            yield return Fault("database-standby", "the server only follows another one and takes nothing in", "Let the connection name the primary; after a failover, promote this one.");
        }
        else if (IsReadOnly)
        {
            yield return Fault("database-read-only", "the database takes nothing in: transactions are read only", "Take back default_transaction_read_only at server, database or role; it is also what some hosts set when a disk is nearly full.");
        }

        if (Used >= Most * Nearly)
        {
            yield return Diagnosis.Doubt(
                "database-connections-low", string.Create(CultureInfo.InvariantCulture, $"{Used:N0} of {Most:N0} connections are used"), "See in pg_stat_activity who holds them; raise max_connections, or lower 'Maximum Pool Size' in the hubs' connections.");
        }

        if (!IsDurable)
        {
            yield return Diagnosis.Doubt("database-not-durable", "fsync or synchronous_commit is off: what the hub acknowledged can be gone after a power cut", "Switch both on.");
        }

        if (WritesStatements)
        {
            yield return Diagnosis.Doubt("database-logs-statements", "the server writes statements to its log, and with them what cases say", "Set log_statement = none and log_min_duration_statement = -1, and delete the logs of before.");
        }

        if (WritesRows)
        {
            yield return Diagnosis.Doubt(
                "database-logs-rows", "the server writes to its log what an error is about: statements, values, rows", "Set log_error_verbosity = terse, log_min_error_statement = panic and log_parameter_max_length_on_error = 0, and delete the logs of before.");
        }

        var apart = now - Now;
        var text = string.Create(CultureInfo.InvariantCulture, $"this machine's clock and the database's are {apart.Duration().TotalSeconds:N0} s apart");
        yield return apart.Duration() <= ClockSlack
            ? Diagnosis.Well("clock", text)
            : Diagnosis.Doubt("database-clock-wrong", $"{text}: this one is {(apart > TimeSpan.Zero ? "ahead" : "behind")}", "Have both follow a time server (NTP). Deadlines, policies and certificates count by the hub's clock, the audit log by the database's.");
    }

    private static Diagnosis Fault(string code, string text, string cure) => Diagnosis.Fault(HubExit.Database, code, text, cure);
}
