namespace CallTracking.Faults.Proof;

/// <summary>What was found wrong, by case; and how many rounds did not come to rest, which is a failure too.</summary>
/// <param name="Lost">Cases of a source that headquarters does not have.</param>
/// <param name="Doubled">Cases that headquarters has once more than the source, or whose history counts them twice.</param>
/// <param name="Stale">Cases that stand in another version than the source's.</param>
/// <param name="Leaked">Customers of whom a clear value stands in a table or a log.</param>
/// <param name="Restless">Rounds after which a region still failed, or found something new each time.</param>
internal sealed record Verdict(long Lost, long Doubled, long Stale, long Leaked, long Restless = 0)
{
    public static readonly Verdict Clean = new(0, 0, 0, 0);

    public bool IsClean => this == Clean;

    public static Verdict operator +(Verdict one, Verdict other) =>
        new(one.Lost + other.Lost, one.Doubled + other.Doubled, one.Stale + other.Stale, one.Leaked + other.Leaked, one.Restless + other.Restless);

    public override string ToString() => FormattableString.Invariant($"lost {Lost}, doubled {Doubled}, stale {Stale}, leaked {Leaked}");
}
