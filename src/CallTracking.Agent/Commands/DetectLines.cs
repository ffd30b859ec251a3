using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Privacy;

namespace CallTracking.Agent.Commands;

/// <summary>Texts as JSON lines in, findings as JSON lines out, one by one in order. Error texts never repeat what stands in a line.</summary>
internal sealed class DetectLines(PolicySet? policies, string country, string language)
{
    /// <summary>Longest line, in characters: a longer one is an error, so that memory stays bounded.</summary>
    public const int LongestLine = 16 * 1024 * 1024;

    private const string Empty = "{\"text\":\"\"}";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextDetection _detection = new();
    private readonly ArrayBufferWriter<byte> _json = new();

    /// <summary>Works until the input ends; gives the number of lines that were none.</summary>
    public async Task<long> RunAsync(TextReader input, TextWriter output, CancellationToken cancellationToken)
    {
        var lines = new BoundedLines(input, LongestLine);
        var broken = 0L;
        for (var number = 1L; await lines.ReadAsync(cancellationToken) is { } line; number++)
        {
            // An empty line is an empty text: answers stay beside their questions.
            var error = line.IsTooLong ? $"longer than {LongestLine} characters" : Answer(line.Text.Length > 0 ? line.Text : Empty);
            if (error is not null)
            {
                broken++;
                WriteError(error, number);
            }

            await output.WriteLineAsync(Encoding.UTF8.GetString(_json.WrittenSpan).AsMemory(), cancellationToken);
            await output.FlushAsync(cancellationToken);
        }

        return broken;
    }

    // What is wrong with the line, or null when it is answered.
    private string? Answer(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "not a JSON object; expected {\"text\": …}";
            }

            if (!document.RootElement.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
            {
                return "no \"text\" that is a string";
            }

            var from = CountryOf(StringOf(document.RootElement, "country") ?? country);
            Write(_detection.Look(text.GetString()!, from, StringOf(document.RootElement, "lang") ?? language, policies?.RulesFor(from, from, from)));
            return null;
        }
        catch (JsonException fault)
        {
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"not JSON, at byte {fault.BytePositionInLine}");
        }
        catch (InvalidOperationException)
        {
            // A \u escape of half a character.
            return "a string that is no Unicode text";
        }
    }

    // Whoever writes Germany or UK means a country whose forms are to be looked for.
    private static string CountryOf(string text) =>
        text.ToUpperInvariant() is var capitals && Iso3166.IsCode(capitals) ? capitals : CountryCode.Of(text) ?? "";

    private static string? StringOf(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private void Write(TextVerdict verdict)
    {
        _json.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_json, Plain);
        writer.WriteStartObject();
        writer.WriteStartArray("findings");
        foreach (var finding in verdict.Findings)
        {
            writer.WriteStartObject();
            writer.WriteNumber("start", finding.Start);
            writer.WriteNumber("end", finding.End);
            writer.WriteString("entity", finding.Entity);
            writer.WriteNumber("score", finding.Score);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("redacted", verdict.Redacted);
        writer.WriteEndObject();
    }

    private void WriteError(string error, long number)
    {
        _json.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_json, Plain);
        writer.WriteStartObject();
        writer.WriteString("error", error);
        writer.WriteNumber("line", number);
        writer.WriteEndObject();
    }
}
