using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>How much a value has to say for itself before it counts, by how often random text looks like it.</summary>
internal enum DetectionTier
{
    /// <summary>Under 0.5 % of random strings of its form pass: found on sight.</summary>
    OnSight,

    /// <summary>0.5 to 2 %: check digit and a word about it within <see cref="Reach.Width"/> characters.</summary>
    Checksum,

    /// <summary>More, or no check digit: never by its form alone.</summary>
    Context,
}

/// <summary>A kind of personal value that detectors find.</summary>
/// <param name="Name">Microsoft Presidio's name where it has one.</param>
/// <param name="DataClass">The class whose rule decides whether it is looked for.</param>
/// <param name="Country">ISO 3166-1 alpha-2 of the authority that gives it, or empty.</param>
/// <param name="Tier">What it takes to be found.</param>
/// <param name="Precedence">Names a place that several kinds of the same length claim: the lowest does.</param>
internal sealed record EntityKind(string Name, DataClass DataClass, string Country, DetectionTier Tier, int Precedence)
{
    /// <summary>First day on which such values are given out; null when before anything that matters.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day on which they were given out under this rule; older values stay in use.</summary>
    public DateOnly? Until { get; init; }

    public override string ToString() => Name;
}
