using System.Security.Cryptography;
using System.Text;
using CallTracking.Hub.Audit;
using Npgsql;

namespace CallTracking.Hub.People;

/// <summary>
/// Counts wrong passwords in a row, and after so many keeps everybody out for a while that grows: half a minute, one, two, up to a
/// quarter of an hour. A name that does not exist is counted the same way. Browsers in which somebody signed in before are
/// counted each by itself: guesses from elsewhere do not keep out who is known.
/// </summary>
internal sealed class SignInGuard(NpgsqlDataSource dataSource, PeopleOptions options)
{
    private const double FirstDelaySeconds = 30;
    private const double LongestDelaySeconds = 15 * 60;

    // A try counts as a failure before the password is looked at, so that tries made at the same time, in any hub process, count too.
    // While it is locked no try counts: nobody can lengthen the time by going on.
    private const string Claim = """
        insert into sign_in_guard as g (key, failures, failed_at, locked_until) values ($1, 1, $2, null)
        on conflict (key) do update set
            failures = case when g.failed_at < $3 then 1 else g.failures + 1 end,
            failed_at = $2,
            locked_until = case when g.failed_at >= $3 and g.failures + 1 >= $4
                then $2 + make_interval(secs => least($6, $5 * power(2, least(g.failures + 1 - $4, 20)))) end
        where g.locked_until is null or g.locked_until <= $2
        returning locked_until is not null
        """;

    private const string Clear = "delete from sign_in_guard where key = any($1)";

    private const string Forget = "delete from sign_in_guard where failed_at < $1 and (locked_until is null or locked_until < $1)";

    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    /// <summary>What guards a name in browsers that nobody knows; <see cref="AccountStore"/> computes the same in SQL.</summary>
    public static byte[] KeyOf(string nameKey) => SHA256.HashData(Encoding.UTF8.GetBytes("name:" + nameKey));

    /// <summary>What guards a name in one known browser.</summary>
    public static byte[] KeyOf(string nameKey, byte[] browserHash) => SHA256.HashData([.. "browser:"u8, .. browserHash, .. Encoding.UTF8.GetBytes(nameKey)]);

    /// <summary>Counts a try, unless the key is locked.</summary>
    public async Task<SignInClaim> ClaimAsync(byte[] key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using (var forget = dataSource.CreateCommand(Forget))
        {
            forget.Parameters.AddWithValue(now - Memory);
            await forget.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = dataSource.CreateCommand(Claim);
        command.Parameters.AddWithValue(key);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now - Memory);
        command.Parameters.AddWithValue(options.LockAfter);
        command.Parameters.AddWithValue(FirstDelaySeconds);
        command.Parameters.AddWithValue(LongestDelaySeconds);
        return await command.ExecuteScalarAsync(cancellationToken) is bool locks ? new SignInClaim(true, locks) : default;
    }

    /// <summary>Begins anew: the password was right.</summary>
    public async Task ClearAsync(byte[] key, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Clear);
        command.Parameters.AddWithValue(new[] { key });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Lets a name in again at once, in every browser.</summary>
    public async Task UnlockAsync(string accountId, string nameKey, CancellationToken cancellationToken)
    {
        var keys = new List<byte[]> { KeyOf(nameKey) };
        await using (var browsers = dataSource.CreateCommand("select id_hash from known_browser where account = $1"))
        {
            browsers.Parameters.AddWithValue(accountId);
            await using var reader = await browsers.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                keys.Add(KeyOf(nameKey, reader.GetFieldValue<byte[]>(0)));
            }
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Clear, connection, transaction);
        command.Parameters.AddWithValue(keys.ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
        await connection.NoteAsync(AuditEntry.Of(AuditCode.AccountUnlocked, accountId), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

/// <summary>What became of a try.</summary>
/// <param name="IsFree">It counts; else the key was locked already.</param>
/// <param name="Locks">If the password is wrong, this try was one too many, and the key is locked now.</param>
internal readonly record struct SignInClaim(bool IsFree, bool Locks);
