using System.Net;
using CallTracking.Contracts;
using Npgsql;

namespace CallTracking.Hub.Doctor;

/// <summary>Whether somebody on the way to PostgreSQL could read or answer in its place; told by the connection string alone.</summary>
internal static class DatabaseWay
{
    /// <summary>A doubt where the way leads to another machine, and nothing proves who answers there.</summary>
    public static IEnumerable<Diagnosis> Judge(NpgsqlConnectionStringBuilder connection)
    {
        if (connection.SslMode is SslMode.VerifyFull or SslMode.VerifyCA || HostsOf(connection).All(IsHere))
        {
            yield break;
        }

        yield return Diagnosis.Doubt(
            "database-way-open",
            connection.SslMode == SslMode.Require
                ? "the way to the database is encrypted, but whoever answers there is believed (SSL Mode=Require)"
                : $"the way to the database leads to another machine, and nothing asks for TLS (SSL Mode={connection.SslMode})",
            "Write 'SSL Mode=VerifyFull;Root Certificate=FILE' into the connection, with the authority that signed the server's certificate.");
    }

    // Several for a failover, each with a port of its own perhaps.
    private static string[] HostsOf(NpgsqlConnectionStringBuilder connection) => (connection.Host ?? string.Empty).Split(',', StringSplitOptions.TrimEntries);

    // A path or an @ is a socket of this machine.
    private static bool IsHere(string host)
    {
        var name = host.StartsWith('[') ? host[1..].Split(']')[0] : host.Count(sign => sign == ':') == 1 ? host.Split(':')[0] : host;
        return name.Length == 0 || name[0] is '/' or '@' || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
    }
}
