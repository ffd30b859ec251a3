using CallTracking.Hub.Audit;
using Npgsql;

namespace CallTracking.Hub.People;

/// <summary>What is needed to let somebody in.</summary>
/// <param name="Id">Of the account.</param>
/// <param name="PasswordHash">As <see cref="Passwords"/> keeps it.</param>
/// <param name="IsDisabled">Nobody signs in to it.</param>
/// <param name="IsKnownBrowser">Somebody signed in to this account from the same browser before.</param>
internal sealed record Credentials(string Id, string PasswordHash, bool IsDisabled, bool IsKnownBrowser);

/// <summary>Accounts of people. Every method is one statement or one transaction.</summary>
internal sealed class AccountStore(NpgsqlDataSource dataSource)
{
    private const string Insert = """
        insert into account (id, name, name_key, role, regions, password_hash, created_at, created_by, password_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $7)
        on conflict (name_key) do nothing
        """;

    private const string Select = """
        select a.id, a.name, a.role, a.regions, a.created_at, a.created_by, a.disabled_at, a.last_sign_in_on, g.locked_until
        from account a left join sign_in_guard g on g.key = sha256(convert_to('name:' || a.name_key, 'UTF8'))
        order by a.name_key
        """;

    // Looked at in one statement whether the account exists or not, so that both take as long.
    private const string Find = """
        select a.id, a.password_hash, a.disabled_at is not null, exists (select from known_browser b where b.account = a.id and b.id_hash = $2 and b.seen_at > now() - interval '180 days')
        from account a where a.name_key = $1
        """;

    private const string SetPassword = "update account set password_hash = $2, password_at = $3 where id = $1";

    private const string SetDisabled = "update account set disabled_at = $2 where id = $1";

    private const string SetRole = "update account set role = $2, regions = $3 where id = $1";

    private const string NoteSignIn = "update account set last_sign_in_on = $2 where id = $1 and last_sign_in_on is distinct from $2";

    private const string KnowBrowser = """
        insert into known_browser (account, id_hash, seen_at) values ($1, $2, $3) on conflict (account, id_hash) do update set seen_at = $3
        """;

    private const string EndSessions = "delete from account_session where account = $1";

    private const string ForgetBrowsers = "delete from known_browser where account = $1";

    private const string Rehash = "update account set password_hash = $3 where id = $1 and password_hash = $2";

    /// <summary>False when the name is taken.</summary>
    public async Task<bool> AddAsync(Account account, string passwordHash, CancellationToken cancellationToken) => await ActAsync(
        AuditEntry.Of(AuditCode.AccountAdded, account.Id, ("by", account.CreatedBy), ("role", RoleOptions.Describe(account.Person.Role, account.Person.Regions))),
        Insert, cancellationToken,
        account.Id, account.Name, AccountName.KeyOf(account.Name), RoleWords.Of(account.Person.Role), account.Person.Regions.Select(region => region.Value).ToArray(), passwordHash, account.CreatedAt, account.CreatedBy) == 1;

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Select);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var accounts = new List<Account>();
        while (await reader.ReadAsync(cancellationToken))
        {
            accounts.Add(new Account(
                PersonRow.Require(reader.GetString(0), reader.GetString(2), reader.GetFieldValue<string[]>(3)), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(4), reader.GetString(5))
            {
                DisabledAt = reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6),
                LastSignInOn = reader.IsDBNull(7) ? null : reader.GetFieldValue<DateOnly>(7),
                LockedUntil = reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8),
            });
        }

        return accounts;
    }

    /// <summary>Null when there is no such account.</summary>
    public async Task<Credentials?> FindAsync(string nameKey, byte[] browserHash, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Find);
        command.Parameters.AddWithValue(nameKey);
        command.Parameters.AddWithValue(browserHash);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Credentials(reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3))
            : null;
    }

    /// <summary>Whoever was signed in is out, and no browser is known any more: the old password may have been another's.</summary>
    public Task SetPasswordAsync(string id, string passwordHash, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAndRunAsync(AuditCode.AccountPassword, id, SetPassword, cancellationToken, id, passwordHash, now);

    /// <summary>Keeps the same password better, unless it was changed meanwhile.</summary>
    public Task RehashAsync(string id, string from, string to, CancellationToken cancellationToken) => RunAsync(Rehash, cancellationToken, id, from, to);

    /// <summary>Shuts the account, and whoever is signed in to it is out.</summary>
    public Task DisableAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) => EndAndRunAsync(AuditCode.AccountDisabled, id, SetDisabled, cancellationToken, id, now);

    /// <summary>Holds from the next request on, also for who is signed in.</summary>
    public Task SetRoleAsync(Person person, CancellationToken cancellationToken) => ActAsync(
        AuditEntry.Of(AuditCode.AccountRole, person.Id, ("role", RoleOptions.Describe(person.Role, person.Regions))),
        SetRole, cancellationToken, person.Id, RoleWords.Of(person.Role), person.Regions.Select(region => region.Value).ToArray());

    public Task EnableAsync(string id, CancellationToken cancellationToken) => ActAsync(
        AuditEntry.Of(AuditCode.AccountEnabled, id), "update account set disabled_at = null where id = $1", cancellationToken, id);

    /// <summary>Keeps the day, and that this browser is one in which somebody signed in.</summary>
    public async Task NoteSignInAsync(string id, byte[] browserHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await RunAsync(NoteSignIn, cancellationToken, id, DateOnly.FromDateTime(now.UtcDateTime));
        await RunAsync(KnowBrowser, cancellationToken, id, browserHash, now);
    }

    private async Task<int> ActAsync(AuditEntry entry, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql);
        Array.ForEach(values, value => command.Parameters.Add(new NpgsqlParameter { Value = value }));
        return await dataSource.ActAsync(command, entry, cancellationToken);
    }

    private async Task EndAndRunAsync(string what, string id, string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var (statement, parameters) in new[] { (sql, values), (EndSessions, [id]), (ForgetBrowsers, [id]) })
        {
            await using var command = new NpgsqlCommand(statement, connection, transaction);
            Array.ForEach(parameters, value => command.Parameters.Add(new NpgsqlParameter { Value = value }));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await connection.NoteAsync(AuditEntry.Of(what, id), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<int> RunAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = dataSource.CreateCommand(sql);
        Array.ForEach(values, value => command.Parameters.Add(new NpgsqlParameter { Value = value }));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
