namespace CallTracking.Hub.Alarms;

/// <summary>
/// Tells each channel what it has not taken yet. A notice belongs to the process that took it for <see cref="Lease"/>, so that two hubs do not both send it; one
/// that dies in between leaves it to the next, and then the other end may get it twice under one key.
/// </summary>
internal sealed class AlarmDelivery(
    AlarmStore alarms, IEnumerable<IAlarmChannel> channels, AlarmMeter meter, TimeProvider clock, ILogger<AlarmDelivery> logger)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromDays(7);
    private readonly IAlarmChannel[] _channels = [.. channels];

    /// <summary>Their names.</summary>
    public string[] Channels => [.. _channels.Select(channel => channel.Name)];

    public async Task DeliverAsync(CancellationToken cancellationToken)
    {
        if (_channels.Length == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        foreach (var due in await alarms.TakeAsync(now, now + Lease, Channels, cancellationToken))
        {
            await DeliverAsync(due, cancellationToken);
        }
    }

    /// <summary>Sends one notice over every channel, once, and says what each answered.</summary>
    public async Task<IReadOnlyList<(string Channel, bool IsTaken, string Answer)>> TryAllAsync(AlarmNotice notice, CancellationToken cancellationToken)
    {
        var answers = new List<(string, bool, string)>();
        foreach (var channel in _channels)
        {
            try
            {
                answers.Add((channel.Name, true, await channel.SendAsync(notice, cancellationToken)));
            }
            catch (AlarmChannelException refused)
            {
                answers.Add((channel.Name, false, refused.Message));
            }
        }

        return answers;
    }

    private async Task DeliverAsync(DueDelivery due, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _channels.Single(channel => channel.Name == due.Channel).SendAsync(due.Notice, cancellationToken);
            meter.Delivered(due.Channel, isTaken: true);
            await alarms.ConcludeAsync(due, clock.GetUtcNow(), clock.GetUtcNow(), answer, cancellationToken);
        }
        catch (AlarmChannelException refused)
        {
            meter.Delivered(due.Channel, isTaken: false);
            await PostponeAsync(due, refused.Message, cancellationToken);
        }
    }

    private async Task PostponeAsync(DueDelivery due, string why, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var began = due.Notice.Act == AlarmAct.Cleared ? due.Notice.Alarm.ClearedAt ?? now : due.Notice.Alarm.RaisedAt;
        if (now - began > Patience)
        {
            AlarmLog.GivenUp(logger, due.Notice.Key, due.Channel, Patience, why);
            await alarms.ConcludeAsync(due, now, now, $"given up: {why}", cancellationToken);
            return;
        }

        var wait = FirstWait * Math.Pow(2, Math.Min(due.Attempts - 1, 12));
        var nextAt = now + (wait < LongestWait ? wait : LongestWait);
        AlarmLog.NotTold(logger, due.Notice.Key, due.Channel, why, due.Attempts, nextAt);
        await alarms.ConcludeAsync(due, null, nextAt, why, cancellationToken);
    }
}
