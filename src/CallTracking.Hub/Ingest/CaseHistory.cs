using CallTracking.Contracts;

namespace CallTracking.Hub.Ingest;

/// <summary>One entry of a case's history.</summary>
/// <param name="At">Business time, never the time of our own write where the source knows better.</param>
/// <param name="From">0: the case was not there.</param>
/// <param name="To">0: the case is gone.</param>
/// <param name="Changed">Coded columns that differ from the version before; on the last entry of a version.</param>
internal readonly record struct CaseEvent(DateTime At, CaseStatus From, CaseStatus To, string[] Changed)
{
    /// <summary>+1 the case became open, -1 it ceased to be, 0 neither.</summary>
    public int BacklogDelta => (CaseHistory.IsOpen(To) ? 1 : 0) - (CaseHistory.IsOpen(From) ? 1 : 0);
}

/// <summary>
/// Turns versions of a case into history from which the backlog of any date can be counted. Pure. Times never run backwards
/// within a version.
/// </summary>
internal static class CaseHistory
{
    /// <summary>A case without a status (a survey answer, a post) is never part of a backlog.</summary>
    public static bool IsOpen(CaseStatus status) =>
        status is CaseStatus.New or CaseStatus.Open or CaseStatus.PendingCustomer or CaseStatus.OnHold;

    /// <summary>The first version of a case: the source's own status history, as far as it has one.</summary>
    public static List<CaseEvent> Begin(CodedCase coded, IReadOnlyList<StatusChange> history, DateTime receivedAt)
    {
        var changes = InOrder(history);
        var last = coded.UpdatedAt ?? receivedAt;
        if (coded.Status == CaseStatus.Unspecified && changes.Count == 0)
        {
            return [new CaseEvent(coded.OpenedAt ?? last, CaseStatus.Unspecified, CaseStatus.Unspecified, [])];
        }

        var events = new List<CaseEvent>();
        if (coded.OpenedAt is { } openedAt && (changes.Count == 0 ? !IsOpen(coded.Status) : changes[0].At > openedAt && !IsOpen(changes[0].Status)))
        {
            // It was open before it was closed, though the source kept only the end.
            Append(events, openedAt, CaseStatus.New);
        }

        foreach (var (at, status) in changes)
        {
            Append(events, events.Count == 0 && coded.OpenedAt < at ? coded.OpenedAt.Value : at, status);
        }

        if (coded.Status != CaseStatus.Unspecified)
        {
            var at = events.Count == 0 && IsOpen(coded.Status) ? coded.OpenedAt ?? last : EndOf(coded, last);
            Append(events, at, coded.Status);
        }

        return events;
    }

    /// <summary>A later version: what the source's history adds, else one step from the old status to the new.</summary>
    public static List<CaseEvent> Continue(CodedCase before, CodedCase coded, IReadOnlyList<StatusChange> history, DateTime receivedAt)
    {
        var events = new List<CaseEvent>();
        var from = before.Status;
        if (before.UpdatedAt is { } seen)
        {
            foreach (var (at, status) in InOrder(history).Where(change => change.At > seen))
            {
                Append(events, at, status, from);
            }
        }

        Append(events, EndOf(coded, coded.UpdatedAt ?? receivedAt), coded.Status, from);
        var changed = coded.DifferencesFrom(before);
        if (events.Count == 0)
        {
            return [new CaseEvent(coded.UpdatedAt ?? receivedAt, from, coded.Status, changed)];
        }

        events[^1] = events[^1] with { Changed = changed };
        return events;
    }

    /// <summary>A case that the source had dropped and has again: its earlier history stands already.</summary>
    public static List<CaseEvent> Return(CodedCase coded, DateTime goneAt, DateTime receivedAt) =>
        [new CaseEvent(Later(coded.UpdatedAt ?? receivedAt, goneAt), CaseStatus.Unspecified, coded.Status, [])];

    /// <summary>A case whose row was deleted or changed by hand: what stood there proves nothing, the last entry of its history does.</summary>
    public static List<CaseEvent> Resume(CaseEvent last, CodedCase coded, IReadOnlyList<StatusChange> history, DateTime receivedAt)
    {
        var events = new List<CaseEvent>();
        foreach (var (at, status) in InOrder(history).Where(change => change.At > last.At))
        {
            Append(events, at, status, last.To);
        }

        Append(events, Later(EndOf(coded, coded.UpdatedAt ?? receivedAt), last.At), coded.Status, last.To);
        return events;
    }

    /// <summary>The source has the case no more.</summary>
    public static List<CaseEvent> End(CodedCase before, DateTime goneAt) => [new CaseEvent(goneAt, before.Status, CaseStatus.Unspecified, [])];

    /// <summary>The source has a case no more whose row was deleted or changed by hand.</summary>
    public static List<CaseEvent> End(CaseEvent last, DateTime goneAt) => [new CaseEvent(Later(goneAt, last.At), last.To, CaseStatus.Unspecified, [])];

    private static DateTime EndOf(CodedCase coded, DateTime otherwise) =>
        !IsOpen(coded.Status) && coded.ClosedAt is { } closedAt ? closedAt : otherwise;

    private static List<(DateTime At, CaseStatus Status)> InOrder(IReadOnlyList<StatusChange> history) =>
        [.. history
            .Where(change => change.At?.At is not null && change.Status != CaseStatus.Unspecified)
            .Select(change => (CodedCase.Instant(change.At.At)!.Value, change.Status))
            .OrderBy(change => change.Value)];

    private static void Append(List<CaseEvent> events, DateTime at, CaseStatus to, CaseStatus from = CaseStatus.Unspecified)
    {
        var before = events.Count > 0 ? events[^1] : new CaseEvent(DateTime.MinValue, CaseStatus.Unspecified, from, []);
        if (before.To != to)
        {
            events.Add(new CaseEvent(Later(at, before.At), before.To, to, []));
        }
    }

    private static DateTime Later(DateTime left, DateTime right) => left > right ? left : right;
}
