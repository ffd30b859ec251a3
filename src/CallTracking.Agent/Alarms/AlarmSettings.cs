namespace CallTracking.Agent.Alarms;

/// <summary>Whom the region's alarms are told, beside the log.</summary>
/// <param name="Command">A program and its arguments; no shell between. Empty: the log only.</param>
/// <param name="LateAfter">How long after its hour a night may take to end whole.</param>
internal sealed record AlarmSettings(IReadOnlyList<string> Command, TimeSpan LateAfter)
{
    public static readonly TimeSpan UsualLateAfter = TimeSpan.FromHours(6);

    /// <summary>Where nothing is said.</summary>
    public static AlarmSettings LogOnly { get; } = new([], UsualLateAfter);
}
