using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Privacy;
using Npgsql;

namespace CallTracking.Hub.Audit;

/// <summary>
/// The seals in the database, as far as this hub believes them: they have to go on from the one it remembers, each signed and each naming the one before.
/// A memory that is behind (another hub sealed meanwhile) is brought forward; one that does not fit stops sealing until a person accepts what is there.
/// </summary>
internal sealed class SealChain(SealMemory memory, IdentitySource identity, ILogger<SealChain> logger)
{
    private const string SelectFrom = "select seal, signature, key_id from audit_seal where number >= $1 order by number";

    private const string SelectLast = $"select {SealedPart.Columns} from audit_seal order by number desc limit 1";

    /// <summary>The newest seal; null where there is none yet.</summary>
    /// <exception cref="HubException">The database holds another history than the one that this hub sealed.</exception>
    public async Task<SealedPart?> RequireNewestAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (memory.Load() is not { } kept)
        {
            var found = await NewestAsync(connection, cancellationToken);
            if (found is not null)
            {
                SealLog.Begins(logger, found.Number, Hash(found.Envelope));
                Remember(found.Envelope);
            }

            return found;
        }

        var (envelope, seal) = await FollowAsync(connection, kept, cancellationToken);
        var newest = await NewestAsync(connection, cancellationToken);
        if (newest is null || newest.Envelope.Seal != envelope.Seal || newest.Number != (long)seal.Number || newest.LastSequence != (long)seal.LastSequence)
        {
            throw Differs(kept, $"the columns of seal {seal.Number} say something else than what was signed");
        }

        if (envelope.Seal != kept.Seal)
        {
            Remember(envelope);
        }

        return newest;
    }

    /// <summary>The newest seal as it stands there, believed or not.</summary>
    public static async Task<SealedPart?> NewestAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SelectLast, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? SealedPart.Read(reader) : null;
    }

    /// <summary>Keeps it. A folder that cannot be written costs the protection, not the seals: it is said.</summary>
    public void Remember(SignedAuditSeal newest)
    {
        try
        {
            memory.Save(newest);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            SealLog.NotRemembered(logger, memory.FullName, refused.GetType().Name);
        }
    }

    public static string Hash(SignedAuditSeal envelope) => Convert.ToHexStringLower(AuditSealVerifier.HashOf(envelope).Span);

    private async Task<(SignedAuditSeal Envelope, AuditSeal Seal)> FollowAsync(NpgsqlConnection connection, SignedAuditSeal kept, CancellationToken cancellationToken)
    {
        var spki = (await identity.GetAsync(cancellationToken)).PolicySigningKey.ExportSubjectPublicKeyInfo();
        var (envelope, seal) = (kept, AuditSeal.Parser.ParseFrom(kept.Seal));
        await using var command = new NpgsqlCommand(SelectFrom, connection);
        command.Parameters.AddWithValue((long)seal.Number);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            throw Differs(kept, "it is not in the database any more");
        }

        // By what was signed, not by the signature: the same seal stays the same under a key that was replaced since.
        if (SealedPart.ReadEnvelope(reader, 0).Seal != kept.Seal)
        {
            throw Differs(kept, "the database holds another one in its place");
        }

        while (await reader.ReadAsync(cancellationToken))
        {
            var next = SealedPart.ReadEnvelope(reader, 0);
            if (AuditSealVerifier.Open(next, spki) is not { } opened || !AuditSealVerifier.IsFollowedBy(envelope, seal, opened))
            {
                throw Differs(kept, $"what stands behind seal {seal.Number} is not signed by this hub's key, or does not follow on it");
            }

            (envelope, seal) = (next, opened);
        }

        return (envelope, seal);
    }

    private static HubException Differs(SignedAuditSeal kept, string how) => new(
        $"THE AUDIT LOG IS NOT THE ONE THAT THIS HUB SEALED: it sealed up to number {AuditSeal.Parser.ParseFrom(kept.Seal).Number} ({Hash(kept)}), and {how}. Somebody wrote to the database, or an older one was put back. "
        + "Nothing is sealed. If it is explained: calltracking-hub audit accept --note WHY, on every machine with a state folder.");
}

internal static partial class SealLog
{
    [LoggerMessage(2806, LogLevel.Warning, "This hub remembers the audit log's seals from number {Number} ({Hash}) on, as it found them")]
    public static partial void Begins(ILogger logger, long number, string hash);

    [LoggerMessage(2807, LogLevel.Error, "{File} cannot be written ({Why}): this hub would not notice that seals were made anew since")]
    public static partial void NotRemembered(ILogger logger, string file, string why);
}
