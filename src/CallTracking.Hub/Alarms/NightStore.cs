using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using Npgsql;

namespace CallTracking.Hub.Alarms;

/// <summary>A region rests on purpose.</summary>
internal sealed record PauseRow(string Note, DateTimeOffset Since, DateTimeOffset? Until)
{
    public bool Holds(DateTimeOffset at) => Until is not { } end || at < end;

    /// <summary>Whether an instant fell into it, also when it is over.</summary>
    public bool Covers(DateTimeOffset at) => Since <= at && Holds(at);
}

/// <summary>A region with a deadline or a pause, and how it stands.</summary>
/// <param name="Region">Which.</param>
/// <param name="Deadline">By when; null when it has none, or none that this machine can reckon.</param>
/// <param name="LastRunAt">When its last whole run came, by the hub's clock; null when none did.</param>
/// <param name="Pause">As told last, held or over; null when it never paused.</param>
internal sealed record NightRow(RegionCode Region, Deadline? Deadline, DateTimeOffset? LastRunAt, PauseRow? Pause)
{
    /// <summary>The deadline's time zone, which this machine does not know: the deadline cannot be reckoned here.</summary>
    public string? UnknownZone { get; init; }

    /// <summary>All its certificates were revoked: it may not come, so it is never late. One that ran out is another matter: that is an agent that is away.</summary>
    public bool IsShutOut { get; init; }

    /// <summary>The deadline that was missed and that no pause excuses; null when the region is not late.</summary>
    public DateTimeOffset? LateSince(DateTimeOffset now) =>
        !IsShutOut && Deadline?.MissedAt(now, LastRunAt) is { } due && !(Pause is { } pause && (pause.Holds(now) || pause.Covers(due))) ? due : null;
}

/// <summary>What is known of the regions' nights: deadlines, pauses, the last whole run. Every method is one statement, with its row of the audit log where it changes something.</summary>
internal sealed class NightStore(NpgsqlDataSource dataSource)
{
    private const string SelectNights = """
        select r.code, d.at, d.zone, d.days, d.holidays, d.reach, d.set_at, p.note, p.since, p.until,
               (select max(coalesce(t.received_at, t.finished_at)) from run_report t
                where t.region = r.code and t.kind = 0 and coalesce(t.complete, t.closes and t.agrees)),
               coalesce((select bool_and(c.revoked_at is not null) from region_certificate c where c.region = r.code), false)
        from region r
        left join region_deadline d on d.region = r.code
        left join region_pause p on p.region = r.code
        where d.region is not null or p.region is not null
        order by r.code
        """;

    private const string UpsertDeadline = """
        insert into region_deadline (region, at, zone, days, holidays, reach, set_at) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (region) do update set at = excluded.at, zone = excluded.zone, days = excluded.days, holidays = excluded.holidays,
          reach = excluded.reach, set_at = case
            when (region_deadline.at, region_deadline.zone, region_deadline.days, region_deadline.reach) = (excluded.at, excluded.zone, excluded.days, excluded.reach)
            then region_deadline.set_at else excluded.set_at end
        """;

    private const string DeleteDeadline = "delete from region_deadline where region = $1";

    private const string UpsertPause = """
        insert into region_pause (region, note, since, until) values ($1, $2, $3, $4)
        on conflict (region) do update set note = excluded.note, since = excluded.since, until = excluded.until
        """;

    // Kept: a deadline that fell into it is not missed afterwards either.
    private const string EndPause = "update region_pause set until = $2 where region = $1 and (until is null or until > $2)";

    /// <summary>Every region that has a deadline or a pause, by code.</summary>
    public async Task<IReadOnlyList<NightRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectNights);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var nights = new List<NightRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var region = RegionCode.Parse(reader.GetString(0));
            var zone = reader.IsDBNull(1) ? null : reader.GetString(2);
            var found = zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : null;
            var pause = reader.IsDBNull(7) ? null : new PauseRow(reader.GetString(7), reader.GetFieldValue<DateTimeOffset>(8), ReadTime(reader, 9));
            nights.Add(new NightRow(region, found is null ? null : ReadDeadline(reader, region, found), ReadTime(reader, 10), pause)
            {
                UnknownZone = found is null ? zone : null,
                IsShutOut = reader.GetBoolean(11),
            });
        }

        return nights;
    }

    public async Task SetDeadlineAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(UpsertDeadline);
        command.Parameters.AddWithValue(deadline.Region.Value);
        command.Parameters.AddWithValue(deadline.At);
        command.Parameters.AddWithValue(deadline.Zone.Id);
        command.Parameters.AddWithValue((short)deadline.Days.Bits);
        command.Parameters.AddWithValue(deadline.Holidays.Order().ToArray());
        command.Parameters.AddWithValue(deadline.Reach);
        command.Parameters.AddWithValue(deadline.SetAt);
        await dataSource.ActAsync(command, AuditEntry.Of(AuditCode.RegionDeadlineSet, deadline.Region.Value, ("deadline", deadline.ToString())), cancellationToken);
    }

    /// <summary>False when the region had none.</summary>
    public async Task<bool> RemoveDeadlineAsync(RegionCode region, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(DeleteDeadline);
        command.Parameters.AddWithValue(region.Value);
        return await dataSource.ActAsync(command, AuditEntry.Of(AuditCode.RegionDeadlineRemoved, region.Value), cancellationToken) == 1;
    }

    /// <summary>What the region told of itself last; null: it goes on.</summary>
    public async Task SetPauseAsync(RegionCode region, PauseRow? pause, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(pause is null ? EndPause : UpsertPause);
        command.Parameters.AddWithValue(region.Value);
        if (pause is null)
        {
            command.Parameters.AddWithValue(now);
        }
        else
        {
            command.Parameters.AddWithValue(pause.Note);
            command.Parameters.AddWithValue(pause.Since);
            command.Parameters.Add(new NpgsqlParameter { Value = (object?)pause.Until ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        }

        var entry = pause is null
            ? AuditEntry.Of(AuditCode.RegionResumed, region.Value)
            : AuditEntry.Of(AuditCode.RegionPaused, region.Value, ("since", pause.Since), ("until", pause.Until));
        await dataSource.ActAsync(command, entry, cancellationToken);
    }

    private static Deadline ReadDeadline(NpgsqlDataReader reader, RegionCode region, TimeZoneInfo zone) => new(
        region,
        reader.GetFieldValue<TimeOnly>(1),
        zone,
        new DayOfWeekSet(reader.GetInt16(3)),
        reader.GetFieldValue<DateOnly[]>(4).ToHashSet(),
        reader.GetTimeSpan(5),
        reader.GetFieldValue<DateTimeOffset>(6));

    private static DateTimeOffset? ReadTime(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
