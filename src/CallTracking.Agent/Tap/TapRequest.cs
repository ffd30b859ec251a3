using System.Text.Json;

namespace CallTracking.Agent.Tap;

/// <summary>What a watcher wants to see: one line of JSON, the first that it sends.</summary>
/// <param name="Source">Only of this source; null for all.</param>
/// <param name="Rows">Rows as they stand in the source.</param>
/// <param name="Cases">The cases that they become, before redaction.</param>
/// <param name="Every">One row of so many, from 1.</param>
internal sealed record TapRequest(string? Source, bool Rows, bool Cases, int Every)
{
    /// <summary>Longer is none.</summary>
    public const int MostBytes = 4096;

    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this), (byte)'\n'];

    /// <summary>Null when the line is no request.</summary>
    public static TapRequest? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<TapRequest>(line) is { Every: > 0 } request && (request.Rows || request.Cases) ? request : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
