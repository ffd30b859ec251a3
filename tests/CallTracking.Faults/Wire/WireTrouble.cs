namespace CallTracking.Faults.Wire;

/// <summary>What is wrong with a wire at present; several things may be at once.</summary>
internal sealed record WireTrouble
{
    public static readonly WireTrouble None = new();

    /// <summary>Nothing passes; who connects meets silence. What was under way passes when this has gone.</summary>
    public bool IsParted { get; init; }

    /// <summary>Every piece waits so long, each way.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How much passes in a second, each way of each connection; 0 for all.</summary>
    public int BytesPerSecond { get; init; }

    /// <summary>After so many bytes, both ways together, every connection is reset, in the middle of whatever was being said. Once.</summary>
    public long? CutAfter { get; init; }

    /// <summary>What an agent says is said to the hub on a second connection too, byte for byte.</summary>
    public bool IsDoubled { get; init; }
}
