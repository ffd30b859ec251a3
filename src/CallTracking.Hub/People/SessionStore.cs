using CallTracking.Hub.Audit;
using Npgsql;

namespace CallTracking.Hub.People;

/// <summary>Who is signed in, by what stands in his cookie.</summary>
internal sealed class SessionStore(NpgsqlDataSource dataSource, PeopleOptions options)
{
    // By the password that was looked at: one that was changed meanwhile, or an account that was disabled, begins none.
    private const string Insert = """
        insert into account_session (id_hash, account, begun_at, seen_at, ends_at)
        select $1, id, $3, $3, $4 from account where id = $2 and password_hash = $5 and disabled_at is null
        """;

    private const string Find = """
        select a.id, a.role, a.regions, a.name, s.seen_at
        from account_session s join account a on a.id = s.account
        where s.id_hash = $1 and a.disabled_at is null and s.ends_at > $2 and s.seen_at > $3
        """;

    private const string See = "update account_session set seen_at = $2 where id_hash = $1 and seen_at < $2";

    private const string End = "delete from account_session where id_hash = $1 returning account";

    private const string EndOld = "delete from account_session where ends_at <= $1 or seen_at <= $2";

    // Seen a little late is near enough, and saves a write for every file of a page.
    private readonly TimeSpan _seenLate = options.SessionIdle / 20;

    /// <summary>Begins a session and removes those that are over; null where the account is no longer as it was when its password was looked at.</summary>
    public async Task<BrowserSecret?> BeginAsync(SignedInAccount account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var secret = BrowserSecret.Create();
        await using (var old = dataSource.CreateCommand(EndOld))
        {
            old.Parameters.AddWithValue(now);
            old.Parameters.AddWithValue(now - options.SessionIdle);
            await old.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = dataSource.CreateCommand(Insert);
        command.Parameters.AddWithValue(secret.Hash);
        command.Parameters.AddWithValue(account.Id);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now + options.SessionLife);
        command.Parameters.AddWithValue(account.PasswordHash);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0 ? secret : null;
    }

    /// <summary>Null when there is no such session, it is over, or its account is disabled.</summary>
    public async Task<Person?> FindAsync(BrowserSecret secret, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (person, seenAt) = await ReadAsync(secret, now, cancellationToken);
        if (person is not null && now - seenAt > _seenLate)
        {
            await using var see = dataSource.CreateCommand(See);
            see.Parameters.AddWithValue(secret.Hash);
            see.Parameters.AddWithValue(now);
            await see.ExecuteNonQueryAsync(cancellationToken);
        }

        return person;
    }

    public async Task EndAsync(BrowserSecret secret, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(End, connection, transaction);
        command.Parameters.AddWithValue(secret.Hash);
        if (await command.ExecuteScalarAsync(cancellationToken) is string account)
        {
            await connection.NoteAsync(AuditEntry.Of(AuditCode.SignedOut, account), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<(Person? Person, DateTimeOffset SeenAt)> ReadAsync(BrowserSecret secret, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Find);
        command.Parameters.AddWithValue(secret.Hash);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now - options.SessionIdle);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (PersonRow.Require(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<string[]>(2)) with { SignedIn = new SignedIn(reader.GetString(3), secret.FormToken(SignOut.Form)) },
                reader.GetFieldValue<DateTimeOffset>(4))
            : default;
    }
}

/// <summary>Who showed the right password, and how it was kept then.</summary>
internal sealed record SignedInAccount(string Id, string PasswordHash);
