namespace CallTracking.Faults.Faults;

/// <summary>Every kind of fault. Their order is part of what a seed means: a new one is added at the end.</summary>
internal static class FaultKinds
{
    public static IReadOnlyList<Fault> All { get; } = [new AgentKilled()];

    /// <summary>Those that this machine can have, of the names given or of all.</summary>
    public static IReadOnlyList<Fault> Possible(IReadOnlyList<string> names) =>
        [.. All.Where(fault => fault.WhyNot is null && (names.Count == 0 || names.Contains(fault.Name)))];
}
