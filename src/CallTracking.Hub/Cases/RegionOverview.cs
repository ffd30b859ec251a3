using CallTracking.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace CallTracking.Hub.Cases;

/// <summary>A region as headquarters sees it: when it last pushed, whether its last night closed, what of it is stored.</summary>
public sealed record RegionOverview
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string Centre { get; init; }

    public required string Country { get; init; }

    public required long Epoch { get; init; }

    public required string? AgentVersion { get; init; }

    public required DateTimeOffset? LastPushAt { get; init; }

    /// <summary>When two agents of the region were met last; null for never.</summary>
    public required DateTimeOffset? OtherAgentAt { get; init; }

    /// <summary>When the longest-lived valid certificate ends; null when the region never enrolled or all are revoked.</summary>
    public required DateTimeOffset? CertificateExpiresAt { get; init; }

    public required long StoredCases { get; init; }

    public required LastRun? LastRun { get; init; }

    /// <summary>Since when an alarm says that its night is late; null when none does.</summary>
    public DateTimeOffset? LateSince { get; init; }

    /// <summary>Why it rests, in its operator's words; null when it does not. It may end by itself: <see cref="PausedUntil"/>.</summary>
    public string? PauseNote { get; init; }

    public DateTimeOffset? PausedUntil { get; init; }
}

/// <summary>A region's latest run report.</summary>
/// <param name="FinishedAt">By the agent's clock.</param>
/// <param name="Closes">Rows and cases add up.</param>
/// <param name="Agrees">The hub counted the same.</param>
/// <param name="Report">The agent's counts.</param>
public sealed record LastRun(DateTimeOffset FinishedAt, bool Closes, bool Agrees, RunReport Report);

/// <summary>Reads how each region stands, and the policy version in force.</summary>
internal sealed class RegionOverviewStore(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const string Regions = """
        select r.code, r.name, r.centre, r.country, r.epoch, r.agent_version, r.last_push_at,
               (select max(c.expires_at) from region_certificate c where c.region = r.code and c.revoked_at is null),
               coalesce(s.stored, 0), l.finished_at, l.closes, l.agrees, l.report, r.other_agent_at,
               (select min(a.raised_at) from alarm a where a.region = r.code and a.code = 'region-late' and a.cleared_at is null),
               p.note, p.until
        from region r
        left join (select region, count(*) as stored from cases group by region) s on s.region = r.code
        left join lateral (
            select finished_at, closes, agrees, report from run_report where region = r.code and kind <> 2 order by finished_at desc limit 1) l on true
        left join region_pause p on p.region = r.code and (p.until is null or p.until > $2)
        where $1::text[] is null or r.code = any($1)
        order by r.code
        """;

    private const string PolicyInForce = "select max(version) from policy_version where valid_from <= $1";

    /// <summary>Every region of the scope, by code.</summary>
    public async Task<IReadOnlyList<RegionOverview>> ListAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Regions);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)scope.Regions ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.AddWithValue(clock.GetUtcNow());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var regions = new List<RegionOverview>();
        while (await reader.ReadAsync(cancellationToken))
        {
            regions.Add(new RegionOverview
            {
                Code = reader.GetString(0),
                Name = reader.GetString(1),
                Centre = reader.GetString(2),
                Country = reader.GetString(3),
                Epoch = reader.GetInt64(4),
                AgentVersion = reader.IsDBNull(5) ? null : reader.GetString(5),
                LastPushAt = ReadTime(reader, 6),
                CertificateExpiresAt = ReadTime(reader, 7),
                StoredCases = reader.GetInt64(8),
                LastRun = ReadTime(reader, 9) is { } finishedAt
                    ? new LastRun(finishedAt, reader.GetBoolean(10), reader.GetBoolean(11), RunReport.Parser.ParseFrom(reader.GetFieldValue<byte[]>(12)))
                    : null,
                OtherAgentAt = ReadTime(reader, 13),
                LateSince = ReadTime(reader, 14),
                PauseNote = reader.IsDBNull(15) ? null : reader.GetString(15),
                PausedUntil = ReadTime(reader, 16),
            });
        }

        return regions;
    }

    /// <summary>The policy version that is in force at an instant; null before the first one.</summary>
    public async Task<long?> PolicyVersionAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(PolicyInForce);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = at });
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    private static DateTimeOffset? ReadTime(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
