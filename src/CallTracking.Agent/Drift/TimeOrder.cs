using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Drift;

/// <summary>
/// Counts rows whose times stand in an order in which no case lives. One such row is somebody's slip; when most are so, columns were exchanged, in the
/// export or in the mapping, and every value still reads as what it should be. Not thread-safe.
/// </summary>
internal sealed class TimeOrder(SourceMapping mapping)
{
    // Of fewer rows nothing can be expected to tell.
    private const int Telling = 10;

    private (long Both, long Wrong) _opened;
    private (long Both, long Wrong) _closed;

    public void Add(RowOutcome outcome)
    {
        if (outcome is not RowOutcome.Mapped { IsGone: false, Case.Opened: { } opened } mapped)
        {
            return;
        }

        var updated = mapped.Case.Updated is { } shown ? (Moment)shown : mapped.SourceUpdatedAt is { } at ? new Moment(at, IsDay: false) : (Moment?)null;
        _opened = With(_opened, updated, opened);
        _closed = With(_closed, mapped.Case.Closed is { } closed ? (Moment)closed : (Moment?)null, opened);
    }

    /// <summary>A line for each pair of times of which most rows have the wrong order.</summary>
    public IEnumerable<string> Doubts()
    {
        if (IsDoubtful(_opened))
        {
            yield return Said("opened", "later than updated", "updated", _opened);
        }

        if (IsDoubtful(_closed))
        {
            yield return Said("closed", "before opened", "opened", _closed);
        }
    }

    private static (long Both, long Wrong) With((long Both, long Wrong) count, Moment? later, Moment earlier) =>
        later is not { } end ? count : (count.Both + 1, count.Wrong + (end.IsBefore(earlier) ? 1 : 0));

    private static bool IsDoubtful((long Both, long Wrong) count) => count.Both >= Telling && count.Wrong * 2 > count.Both;

    private string Said(string field, string how, string other, (long Both, long Wrong) count) => string.Create(
        CultureInfo.InvariantCulture, $"{field}{Place(field)} is {how}{Place(other)} in {count.Wrong:N0} of {count.Both:N0} rows: were the columns exchanged?");

    private string Place(string field) => mapping.SourceOf(field) is { } place ? $" ({place})" : string.Empty;

    /// <summary>A time of a case; where only the day is known, or it is midnight, which is how a day is often written, its day counts.</summary>
    private readonly record struct Moment(DateTimeOffset At, bool IsDay)
    {
        public static implicit operator Moment(CaseTime time) =>
            new(time.At.ToDateTimeOffset().ToOffset(TimeSpan.FromMinutes(time.UtcOffsetMinutes)), time.Precision == TimePrecision.Day);

        private bool IsDayOnly => IsDay || At.TimeOfDay == TimeSpan.Zero;

        public bool IsBefore(Moment other) => IsDayOnly || other.IsDayOnly ? At.Date < other.At.Date : At < other.At;
    }
}
