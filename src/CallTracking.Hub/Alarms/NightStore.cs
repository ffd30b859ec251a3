using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using Npgsql;

namespace CallTracking.Hub.Alarms;

/// <summary>A region rests on purpose.</summary>
internal sealed record PauseRow(string Note, DateTimeOffset Since, DateTimeOffset? Until)
{
    public bool Holds(DateTimeOffset at) => Until is not { } end || at < end;
}

/// <summary>A region with a deadline, and how it stands.</summary>
/// <param name="Deadline">By when.</param>
/// <param name="LastRunAt">When its last whole run came, by the hub's clock; null when none did.</param>
/// <param name="Pause">As told last, held or over; null when it never paused or has resumed.</param>
internal sealed record NightRow(Deadline Deadline, DateTimeOffset? LastRunAt, PauseRow? Pause);

/// <summary>What is known of the regions' nights: deadlines, pauses, the last whole run. Every method is one statement, with its row of the audit log where it changes something.</summary>
internal sealed class NightStore(NpgsqlDataSource dataSource)
{
    private const string SelectNights = """
        select d.region, d.at, d.zone, d.days, d.holidays, d.reach, d.set_at, p.note, p.since, p.until,
               (select max(coalesce(r.received_at, r.finished_at)) from run_report r
                where r.region = d.region and r.kind = 0 and coalesce(r.complete, r.closes and r.agrees))
        from region_deadline d
        left join region_pause p on p.region = d.region
        order by d.region
        """;

    private const string UpsertDeadline = """
        insert into region_deadline (region, at, zone, days, holidays, reach, set_at) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (region) do update set at = excluded.at, zone = excluded.zone, days = excluded.days, holidays = excluded.holidays,
          reach = excluded.reach, set_at = excluded.set_at
        """;

    private const string DeleteDeadline = "delete from region_deadline where region = $1";

    private const string UpsertPause = """
        insert into region_pause (region, note, since, until) values ($1, $2, $3, $4)
        on conflict (region) do update set note = excluded.note, since = excluded.since, until = excluded.until
        """;

    private const string DeletePause = "delete from region_pause where region = $1";

    /// <summary>Every region that has a deadline, by code.</summary>
    public async Task<IReadOnlyList<NightRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectNights);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var nights = new List<NightRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var deadline = new Deadline(
                RegionCode.Parse(reader.GetString(0)),
                reader.GetFieldValue<TimeOnly>(1),
                TimeZoneInfo.FindSystemTimeZoneById(reader.GetString(2)),
                new DayOfWeekSet(reader.GetInt16(3)),
                reader.GetFieldValue<DateOnly[]>(4).ToHashSet(),
                reader.GetTimeSpan(5),
                reader.GetFieldValue<DateTimeOffset>(6));
            var pause = await reader.IsDBNullAsync(7, cancellationToken)
                ? null
                : new PauseRow(reader.GetString(7), reader.GetFieldValue<DateTimeOffset>(8), ReadTime(reader, 9));
            nights.Add(new NightRow(deadline, ReadTime(reader, 10), pause));
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
    public async Task SetPauseAsync(RegionCode region, PauseRow? pause, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(pause is null ? DeletePause : UpsertPause);
        command.Parameters.AddWithValue(region.Value);
        if (pause is not null)
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

    private static DateTimeOffset? ReadTime(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
