namespace CallTracking.Agent.Sources.Http;

/// <summary>A page could not be had, and asking again may help.</summary>
/// <param name="asked">How long the interface asks to wait; null when it does not say.</param>
internal sealed class PageTroubleException(string message, TimeSpan? asked = null) : Exception(message)
{
    public TimeSpan? Asked { get; } = asked;
}

/// <summary>A page cannot be had, and asking again is no use.</summary>
internal sealed class PageRefusedException(string message, string cure, int status = 0) : Exception(message)
{
    public string Cure { get; } = cure;

    /// <summary>True when there is nothing at the address: what it was for is gone.</summary>
    public bool IsMissing { get; } = status is 404 or 410;

    /// <summary>True when the address of a page has become old since it was given.</summary>
    public bool IsStale { get; } = status is 400 or 404 or 410 or 422;
}
