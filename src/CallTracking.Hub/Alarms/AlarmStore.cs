using Npgsql;

namespace CallTracking.Hub.Alarms;

/// <summary>A notice that this process has taken to deliver.</summary>
internal sealed record DueDelivery(AlarmNotice Notice, string Channel, int Attempts);

/// <summary>A channel that did not take what it was told.</summary>
internal sealed record WaitingChannel(string Channel, long Alarms, int Attempts, DateTimeOffset Since);

/// <summary>
/// Alarms and what channels are still to be told. Whoever raises or clears first has done it: the others learn so from the row, in any hub process and
/// after any restart. Every method is one statement.
/// </summary>
internal sealed class AlarmStore(NpgsqlDataSource dataSource)
{
    private const string Columns = "id, code, region, words, raised_at, cleared_at";

    private const string Raise = $$"""
        with fresh as (
            insert into alarm (code, region, words, raised_at) values ($1, $2, $3, $4)
            on conflict (code, region) where cleared_at is null do nothing
            returning {{Columns}}),
        told as (insert into alarm_delivery (alarm, act, channel, next_at) select f.id, 1, c.channel, $4 from fresh f, unnest($5::text[]) as c (channel))
        select {{Columns}} from fresh
        """;

    // Whoever was told that it began, or is still to be, is told that it ended; whichever hub it is that clears it.
    private const string Clear = $$"""
        with done as (
            update alarm set cleared_at = $3 where code = $1 and region = $2 and cleared_at is null
            returning {{Columns}}),
        told as (
            insert into alarm_delivery (alarm, act, channel, next_at)
            select d.id, 2, r.channel, $3 from done d join alarm_delivery r on r.alarm = d.id and r.act = 1)
        select {{Columns}} from done
        """;

    private const string ListOpen = $"select {Columns} from alarm where cleared_at is null order by raised_at, id";

    private const string ListAll = $"select {Columns} from alarm order by raised_at desc, id desc limit $1";

    // A hub with other channels may have raised it.
    private const string Join = """
        insert into alarm_delivery (alarm, act, channel, next_at)
        select a.id, 1, c.channel, $1 from alarm a, unnest($3::text[]) as c (channel)
        where a.cleared_at is null and a.raised_at > $2
        on conflict do nothing
        """;

    private const string GiveUp = """
        update alarm_delivery d set done_at = $1, answer = 'given up: ' || coalesce(d.answer, 'no hub with this channel ran')
        from alarm a
        where a.id = d.alarm and d.done_at is null and d.channel = any($3) and d.next_at <= $1
          and case d.act when 2 then a.cleared_at else a.raised_at end < $2
        returning a.id, a.code, a.region, a.words, a.raised_at, a.cleared_at, d.act, d.channel, d.attempts, d.answer
        """;

    // Taken for a while: a process that dies with it leaves it to the others. That it ended is told after that it began.
    private const string Take = """
        with due as (
            select d.alarm, d.act, d.channel from alarm_delivery d
            where d.done_at is null and d.next_at <= $1 and d.channel = any($2)
              and not exists (
                select from alarm_delivery e where e.alarm = d.alarm and e.channel = d.channel and e.act < d.act and e.done_at is null)
            order by d.next_at
            limit 1
            for update of d skip locked)
        update alarm_delivery d set attempts = d.attempts + 1, next_at = $3
        from due, alarm a
        where d.alarm = due.alarm and d.act = due.act and d.channel = due.channel and a.id = d.alarm
        returning a.id, a.code, a.region, a.words, a.raised_at, a.cleared_at, d.act, d.channel, d.attempts
        """;

    private const string Waiting = """
        select channel, count(*), max(attempts), min(a.raised_at)
        from alarm_delivery d join alarm a on a.id = d.alarm
        where d.done_at is null and d.attempts > 0
        group by channel
        order by channel
        """;

    // One that another process has taken since is that one's.
    private const string Conclude = """
        update alarm_delivery set done_at = $5, next_at = $6, answer = $7 where alarm = $1 and act = $2 and channel = $3 and attempts = $4 and done_at is null
        """;

    /// <summary>Raises it unless it is open already; null then.</summary>
    public Task<Alarm?> RaiseAsync(string code, string region, string words, DateTimeOffset now, string[] channels, CancellationToken cancellationToken) =>
        FirstAsync(Raise, cancellationToken, code, region, words, now, channels);

    /// <summary>Clears it if it is open; null otherwise.</summary>
    public Task<Alarm?> ClearAsync(string code, string region, DateTimeOffset now, CancellationToken cancellationToken) =>
        FirstAsync(Clear, cancellationToken, code, region, now);

    /// <summary>Has these channels told of alarms that are open and were raised since then, whoever raised them.</summary>
    public async Task JoinAsync(DateTimeOffset now, DateTimeOffset since, string[] channels, CancellationToken cancellationToken)
    {
        await using var command = Command(Join, now, since, channels);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Ends what these channels did not take and what is older than that: a channel that comes back does not send its whole past. Answers what was ended, each with its last answer.</summary>
    public async Task<IReadOnlyList<(DueDelivery Delivery, string Answer)>> GiveUpAsync(DateTimeOffset now, DateTimeOffset olderThan, string[] channels, CancellationToken cancellationToken)
    {
        await using var command = Command(GiveUp, now, olderThan, channels);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ended = new List<(DueDelivery, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ended.Add((ReadDue(reader), reader.GetString(9)));
        }

        return ended;
    }

    /// <summary>Those that are open, oldest first.</summary>
    public Task<IReadOnlyList<Alarm>> ListOpenAsync(CancellationToken cancellationToken) => ListAsync(ListOpen, cancellationToken);

    /// <summary>The latest, open or not, newest first.</summary>
    public Task<IReadOnlyList<Alarm>> ListAsync(int limit, CancellationToken cancellationToken) => ListAsync(ListAll, cancellationToken, limit);

    /// <summary>Takes one that is due, null where none is; what is not concluded by <paramref name="until"/> is due again.</summary>
    public async Task<DueDelivery?> TakeAsync(DateTimeOffset now, DateTimeOffset until, string[] channels, CancellationToken cancellationToken)
    {
        await using var command = Command(Take, now, channels, until);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ReadDue(reader) : null;
    }

    /// <summary>Notes how a delivery went.</summary>
    /// <param name="delivery">Which.</param>
    /// <param name="doneAt">Null: it is tried again at <paramref name="nextAt"/>.</param>
    /// <param name="nextAt">When it is due again.</param>
    /// <param name="answer">Of the other end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ConcludeAsync(DueDelivery delivery, DateTimeOffset? doneAt, DateTimeOffset nextAt, string answer, CancellationToken cancellationToken)
    {
        await using var command = Command(Conclude, delivery.Notice.Alarm.Id, (short)delivery.Notice.Act, delivery.Channel, delivery.Attempts);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)doneAt ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        command.Parameters.AddWithValue(nextAt);
        command.Parameters.AddWithValue(answer);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Channels that did not take an alarm and are told again: how many, how often at most it was tried, since when.</summary>
    public async Task<IReadOnlyList<WaitingChannel>> ListWaitingAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Waiting);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var waiting = new List<WaitingChannel>();
        while (await reader.ReadAsync(cancellationToken))
        {
            waiting.Add(new WaitingChannel(reader.GetString(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return waiting;
    }

    private async Task<Alarm?> FirstAsync(string sql, CancellationToken cancellationToken, params object[] values) =>
        (await ListAsync(sql, cancellationToken, values)).SingleOrDefault();

    private async Task<IReadOnlyList<Alarm>> ListAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var alarms = new List<Alarm>();
        while (await reader.ReadAsync(cancellationToken))
        {
            alarms.Add(Read(reader));
        }

        return alarms;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = dataSource.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }

        return command;
    }

    private static DueDelivery ReadDue(NpgsqlDataReader reader) => new(new AlarmNotice(Read(reader), (AlarmAct)reader.GetInt16(6)), reader.GetString(7), reader.GetInt32(8));

    private static Alarm Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.GetFieldValue<DateTimeOffset>(4),
        reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5));
}
