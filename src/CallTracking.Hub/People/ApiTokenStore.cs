using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using Npgsql;
using NpgsqlTypes;

namespace CallTracking.Hub.People;

/// <summary>A token as the list shows it.</summary>
internal sealed record ApiTokenRow(string Id, string Name, Role Role, IReadOnlyList<RegionCode> Regions, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset ExpiresAt)
{
    public DateTimeOffset? RevokedAt { get; init; }

    public DateOnly? LastUsedOn { get; init; }
}

/// <summary>The tokens of programs. Asked at every request, so that a revoked one is refused at once by every hub process.</summary>
internal sealed class ApiTokenStore(NpgsqlDataSource dataSource, ILogger<ApiTokenStore> logger)
{
    private const string Insert = """
        insert into api_token (id, token_hash, name, role, regions, created_at, created_by, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private const string Select = """
        select id, name, role, regions, created_at, created_by, expires_at, revoked_at, last_used_on from api_token order by created_at, id
        """;

    private const string Revoke = "update api_token set revoked_at = $2 where id = $1 and revoked_at is null";

    private const string Find = "select id, role, regions, expires_at, revoked_at is not null, last_used_on is distinct from $2 from api_token where token_hash = $1";

    private const string Use = "update api_token set last_used_on = $2 where id = $1 and last_used_on is distinct from $2";

    public async Task AddAsync(ApiTokenRow row, ApiToken token, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Insert);
        command.Parameters.AddWithValue(row.Id);
        command.Parameters.AddWithValue(token.Hash);
        command.Parameters.AddWithValue(row.Name);
        command.Parameters.AddWithValue(RoleWords.Of(row.Role));
        command.Parameters.AddWithValue(row.Regions.Select(region => region.Value).ToArray());
        command.Parameters.AddWithValue(row.CreatedAt);
        command.Parameters.AddWithValue(row.CreatedBy);
        command.Parameters.AddWithValue(row.ExpiresAt);
        var entry = AuditEntry.Of(
            AuditCode.TokenAdded, row.Id, ("by", row.CreatedBy), ("name", row.Name), ("role", RoleOptions.Describe(row.Role, row.Regions)), ("good_until", row.ExpiresAt));
        await dataSource.ActAsync(command, entry, cancellationToken);
    }

    /// <summary>All of them, revoked and expired ones too, oldest first.</summary>
    public async Task<IReadOnlyList<ApiTokenRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Select);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<ApiTokenRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var person = PersonRow.Require(reader.GetString(0), reader.GetString(2), reader.GetFieldValue<string[]>(3));
            rows.Add(new ApiTokenRow(
                person.Id, reader.GetString(1), person.Role, person.Regions, reader.GetFieldValue<DateTimeOffset>(4), reader.GetString(5), reader.GetFieldValue<DateTimeOffset>(6))
            {
                RevokedAt = reader.IsDBNull(7) ? null : reader.GetFieldValue<DateTimeOffset>(7),
                LastUsedOn = reader.IsDBNull(8) ? null : reader.GetFieldValue<DateOnly>(8),
            });
        }

        return rows;
    }

    /// <summary>False when there is no such token, or it is revoked already.</summary>
    public async Task<bool> RevokeAsync(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Revoke);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(now);
        return await dataSource.ActAsync(command, AuditEntry.Of(AuditCode.TokenRevoked, id), cancellationToken) == 1;
    }

    /// <summary>Whose token it is, with its day of use kept; null when it is unknown, revoked or expired.</summary>
    public async Task<Person?> FindAsync(ApiToken token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var (person, expiresAt, isRevoked, isFirstToday) = await ReadAsync(token, today, cancellationToken);
        if (person is null)
        {
            return null;
        }

        if (isRevoked || expiresAt <= now)
        {
            PeopleLog.TokenRefused(logger, person.Id, isRevoked ? "revoked" : "expired");
            await dataSource.NoteAsync(AuditEntry.Of(AuditCode.TokenRefused, person.Id, ("why", isRevoked ? "revoked" : "expired")), cancellationToken);
            return null;
        }

        if (isFirstToday)
        {
            await using var use = dataSource.CreateCommand(Use);
            use.Parameters.AddWithValue(person.Id);
            use.Parameters.AddWithValue(today);
            await use.ExecuteNonQueryAsync(cancellationToken);
        }

        return person;
    }

    private async Task<(Person? Person, DateTimeOffset ExpiresAt, bool IsRevoked, bool IsFirstToday)> ReadAsync(ApiToken token, DateOnly today, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Find);
        command.Parameters.AddWithValue(token.Hash);
        command.Parameters.AddWithValue(NpgsqlDbType.Date, today);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (PersonRow.Require(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<string[]>(2)), reader.GetFieldValue<DateTimeOffset>(3), reader.GetBoolean(4), reader.GetBoolean(5))
            : default;
    }
}

/// <summary>Reads what tokens and accounts have in common.</summary>
internal static class PersonRow
{
    /// <exception cref="HubException">The role is none that this build knows: somebody wrote it by hand, or a newer hub did.</exception>
    public static Person Require(string id, string role, IEnumerable<string> regions) => RoleWords.TryParse(role, out var known)
        ? new Person(id, known, [.. regions.Select(RegionCode.Parse)])
        : throw new HubException($"{id} has the role '{role}', which this hub does not know. Revoke it, or run the version that gave it.");
}
