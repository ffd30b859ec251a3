using CallTracking.Hub.Cases;
using CallTracking.Hub.People;
using Npgsql;

namespace CallTracking.Hub.Audit;

/// <summary><c>/api/v1/audit</c>: the log for auditors and legal, the newest first.</summary>
internal static class AuditApi
{
    private const int DefaultPage = 100;
    private const int LargestPage = 1000;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/audit", ListAsync).Through(Door.AuditLog);

    private static async Task ListAsync(HttpContext http, AuditLogStore store, NpgsqlDataSource dataSource)
    {
        var reader = ApiQuery.Reader(http);
        var (since, until, who, what) = (reader.Instant("since"), reader.Instant("until"), AuditQuestion.Word(reader, "who"), AuditQuestion.Word(reader, "what"));
        var format = ApiQuery.Format(http, reader, "json", "jsonl");
        var (before, limit) = (reader.LongNumber("before", 1, long.MaxValue), reader.Number("limit", 1, LargestPage) ?? DefaultPage);
        if (reader.Finish() is { Count: > 0 } faults)
        {
            await ApiProblem.WriteAsync(http, faults);
            return;
        }

        var rows = await store.ListAsync(new AuditQuestion(since, until, who, what, before, limit), http.RequestAborted);
        await dataSource.NoteReadAsync(
            AuditEntry.Of(AuditCode.AuditRead, "GET /api/v1/audit", ("who", who), ("what", what), ("since", since), ("until", until), ("rows", rows.Count)), http.RequestAborted);
        if (format == "jsonl")
        {
            http.Response.ContentType = "application/jsonl; charset=utf-8";
            await http.Response.WriteAsync(string.Concat(rows.Select(row => AuditJson.Line(row) + "\n")), http.RequestAborted);
            return;
        }

        await ApiQuery.WriteJsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("rows");
            foreach (var row in rows)
            {
                AuditJson.Write(json, row);
            }

            json.WriteEndArray();
            if (rows.Count == limit)
            {
                json.WriteNumber("before", rows[^1].Sequence);
            }

            json.WriteEndObject();
        });
    }
}
