using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CallTracking.Hub.Audit;

/// <summary>What is written down of an act.</summary>
/// <param name="What">One of <see cref="AuditCode"/>.</param>
/// <param name="Subject">On what: an id, a code, a version. Never a value of a case.</param>
/// <param name="Detail">Names and values, canonical JSON.</param>
internal sealed record AuditEntry(string What, string Subject, string Detail)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="what">One of <see cref="AuditCode"/>.</param>
    /// <param name="subject">On what.</param>
    /// <param name="detail">Texts, numbers, yes or no, lists of texts; what is null is left out.</param>
    public static AuditEntry Of(string what, string subject, params (string Name, object? Value)[] detail) => new(what, subject, Canonical(detail));

    // In the order of names and without blanks, so that the same detail is the same text.
    private static string Canonical(IEnumerable<(string Name, object? Value)> detail)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Compact))
        {
            json.WriteStartObject();
            foreach (var (name, value) in detail.Where(pair => pair.Value is not null).OrderBy(pair => pair.Name, StringComparer.Ordinal))
            {
                json.WritePropertyName(name);
                Write(json, value!);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text:
                // PostgreSQL's text holds no NUL; a lone surrogate is no text either.
                json.WriteStringValue(text.Replace("\0", "\uFFFD", StringComparison.Ordinal));
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case DateTimeOffset at:
                json.WriteStringValue(at.ToUniversalTime());
                break;
            case IEnumerable<string> texts:
                json.WriteStartArray();
                foreach (var text in texts)
                {
                    Write(json, text);
                }

                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"A detail of type {value.GetType().Name} has no canonical form.", nameof(value));
        }
    }
}
