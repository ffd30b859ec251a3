using CallTracking.Agent.Commands;
using CallTracking.Agent.Schedule;
using CallTracking.Contracts;

namespace CallTracking.Agent.Alarms;

/// <summary>What a night ended as.</summary>
/// <param name="Code">As a sync's exit code.</param>
/// <param name="Words">Why it is not whole; empty where it is.</param>
internal sealed record NightEnd(ExitCode Code, string Words)
{
    public static NightEnd Whole { get; } = new(ExitCode.Done, string.Empty);
}

/// <summary>
/// Tells people at the region what is wrong there, once when it begins and once when it is over, in the log and by the region's own command: nights that
/// failed or do not end, and what <c>doctor</c> finds after a night. What the command does not take is tried again with each beat.
/// </summary>
/// <param name="file">Where alarms outlive the service.</param>
/// <param name="call">The region's command; null: the log only.</param>
/// <param name="schedule">When nights are due.</param>
/// <param name="lateAfter">How long after its hour a night may take.</param>
/// <param name="region">Where this happens.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="logger">The service's log.</param>
internal sealed class RegionAlarms(
    AlarmFile file, AlarmCall? call, NightlySchedule schedule, TimeSpan lateAfter, IRegionFacts region, TimeProvider clock, ILogger logger) : IDisposable
{
    /// <summary>How late a night that does not end is noticed.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromMinutes(5);

    /// <summary>How often it is looked whether what was wrong is mended.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    // Said better by the two of nights, or no fault.
    private static readonly HashSet<string> Passed = new(StringComparer.Ordinal) { "agent-at-work", "run-open", "run-late", "run-not-complete" };

    private readonly SemaphoreSlim _gate = new(1, 1);
    private AlarmBook? _book;
    private long? _lookedAt;

    public void Dispose() => _gate.Dispose();

    /// <summary>After a night: what became of it, and whatever else is wrong.</summary>
    public Task NightEndedAsync(NightEnd end, CancellationToken cancellationToken) => WithinAsync(
        async () =>
        {
            Set(RegionAlarm.NightFailed, end.Code == ExitCode.Done ? null : ($"the night's sync ended with {(int)end.Code}: {end.Words}", "Run 'calltracking-agent doctor'; 'status' has the run's report, the log each fault."));
            await ExamineAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Between two nights, while none is at work: looks again from time to time, so that what was mended is told.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_lookedAt is { } before && (clock.GetElapsedTime(before) < LookAgain || Load().Alarms.All(alarm => !alarm.IsOpen)))
        {
            return;
        }

        await WithinAsync(() => ExamineAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Runs beside the nights until cancelled: notices one that does not end, and tells what was not told yet.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await WithinAsync(
                () =>
                {
                    SetLate();
                    return Task.CompletedTask;
                },
                cancellationToken);
            await Task.Delay(Beat, clock, cancellationToken);
        }
    }

    private async Task WithinAsync(Func<Task> look, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await look();
            await TellAsync(cancellationToken);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // Who watches over the nights does not end them.
            AlarmEvents.Broke(logger, broken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void SetLate()
    {
        if (region.IsPaused(clock.GetUtcNow()))
        {
            return;
        }

        var last = region.LastWholeNight();
        var watched = Load().WatchedSince;
        var due = schedule.After(last is { } at && at > watched ? at : watched);
        var isLate = due < DateTimeOffset.MaxValue - lateAfter && clock.GetUtcNow() > due + lateAfter;
        Set(RegionAlarm.NightLate, !isLate ? null : (
            FormattableString.Invariant($"the night of {due:u} has not ended whole; the last one that did began {(last is null ? "never" : FormattableString.Invariant($"{last:u}"))}"),
            "Run 'calltracking-agent doctor' and look at the log; what is read waits in the outbox and is not lost."));
    }

    private async Task ExamineAsync(CancellationToken cancellationToken)
    {
        SetLate();
        var found = new List<Diagnosis>();
        await foreach (var one in region.ExamineAsync(cancellationToken))
        {
            found.Add(one);
        }

        _lookedAt = clock.GetTimestamp();
        var wrong = found.Where(one => one.Gravity != Gravity.Well && !Passed.Contains(one.Code)).GroupBy(one => one.Code, StringComparer.Ordinal).ToList();
        foreach (var same in wrong)
        {
            Set(same.Key, (string.Join("; ", same.Select(one => one.Text).Distinct(StringComparer.Ordinal)), same.First().Cure));
        }

        foreach (var gone in Load().Alarms.Where(alarm => alarm.IsOpen && alarm.Code is not (RegionAlarm.NightFailed or RegionAlarm.NightLate)).Select(alarm => alarm.Code).Except(wrong.Select(same => same.Key)).ToList())
        {
            Set(gone, null);
        }
    }

    private AlarmBook Load()
    {
        if (_book is null && file.Load() is null)
        {
            Save(new AlarmBook(clock.GetUtcNow(), []));
        }

        return _book ??= file.Load() ?? new AlarmBook(clock.GetUtcNow(), []);
    }

    private void Save(AlarmBook book)
    {
        _book = book;
        file.Save(book);
    }

    /// <param name="code">The alarm's.</param>
    /// <param name="wrong">What is wrong, and the cure; null when nothing is.</param>
    private void Set(string code, (string Text, string Cure)? wrong)
    {
        var book = Load();
        var open = book.Alarms.FirstOrDefault(alarm => alarm.Code == code && alarm.IsOpen);
        if (wrong is { } words && open is null)
        {
            var raised = new RegionAlarm(code, words.Text, words.Cure, clock.GetUtcNow(), null, null);
            Save(book with { Alarms = [.. book.Alarms, raised] });
            AlarmEvents.Raised(logger, code, words.Text, words.Cure);
        }
        else if (wrong is null && open is not null)
        {
            AlarmEvents.Over(logger, code, open.RaisedAt);
            Save(book with { Alarms = [.. book.Alarms.Select(alarm => ReferenceEquals(alarm, open) ? alarm with { OverAt = clock.GetUtcNow() } : alarm)] });
        }
    }

    // One that was over before anybody heard of it is told neither way.
    private async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var alarm in Load().Alarms.Where(alarm => alarm.OverAt is not null || alarm.ToldAt is null).ToList())
        {
            var isOver = alarm.OverAt is not null;
            if (call is not null && !(isOver && alarm.ToldAt is null) && await call.TryTellAsync(isOver ? "over" : "raised", alarm, cancellationToken) is { } trouble)
            {
                AlarmEvents.NotTold(logger, alarm.Code, trouble);
                continue;
            }

            var book = Load();
            Save(book with { Alarms = isOver ? [.. book.Alarms.Except([alarm])] : [.. book.Alarms.Select(one => one == alarm ? one with { ToldAt = clock.GetUtcNow() } : one)] });
        }
    }
}

/// <summary>What alarms are made of.</summary>
internal interface IRegionFacts
{
    /// <summary>Whether nights rest on purpose.</summary>
    bool IsPaused(DateTimeOffset now);

    /// <summary>When the last night that ended whole began; null when none did.</summary>
    DateTimeOffset? LastWholeNight();

    /// <summary>As <c>doctor</c> looks.</summary>
    IAsyncEnumerable<Diagnosis> ExamineAsync(CancellationToken cancellationToken);
}

internal static partial class AlarmEvents
{
    [LoggerMessage(130, LogLevel.Error, "ALARM {Code}: {Text}. {Cure}")]
    public static partial void Raised(ILogger logger, string code, string text, string cure);

    [LoggerMessage(131, LogLevel.Information, "The alarm {Code} of {Since:O} is over")]
    public static partial void Over(ILogger logger, string code, DateTimeOffset since);

    [LoggerMessage(132, LogLevel.Error, "The command of 'alarms' was not told of {Code} and is tried again in five minutes: {Why}")]
    public static partial void NotTold(ILogger logger, string code, string why);

    [LoggerMessage(133, LogLevel.Error, "What is wrong here could not be looked for; tried again")]
    public static partial void Broke(ILogger logger, Exception error);
}
