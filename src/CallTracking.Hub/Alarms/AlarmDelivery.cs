namespace CallTracking.Hub.Alarms;

/// <summary>
/// Tells each channel what it has not taken yet, one notice after another. A notice belongs to the process that took it for <see cref="Lease"/>, which is longer than
/// any try, so that two hubs do not both send it; one that dies in between leaves it to the next, and then the other end may get it twice under one key.
/// </summary>
internal sealed class AlarmDelivery(
    AlarmStore alarms, IEnumerable<IAlarmChannel> channels, AlarmMeter meter, TimeProvider clock, ILogger<AlarmDelivery> logger)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromDays(7);
    private static readonly TimeSpan Joined = TimeSpan.FromHours(1);
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
        await alarms.JoinAsync(now, now - Joined, Channels, cancellationToken);
        foreach (var (ended, answer) in await alarms.GiveUpAsync(now, now - Patience, Channels, cancellationToken))
        {
            AlarmLog.GivenUp(logger, ended.Notice.Key, ended.Channel, Patience, answer);
        }

        while (await alarms.TakeAsync(clock.GetUtcNow(), clock.GetUtcNow() + Lease, Channels, cancellationToken) is { } due)
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
            var (isTaken, answer) = await TryAsync(channel, notice, cancellationToken);
            answers.Add((channel.Name, isTaken, answer));
        }

        return answers;
    }

    private async Task DeliverAsync(DueDelivery due, CancellationToken cancellationToken)
    {
        var (isTaken, answer) = await TryAsync(_channels.Single(channel => channel.Name == due.Channel), due.Notice, cancellationToken);
        meter.Delivered(due.Channel, isTaken);
        if (isTaken)
        {
            await alarms.ConcludeAsync(due, clock.GetUtcNow(), clock.GetUtcNow(), answer, cancellationToken);
        }
        else
        {
            await PostponeAsync(due, answer, cancellationToken);
        }
    }

    // Whatever a channel does: the others, and what else is due, do not wait for its mending.
    private static async Task<(bool IsTaken, string Answer)> TryAsync(IAlarmChannel channel, AlarmNotice notice, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestTry);
        try
        {
            return (true, await channel.SendAsync(notice, limit.Token));
        }
        catch (AlarmChannelException refused)
        {
            return (false, refused.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, $"no answer within {LongestTry.TotalSeconds:0} seconds");
        }
        catch (Exception broken) when (!cancellationToken.IsCancellationRequested)
        {
            // Of a library; its words may hold addresses.
            return (false, broken.GetType().Name);
        }
    }

    private async Task PostponeAsync(DueDelivery due, string why, CancellationToken cancellationToken)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(due.Attempts - 1, 12));
        var nextAt = clock.GetUtcNow() + (wait < LongestWait ? wait : LongestWait);
        AlarmLog.NotTold(logger, due.Notice.Key, due.Channel, why, due.Attempts, nextAt);
        await alarms.ConcludeAsync(due, null, nextAt, why, cancellationToken);
    }
}
