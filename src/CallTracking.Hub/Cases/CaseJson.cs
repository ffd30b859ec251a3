using System.Globalization;
using System.Text.Json;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Hub.Cases;

/// <summary>
/// A stored case as JSON: the hub's own facts in snake_case, then <c>case</c> as the contract's protobuf JSON with its original
/// field names. Uids are 32 hexadecimal digits everywhere, as in URLs.
/// </summary>
internal static class CaseJson
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    public static void Write(Utf8JsonWriter json, StoredCase stored)
    {
        // The uid is written once, in the form that people can paste into a URL; protobuf JSON would make it base64.
        var content = stored.Case.Clone();
        content.CaseUid = ByteString.Empty;
        json.WriteStartObject();
        json.WriteString("case_uid", CaseUid.FromBytes(stored.Case.CaseUid.Span).ToString());
        json.WriteString("region", stored.Case.Region);
        json.WriteNumber("epoch", stored.Epoch);
        json.WriteNumber("sequence", stored.Sequence);
        json.WriteNumber("policy_version", stored.PolicyVersion);
        WriteTime(json, "received_at", stored.ReceivedAt?.ToDateTimeOffset());
        WriteTime(json, "anonymized_at", stored.AnonymizedAt?.ToDateTimeOffset());
        json.WritePropertyName("case");
        json.WriteRawValue(Formatter.Format(content), skipInputValidation: true);
        json.WriteEndObject();
    }

    /// <summary>One line without a line end.</summary>
    public static string ToLine(StoredCase stored)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            Write(json, stored);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Text of other scripts is written as it is, not as escapes: this is JSON of its own, never a part of a page.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is { } at)
        {
            json.WriteString(name, ToText(at));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>RFC 3339 in UTC without trailing zeros.</summary>
    public static string ToText(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
