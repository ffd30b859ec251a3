namespace CallTracking.Faults.Faults;

/// <summary>Every kind of fault. Their order is part of what a seed means: a new one is added at the end.</summary>
internal static class FaultKinds
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new AgentKilled(), new HubKilled(), new Frozen(isHub: false), new Frozen(isHub: true),
        new WireParted(), new WireCut(), new WireSlow(), new WireDoubled(),
        new ServerKilled(), new SessionsEnded(),
        new LedgerDamaged(LedgerHarm.Cut), new LedgerDamaged(LedgerHarm.Garbled), new LedgerDamaged(LedgerHarm.Deleted), new LedgerDamaged(LedgerHarm.Restored),
        new DiskFull(), new LateFile(), new TwoAgents(), new ClockJumped(),
    ];

    /// <summary>Those that this machine can have, of the names given or of all.</summary>
    public static IReadOnlyList<Fault> Possible(IReadOnlyList<string> names) =>
        [.. All.Where(fault => fault.WhyNot is null && (names.Count == 0 ? !fault.IsOnRequest : names.Contains(fault.Name)))];

    /// <summary>What goes wrong in a round: one thing, or two at once in two regions.</summary>
    /// <param name="among">Those that may be drawn.</param>
    /// <param name="regions">How many there are to hit.</param>
    /// <param name="random">Of this round.</param>
    public static IReadOnlyList<Fault> Draw(IReadOnlyList<Fault> among, int regions, Random random)
    {
        var first = among[random.Next(among.Count)];
        var second = among[random.Next(among.Count)];
        return random.Next(3) > 0 || regions < 2 || (first.IsWide && second.IsWide) ? [first] : [first, second];
    }
}
