namespace CallTracking.Hub;

/// <summary>
/// Something that whoever runs the hub must know and can mend. The message says what was expected, what was found and the
/// cure; it holds no secret and nothing personal.
/// </summary>
internal sealed class HubException(string message, int exitCode = HubExit.Failed, Exception? innerException = null)
    : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;
}

/// <summary>What the program's exit code says.</summary>
internal static class HubExit
{
    public const int Done = 0;

    /// <summary>The work failed or was refused.</summary>
    public const int Failed = 1;

    /// <summary>The command line, hub.yaml or a policy document is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The database cannot be reached, or its schema is not the one this hub was built for.</summary>
    public const int Database = 3;
}
