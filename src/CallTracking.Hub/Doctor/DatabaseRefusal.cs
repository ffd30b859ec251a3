using System.Net.Sockets;
using System.Security.Authentication;
using CallTracking.Contracts;
using Npgsql;

namespace CallTracking.Hub.Doctor;

/// <summary>Why PostgreSQL did not let the hub in, step by step. PostgreSQL's own words are left out: they name users and can quote values.</summary>
internal static class DatabaseRefusal
{
    /// <param name="failed">What the connection ended with.</param>
    /// <param name="connection">The configured one; of it host, port, user's name and database are told, never a password.</param>
    public static Diagnosis Of(Exception failed, NpgsqlConnectionStringBuilder connection)
    {
        var server = FormattableString.Invariant($"{connection.Host}:{connection.Port}");
        return Cause<PostgresException>(failed) is { } answered ? Answer(answered.SqlState, server, connection)
            : Cause<SocketException>(failed) is { } socket ? Connection(socket.SocketErrorCode, server)
            : Cause<AuthenticationException>(failed) is not null ? Fault(
                "database-tls-not-trusted", $"the certificate of {server} does not hold", "Name the authority that signed it as 'Root Certificate' in the connection, and the server by a name that its certificate has.")
            : Cause<TimeoutException>(failed) is not null ? Silent(server)
            : WantsTls(connection) ? Fault(
                "database-no-tls", $"the connection asks for TLS (SSL Mode={connection.SslMode}), and {server} has none", "Switch TLS on at the server (ssl = on, with a certificate), or correct 'SSL Mode' in the connection.")
            : BreaksOff(server);
    }

    private static Diagnosis Connection(SocketError error, string server) => error switch
    {
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData =>
            Fault("database-name-unknown", $"the name of {server} is not known here", "Check 'Host' in the connection and this machine's DNS."),
        SocketError.ConnectionRefused =>
            Fault("database-refuses-connection", $"{server} refuses the connection", "See that PostgreSQL runs, that the connection names its port, that listen_addresses has this way, and that no firewall rejects it."),
        SocketError.ConnectionReset or SocketError.ConnectionAborted => BreaksOff(server),
        _ => Silent(server),
    };

    private static Diagnosis Answer(string state, string server, NpgsqlConnectionStringBuilder connection) => state switch
    {
        "28P01" => Fault("database-password-wrong", $"{server} does not take the password of {connection.Username}", "Correct the password in the connection (or its file), or set it at the server: alter role … password."),
        "28000" => Fault(
            "database-not-allowed", $"{server} does not let {connection.Username} in from here", "Make the role, or the line in pg_hba.conf for user, database and this machine; 'hostssl' lines want 'SSL Mode=Require' in the connection."),
        "3D000" => Fault("database-missing", $"{server} has no database {connection.Database}", "Create it, or correct 'Database' in the connection; then: calltracking-hub migrate"),
        "53300" => Fault(
            "database-connections-exhausted", $"{server} has no connection left", "Raise max_connections (or the role's limit), lower 'Maximum Pool Size' in the connections of the hubs, or end who holds them: pg_stat_activity."),
        "57P03" => Fault("database-starting", $"{server} starts, stops or recovers just now", "Wait; if it stays so, look at PostgreSQL's log."),
        "42501" => Fault(
            "database-rights-missing", $"{connection.Username} may not use the hub's tables", "Let the user own them: run 'calltracking-hub migrate' as the one that the hub connects as."),
        "53100" => Fault("database-disk-full", $"{server} has no room left on its disk", "Make room on the database's disk; agents try again by themselves."),
        _ => Fault("database-refuses", $"{server} refuses ({state})", "Look at PostgreSQL's log for that code."),
    };

    private static Diagnosis BreaksOff(string server) =>
        Fault("database-breaks-off", $"{server} takes the connection and breaks it off", "See that PostgreSQL listens there and not something else, and look at its log.");

    private static Diagnosis Silent(string server) =>
        Fault("database-no-answer", $"{server} does not answer", "A firewall that drops, a machine that is down, or a server at its limit: see that PostgreSQL runs and this machine may reach it.");

    private static bool WantsTls(NpgsqlConnectionStringBuilder connection) => connection.SslMode is SslMode.Require or SslMode.VerifyCA or SslMode.VerifyFull;

    private static Diagnosis Fault(string code, string text, string cure) => Diagnosis.Fault(HubExit.Database, code, text, cure);

    private static T? Cause<T>(Exception? failed)
        where T : Exception
    {
        for (var cause = failed; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
            {
                return found;
            }
        }

        return null;
    }
}
