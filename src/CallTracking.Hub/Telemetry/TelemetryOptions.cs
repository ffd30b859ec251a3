namespace CallTracking.Hub.Telemetry;

/// <summary>Section <c>telemetry</c> of hub.yaml. Without it metrics stay in the process, for tools of .NET.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>Null: nothing is sent.</summary>
    public OtlpOptions? Otlp { get; init; }
}

/// <summary>Where metrics are sent, by the OpenTelemetry Protocol over HTTP (protobuf).</summary>
/// <param name="Endpoint">The collector's address for metrics, whole; https, or this machine.</param>
/// <param name="HeadersFile">A file with lines <c>name: value</c> that the collector asks for, a token mostly; null when there is none. Read at start, never logged.</param>
/// <param name="Every">How often.</param>
internal sealed record OtlpOptions(Uri Endpoint, string? HeadersFile, TimeSpan Every);
