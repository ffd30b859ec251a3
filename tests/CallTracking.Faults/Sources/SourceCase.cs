namespace CallTracking.Faults.Sources;

/// <summary>A case as its region's help desk has it now. Model and firmware are technical, so headquarters keeps them: by them a stored case is known again.</summary>
/// <param name="Region">Its region's code.</param>
/// <param name="Number">From 0, within the region.</param>
/// <param name="Version">1 when it is opened, one more with each change.</param>
/// <param name="ChangedIn">The round of its last change.</param>
/// <param name="IsOpen">Whether it is open or solved.</param>
internal sealed record SourceCase(string Region, int Number, int Version, int ChangedIn, bool IsOpen)
{
    /// <summary>How every canary begins; no word of any language does.</summary>
    public const string CanaryStart = "zqcanary";

    /// <summary>What headquarters knows the case by.</summary>
    public string Model => FormattableString.Invariant($"ZM-{Region}-{Number:00000}");

    /// <summary>Which version of it this is.</summary>
    public string Firmware => FormattableString.Invariant($"v{Version}");

    /// <summary>A part of every personal value of its customer, which headquarters may not have.</summary>
    public string Canary => FormattableString.Invariant($"{CanaryStart}{Region.ToLowerInvariant()}{Number:00000}");
}
