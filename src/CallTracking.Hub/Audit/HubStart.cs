using System.Security.Cryptography;
using CallTracking.Hub.Access;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Storage;
using CallTracking.Privacy;
using Npgsql;

namespace CallTracking.Hub.Audit;

/// <summary>
/// Writes down that a hub process began, and with which keys: keys are files, which anyone may have replaced meanwhile with any program. A key
/// that is another than at the last start is a row of its own. Of the seal key nothing is written.
/// </summary>
internal sealed class HubStart(NpgsqlDataSource dataSource, IdentitySource identities, ILogger<HubStart> logger)
{
    private const string SelectLast = "select subject from audit_log where what = $1 and starts_with(subject, $2) order by sequence desc limit 1";

    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        var identity = await identities.GetAsync(cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await NoteKeyAsync(connection, "authority", Convert.ToHexStringLower(identity.Authority.Fingerprint), cancellationToken);
        await NoteKeyAsync(connection, "server", Convert.ToHexStringLower(SHA256.HashData(identity.Server.RawData)), cancellationToken);
        await NoteKeyAsync(connection, "policy-signing", BundleVerifier.KeyId(identity.PolicySigningKey.ExportSubjectPublicKeyInfo()), cancellationToken);
        await connection.NoteAsync(AuditEntry.Of(AuditCode.HubStarted, BundleSource.Version, ("schema", MigrationFile.OfThisBuild[^1].Name)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task NoteKeyAsync(NpgsqlConnection connection, string key, string name, CancellationToken cancellationToken)
    {
        await using var select = new NpgsqlCommand(SelectLast, connection);
        select.Parameters.AddWithValue(AuditCode.KeyInUse);
        select.Parameters.AddWithValue($"{key} ");
        var (last, now) = (await select.ExecuteScalarAsync(cancellationToken) as string, $"{key} {name}");
        if (last == now)
        {
            return;
        }

        if (last is not null)
        {
            AuditEvents.KeyChanged(logger, key);
        }

        await connection.NoteAsync(AuditEntry.Of(AuditCode.KeyInUse, now, ("before", last?[(key.Length + 1)..])), cancellationToken);
    }
}
