using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallTracking.Quality;

/// <summary>A place in a text that people marked, in UTF-16 code units.</summary>
internal sealed record LabelledSpan(int Start, int End, string Type);

/// <summary>A row of a labelled set.</summary>
internal sealed record LabelledText(string Text, IReadOnlyList<LabelledSpan> Spans, IReadOnlyList<LabelledSpan>? Other);

/// <summary>A text with the places at which one kind of value is expected.</summary>
internal sealed record RecognizerCase(
    string Entity, string? Country, string Text, int[][]? Expected, [property: JsonPropertyName("expected_count")] int ExpectedCount, bool Positive, double[][]? Score)
{
    [JsonPropertyName("public_checksum_fails")]
    public bool ChecksumFails { get; init; }

    /// <summary>A weak pattern by its own authors' score: without a word beside it nothing needs to be found.</summary>
    public bool IsWeak => Score is { Length: > 0 } && Score.Any(range => range[0] < 0.4);
}

/// <summary>Reads sets of JSON lines.</summary>
internal static class LabelledSets
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static List<T> Read<T>(string folder, string name) =>
        [.. File.ReadLines(Path.Combine(folder, name + ".jsonl")).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<T>(line, Options)!)];
}
