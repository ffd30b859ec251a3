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

    // After one of these doctor looks no further: what it did not look at is not mended.
    private static readonly HashSet<string> Ending = new(StringComparer.Ordinal) { "configuration-wrong", "mapping-wrong", "state-not-readable", "state-not-writable" };

    // A look at a share that hangs does not end.
    private static readonly TimeSpan LookPatience = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SemaphoreSlim _news = new(0, 1);
    private AlarmBook? _book;
    private long? _lookedAt;

    public void Dispose()
    {
        _gate.Dispose();
        _news.Dispose();
    }

    /// <summary>After a night: what became of it, and whatever else is wrong.</summary>
    public async Task NightEndedAsync(NightEnd end, CancellationToken cancellationToken)
    {
        await WithinAsync(
            () => Set(RegionAlarm.NightFailed, end.Code == ExitCode.Done ? null : ($"the night's sync ended with {(int)end.Code}: {end.Words}", "Run 'calltracking-agent doctor'; 'status' has the run's report, the log each fault.")),
            cancellationToken);
        await ExamineAsync(cancellationToken);
    }

    /// <summary>Between two nights, while none is at work: looks again from time to time, so that what was mended is told.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_lookedAt is { } before && (clock.GetElapsedTime(before) < LookAgain || _book?.Alarms.Any(alarm => alarm.IsOpen) != true))
        {
            return;
        }

        await ExamineAsync(cancellationToken);
    }

    /// <summary>Runs beside the nights until cancelled: notices one that does not end, and tells what was not told yet. Nothing that hangs there keeps a night.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await WithinAsync(SetLate, cancellationToken);
            await TellAsync(cancellationToken);
            using var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(Task.Delay(Beat, clock, waited.Token), _news.WaitAsync(waited.Token));
            await waited.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Calls the command with what it has not taken yet. One that was over before anybody heard of it is told neither way.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var alarm in (_book?.Alarms ?? []).Where(alarm => alarm.OverAt is not null || alarm.ToldAt is null).ToList())
        {
            var isOver = alarm.OverAt is not null;
            if (call is not null && !(isOver && alarm.ToldAt is null) && await call.TryTellAsync(isOver ? "over" : "raised", alarm, cancellationToken) is { } trouble)
            {
                AlarmEvents.NotTold(logger, alarm.Code, trouble);
                continue;
            }

            await WithinAsync(() => NoteTold(alarm, isOver), cancellationToken);
        }
    }

    // Found otherwise meanwhile, it is another alarm.
    private void NoteTold(RegionAlarm alarm, bool isOver)
    {
        var book = Load();
        Save(book with { Alarms = isOver ? [.. book.Alarms.Except([alarm])] : [.. book.Alarms.Select(one => one == alarm ? one with { ToldAt = clock.GetUtcNow() } : one)] });
    }

    private async Task WithinAsync(Action work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            work();
        }
        catch (Exception broken)
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
        var now = clock.GetUtcNow();
        var book = Load();
        if (region.IsPaused(now))
        {
            // Nights that fell into a pause are not late when it ends.
            Save(book with { WatchedSince = now });
            return;
        }

        if (!region.TryFindLastWholeNight(out var last))
        {
            return;
        }

        var due = schedule.After(last is { } at && at > book.WatchedSince ? at : book.WatchedSince);
        var isLate = due < DateTimeOffset.MaxValue - lateAfter && now > due + lateAfter;
        Set(RegionAlarm.NightLate, !isLate ? null : (
            FormattableString.Invariant($"the night of {due:u} has not ended whole; the last one that did began {(last is null ? "never" : FormattableString.Invariant($"{last:u}"))}"),
            "Run 'calltracking-agent doctor' and look at the log; what is read waits in the outbox and is not lost."));
    }

    private async Task ExamineAsync(CancellationToken cancellationToken)
    {
        _lookedAt = clock.GetTimestamp();
        try
        {
            var found = await Task.Run(() => FindAsync(cancellationToken), cancellationToken).WaitAsync(LookPatience, clock, cancellationToken);
            await WithinAsync(() => Judge(found), cancellationToken);
        }
        catch (Exception broken) when (!cancellationToken.IsCancellationRequested)
        {
            AlarmEvents.Broke(logger, broken);
        }
    }

    private async Task<List<Diagnosis>> FindAsync(CancellationToken cancellationToken)
    {
        var found = new List<Diagnosis>();
        await foreach (var one in region.ExamineAsync(cancellationToken))
        {
            found.Add(one);
        }

        return found;
    }

    private void Judge(List<Diagnosis> found)
    {
        SetLate();
        var wrong = found.Where(one => one.Gravity != Gravity.Well && !Passed.Contains(one.Code)).GroupBy(one => one.Code, StringComparer.Ordinal).ToList();
        foreach (var same in wrong)
        {
            Set(same.Key, (string.Join("; ", same.Select(one => one.Text).Distinct(StringComparer.Ordinal)), same.First().Cure));
        }

        if (!wrong.Exists(same => Ending.Contains(same.Key)))
        {
            Load().Alarms.Where(alarm => alarm.IsOpen && alarm.Code is not (RegionAlarm.NightFailed or RegionAlarm.NightLate)).Select(alarm => alarm.Code)
                .Except(wrong.Select(same => same.Key)).ToList().ForEach(gone => Set(gone, null));
        }
    }

    private AlarmBook Load()
    {
        if (_book is null)
        {
            _book = file.Load();
            if (_book is null)
            {
                Save(new AlarmBook(clock.GetUtcNow(), []));
            }
        }

        return _book!;
    }

    // A full disk is what it may have to tell of.
    private void Save(AlarmBook book)
    {
        _book = book;
        try
        {
            file.Save(book);
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            AlarmEvents.NotKept(logger, full.Message);
        }
    }

    /// <param name="code">The alarm's.</param>
    /// <param name="wrong">What is wrong, and the cure; null when nothing is.</param>
    private void Set(string code, (string Text, string Cure)? wrong)
    {
        var book = Load();
        var open = book.Alarms.FirstOrDefault(alarm => alarm.Code == code && alarm.IsOpen);
        if (wrong is { } words && (open is null || !IsSame(open.Text, words.Text)))
        {
            // Of another source, or for another cause, it is told anew.
            AlarmEvents.Raised(logger, code, words.Text, words.Cure);
            Put(book, open, new RegionAlarm(code, words.Text, words.Cure, open?.RaisedAt ?? clock.GetUtcNow(), null, null));
        }
        else if (wrong is null && open is not null)
        {
            AlarmEvents.Over(logger, code, open.RaisedAt);
            Put(book, open, open with { OverAt = clock.GetUtcNow() });
        }
    }

    private void Put(AlarmBook book, RegionAlarm? before, RegionAlarm alarm)
    {
        Save(book with { Alarms = [.. book.Alarms.Where(one => !ReferenceEquals(one, before)), alarm] });
        if (_news.CurrentCount == 0)
        {
            _news.Release();
        }
    }

    // Counts, times and free bytes differ at each look.
    private static bool IsSame(string text, string other) => text.Where(sign => !char.IsAsciiDigit(sign)).SequenceEqual(other.Where(sign => !char.IsAsciiDigit(sign)));
}

/// <summary>What alarms are made of.</summary>
internal interface IRegionFacts
{
    /// <summary>Whether nights rest on purpose.</summary>
    bool IsPaused(DateTimeOffset now);

    /// <summary>When the last night that ended whole began; null when none did. False when that cannot be known now.</summary>
    bool TryFindLastWholeNight(out DateTimeOffset? began);

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

    [LoggerMessage(134, LogLevel.Error, "What was told of alarms could not be kept; it may be told again after a restart: {Why}")]
    public static partial void NotKept(ILogger logger, string why);

    [LoggerMessage(133, LogLevel.Error, "What is wrong here could not be looked for; tried again")]
    public static partial void Broke(ILogger logger, Exception error);
}
