using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using Npgsql;

namespace CallTracking.Hub.Access;

/// <summary>A region as the registry knows it.</summary>
internal sealed record RegionRow(
    RegionCode Code, string Name, string Centre, string Country, long Epoch, long LastSequence, DateTimeOffset? LastPushAt, string? AgentVersion, int LiveCertificates)
{
    /// <summary>When two agents of the region were met last.</summary>
    public DateTimeOffset? OtherAgentAt { get; init; }
}

/// <summary>Whom a certificate speaks for.</summary>
internal sealed record Caller(RegionCode Region, byte[] Thumbprint, DateTimeOffset CertificateExpiresAt)
{
    /// <summary>The certificate comes from an enrolment and is used for the first time: older ones go now.</summary>
    public bool Replaces { get; init; }
}

/// <summary>The registry of regions, their certificates and tokens. Every method is one statement or one transaction.</summary>
internal sealed class RegionStore(NpgsqlDataSource dataSource)
{
    private const string InsertRegion = """
        insert into region (code, name, centre, country, created_at) values ($1, $2, $3, $4, $5) on conflict (code) do nothing
        """;

    private const string SelectRegions = """
        select r.code, r.name, r.centre, r.country, r.epoch, r.last_sequence, r.last_push_at, r.agent_version,
               (select count(*) from region_certificate c where c.region = r.code and c.revoked_at is null and c.expires_at > $1)::int,
               r.other_agent_at
        from region r
        order by r.code
        """;

    // Enrolment, renewal and revocation of one region come one after the other; always taken before tokens and certificates.
    private const string LockRegion = "select from region where code = $1 for update";

    private const string InsertToken = """
        insert into enrolment_token (token_hash, region, issued_at, expires_at) values ($1, $2, $3, $4)
        """;

    private const string UseToken = """
        update enrolment_token set used_at = $2 where token_hash = $1 and region = $3 and used_at is null and expires_at > $2
        """;

    private const string FindToken = """
        select r.centre from enrolment_token t join region r on r.code = t.region
        where t.token_hash = $1 and t.region = $3 and t.used_at is null and t.expires_at > $2
        """;

    private const string InsertCertificate = """
        insert into region_certificate (thumbprint, region, serial_number, issued_at, expires_at, replaces)
        values ($1, $2, $3, $4, $5, $6 and exists (select from region_certificate where region = $2 and revoked_at is null))
        """;

    private const string RevokeCertificates = "update region_certificate set revoked_at = $2 where region = $1 and revoked_at is null";

    private const string TakeReplacing = "update region_certificate set replaces = false where thumbprint = $1 and replaces and revoked_at is null returning issued_at";

    // All but one that was enrolled later and waits to be used; a renewal of an older one is none.
    private const string RevokeReplaced = """
        update region_certificate set revoked_at = $2
        where region = $1 and revoked_at is null and thumbprint <> $3 and not (replaces and issued_at > $4)
        """;

    private const string CancelTokens = "update enrolment_token set used_at = $2 where region = $1 and used_at is null";

    private const string FindCertificate = """
        select region, expires_at, replaces from region_certificate where thumbprint = $1 and revoked_at is null and expires_at > $2
        """;

    /// <summary>False when the region is there already.</summary>
    public async Task<bool> AddAsync(RegionRow region, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(InsertRegion);
        command.Parameters.AddWithValue(region.Code.Value);
        command.Parameters.AddWithValue(region.Name);
        command.Parameters.AddWithValue(region.Centre);
        command.Parameters.AddWithValue(region.Country);
        command.Parameters.AddWithValue(now);
        var entry = AuditEntry.Of(AuditCode.RegionAdded, region.Code.Value, ("name", region.Name), ("centre", region.Centre), ("country", region.Country));
        return await dataSource.ActAsync(command, entry, cancellationToken) == 1;
    }

    public async Task<IReadOnlyList<RegionRow>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectRegions);
        command.Parameters.AddWithValue(now);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var regions = new List<RegionRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            regions.Add(new RegionRow(
                RegionCode.Parse(reader.GetString(0)),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetInt64(4),
                reader.GetInt64(5),
                await reader.IsDBNullAsync(6, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(6),
                await reader.IsDBNullAsync(7, cancellationToken) ? null : reader.GetString(7),
                reader.GetInt32(8))
            {
                OtherAgentAt = await reader.IsDBNullAsync(9, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(9),
            });
        }

        return regions;
    }

    public async Task AddTokenAsync(EnrolmentToken token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(InsertToken);
        command.Parameters.AddWithValue(token.SecretHash);
        command.Parameters.AddWithValue(token.Region.Value);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now + EnrolmentToken.Life);
        await dataSource.ActAsync(command, AuditEntry.Of(AuditCode.RegionTokenIssued, token.Region.Value, ("good_until", now + EnrolmentToken.Life)), cancellationToken);
    }

    /// <summary>The centre of the region that the token is for; null when it cannot be used up, or there is no such region: one question for both.</summary>
    public async Task<string?> FindCentreAsync(EnrolmentToken token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(FindToken);
        command.Parameters.AddWithValue(token.SecretHash);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(token.Region.Value);
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>
    /// Uses the token up and registers the certificate, all or nothing. The region's older ones stay good until the new one is used, for the answer may
    /// get lost. False when the token is unknown, used or too old.
    /// </summary>
    public async Task<bool> RedeemAsync(EnrolmentToken token, IssuedCertificate certificate, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockAsync(transaction, token.Region, cancellationToken);
        await using var use = new NpgsqlCommand(UseToken, connection, transaction);
        use.Parameters.AddWithValue(token.SecretHash);
        use.Parameters.AddWithValue(now);
        use.Parameters.AddWithValue(token.Region.Value);
        if (await use.ExecuteNonQueryAsync(cancellationToken) != 1)
        {
            return false;
        }

        await using var insert = Insert(new NpgsqlCommand(InsertCertificate, connection, transaction), certificate, now, replaces: true);
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await connection.NoteAsync(Certified(AuditCode.RegionEnrolled, certificate), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>
    /// Shuts the region's older certificates out, those that they were renewed to as well: a region enrols anew when its machine or its key is another,
    /// and whoever has the old one must not go on. Once; other hub processes that meet the certificate meanwhile wait for it.
    /// </summary>
    public async Task ReplaceAsync(Caller first, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockAsync(transaction, first.Region, cancellationToken);
        await using var take = new NpgsqlCommand(TakeReplacing, connection, transaction);
        take.Parameters.AddWithValue(first.Thumbprint);
        if (await take.ExecuteScalarAsync(cancellationToken) is not { } issuedAt)
        {
            return;
        }

        await using var revoke = new NpgsqlCommand(RevokeReplaced, connection, transaction);
        revoke.Parameters.AddWithValue(first.Region.Value);
        revoke.Parameters.AddWithValue(now);
        revoke.Parameters.AddWithValue(first.Thumbprint);
        revoke.Parameters.AddWithValue(issuedAt);
        if (await revoke.ExecuteNonQueryAsync(cancellationToken) is > 0 and var revoked)
        {
            var entry = AuditEntry.Of(AuditCode.RegionRevoked, first.Region.Value, ("certificates", revoked), ("replaced_by", Convert.ToHexStringLower(first.Thumbprint)));
            await connection.NoteAsync(entry, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Registers the certificate if the one that asked for it is still good when the region is locked: a request that was held
    /// back until after a revocation gets none. False when it is not good any more.
    /// </summary>
    public async Task<bool> RenewAsync(Caller asking, IssuedCertificate certificate, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockAsync(transaction, asking.Region, cancellationToken);
        await using (var find = new NpgsqlCommand(FindCertificate, connection, transaction))
        {
            find.Parameters.AddWithValue(asking.Thumbprint);
            find.Parameters.AddWithValue(now);
            if (await find.ExecuteScalarAsync(cancellationToken) is null)
            {
                return false;
            }
        }

        await using var insert = Insert(new NpgsqlCommand(InsertCertificate, connection, transaction), certificate, now, replaces: false);
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await connection.NoteAsync(Certified(AuditCode.RegionCertificateRenewed, certificate), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Shuts a region out: all its certificates and unused tokens. Returns how many certificates were live.</summary>
    public async Task<int> RevokeAsync(RegionCode region, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockAsync(transaction, region, cancellationToken);
        var revoked = 0;
        foreach (var sql in (string[])[CancelTokens, RevokeCertificates])
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            command.Parameters.AddWithValue(region.Value);
            command.Parameters.AddWithValue(now);
            revoked = await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await connection.NoteAsync(AuditEntry.Of(AuditCode.RegionRevoked, region.Value, ("certificates", revoked)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return revoked;
    }

    /// <summary>Null when the certificate is not registered, revoked or expired.</summary>
    public async Task<Caller?> FindCallerAsync(byte[] thumbprint, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(FindCertificate);
        command.Parameters.AddWithValue(thumbprint);
        command.Parameters.AddWithValue(now);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Caller(RegionCode.Parse(reader.GetString(0)), thumbprint, reader.GetFieldValue<DateTimeOffset>(1)) { Replaces = reader.GetBoolean(2) }
            : null;
    }

    private static AuditEntry Certified(string what, IssuedCertificate certificate, params (string Name, object? Value)[] more) => AuditEntry.Of(
        what, certificate.Region.Value, [("certificate", Convert.ToHexStringLower(certificate.Thumbprint)), ("good_until", certificate.ExpiresAt), .. more]);

    private static async Task LockAsync(NpgsqlTransaction transaction, RegionCode region, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LockRegion, transaction.Connection, transaction);
        command.Parameters.AddWithValue(region.Value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Insert(NpgsqlCommand command, IssuedCertificate certificate, DateTimeOffset now, bool replaces)
    {
        command.Parameters.AddWithValue(certificate.Thumbprint);
        command.Parameters.AddWithValue(certificate.Region.Value);
        command.Parameters.AddWithValue(certificate.SerialNumber);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(certificate.ExpiresAt);
        command.Parameters.AddWithValue(replaces);
        return command;
    }
}
