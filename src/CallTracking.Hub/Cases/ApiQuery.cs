using System.Text;
using System.Text.Json;

namespace CallTracking.Hub.Cases;

/// <summary>Reads a question from a URL and writes an answer in the format that was asked for.</summary>
internal static class ApiQuery
{
    public static ParameterReader Reader(HttpContext http) => new(http.Request.Query
        .GroupBy(pair => pair.Key.ToLowerInvariant(), StringComparer.Ordinal) // Signs that are one in small letters: K and the sign of Kelvin.
        .ToDictionary(same => same.Key, same => (IReadOnlyList<string>)[.. same.SelectMany(pair => pair.Value).OfType<string>()], StringComparer.Ordinal));

    /// <summary>The parameter <c>format</c>, else what the Accept header names, else the first of the formats.</summary>
    public static string Format(HttpContext http, ParameterReader reader, params string[] formats)
    {
        if (reader.Word("format", formats) is { } named)
        {
            return named;
        }

        var accepted = http.Request.Headers.Accept.ToString();
        return formats.FirstOrDefault(format => accepted.Contains(MediaType(format), StringComparison.OrdinalIgnoreCase)) ?? formats[0];
    }

    public static async Task WriteJsonAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, CaseJson.Compact);
        write(json);
    }

    public static async Task WriteCsvAsync(HttpContext http, IEnumerable<string> columns, IEnumerable<IEnumerable<object?>> rows)
    {
        http.Response.ContentType = "text/csv; charset=utf-8; header=present";
        await using var text = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await text.WriteAsync(CsvText.Row(columns));
        foreach (var row in rows)
        {
            await text.WriteAsync(CsvText.Row(row));
        }
    }

    private static string MediaType(string format) => format switch
    {
        "csv" => "text/csv",
        "jsonl" => "application/jsonl",
        _ => "application/json",
    };
}

/// <summary>RFC 7807 answers.</summary>
internal static class ApiProblem
{
    /// <summary>400 with every wrong parameter, its value and what could have stood there.</summary>
    public static Task WriteAsync(HttpContext http, IReadOnlyList<ParameterFault> faults) =>
        WriteAsync(http, StatusCodes.Status400BadRequest, "The question cannot be answered as asked.", FormattableString.Invariant($"{faults.Count} of its parameters do not fit."), json =>
        {
            json.WriteStartArray("faults");
            foreach (var fault in faults)
            {
                json.WriteStartObject();
                json.WriteString("parameter", fault.Parameter);
                json.WriteString("value", fault.Value);
                json.WriteString("expected", fault.Expected);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    public static Task WriteAsync(HttpContext http, int status, string title, string detail) => WriteAsync(http, status, title, detail, _ => { });

    private static async Task WriteAsync(HttpContext http, int status, string title, string detail, Action<Utf8JsonWriter> more)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json; charset=utf-8";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, CaseJson.Compact);
        json.WriteStartObject();
        json.WriteString("type", "about:blank");
        json.WriteString("title", title);
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        more(json);
        json.WriteEndObject();
    }
}
