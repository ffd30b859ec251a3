namespace CallTracking.Agent.Commands;

/// <summary>What the program's exit code tells a script. Part of the interface: add, never renumber.</summary>
internal enum ExitCode
{
    Done = 0,

    /// <summary>The run failed: its report does not close, or the hub counted otherwise.</summary>
    RunFailed = 1,

    /// <summary>Wrong usage, or faults in the configuration.</summary>
    Configuration = 2,

    /// <summary>The hub was not reached within the time allowed.</summary>
    HubNotReachable = 3,

    /// <summary>There is no valid policy bundle, so nothing left the region.</summary>
    NoPolicy = 4,

    /// <summary>Certificate, token or epoch was refused, or the region is not enrolled.</summary>
    Identity = 5,

    /// <summary>A source could not be read to its end, or none of the rows that were read became a case.</summary>
    Source = 6,

    /// <summary><c>drift</c>: a source is not what it was, and a sync would go through all the same.</summary>
    Drift = 7,

    /// <summary>Stopped by a signal.</summary>
    Interrupted = 130,
}

/// <summary>Ends a command with a code and a text for the person at the terminal: what was expected, what was found, the cure.</summary>
internal sealed class AgentException(ExitCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    public ExitCode Code { get; } = code;
}
