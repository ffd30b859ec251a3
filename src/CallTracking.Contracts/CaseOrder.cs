namespace CallTracking.Contracts;

/// <summary>
/// Which of two versions of a case is the later one: first the epoch that the hub issued to the agent's ledger, then the
/// region-wide sequence within it. A lower order never overwrites a higher.
/// </summary>
public readonly record struct CaseOrder(ulong Epoch, ulong Sequence) : IComparable<CaseOrder>
{
    public int CompareTo(CaseOrder other) =>
        Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Sequence.CompareTo(other.Sequence);

    public static bool operator <(CaseOrder left, CaseOrder right) => left.CompareTo(right) < 0;

    public static bool operator >(CaseOrder left, CaseOrder right) => left.CompareTo(right) > 0;

    public static bool operator <=(CaseOrder left, CaseOrder right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CaseOrder left, CaseOrder right) => left.CompareTo(right) >= 0;
}
