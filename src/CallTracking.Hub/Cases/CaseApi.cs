using System.Text;
using System.Text.Json;
using CallTracking.Contracts;
using CallTracking.Hub.People;

namespace CallTracking.Hub.Cases;

/// <summary>
/// <c>/api/v1</c>: lists, single cases, counts, backlog and regions as JSON (snake_case), CSV or JSON lines. Reads only, and only what the asker
/// may see; every wrong parameter of a question is named in one answer (RFC 7807).
/// </summary>
internal static class CaseApi
{
    private const int DefaultPage = 100;
    private const int LargestPage = 1000;

    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").NotesLooks();
        api.MapGet("/cases", ListAsync).Through(Door.CaseList);
        api.MapGet("/cases/{uid}", GetAsync).Through(Door.OneCase);
        api.MapGet("/counts", CountAsync).Through(Door.Figures);
        api.MapGet("/backlog", BacklogAsync).Through(Door.Figures);
        api.MapGet("/regions", RegionsAsync).Through(Door.Overview);
        return api;
    }

    private static async Task ListAsync(HttpContext http, CaseStore store)
    {
        var reader = ApiQuery.Reader(http);
        var filter = CaseFilterParameters.Read(reader);
        var format = ApiQuery.Format(http, reader, "json", "csv", "jsonl");
        var limit = reader.Number("limit", 0, LargestPage);
        var everything = reader.Flag("all") || limit == 0;
        var bom = reader.Flag("bom");
        CaseCursor? after = null;
        if (reader.Single("cursor") is { } token)
        {
            after = CaseCursor.TryParse(token, filter, out var cursor) ? cursor : null;
            if (after is null)
            {
                reader.Fault("cursor", token, "the next_cursor of the answer before, with the same filters; or no cursor, to start again");
            }
        }

        if (everything && format == "json")
        {
            reader.Fault("all", "true", "format csv or jsonl, which can be read while they arrive; JSON comes in pages");
        }

        if (reader.Finish() is { Count: > 0 } faults)
        {
            await ApiProblem.WriteAsync(http, faults);
            return;
        }

        var look = http.BeginLook(filter);
        if (everything)
        {
            await WriteRowsAsync(http, format, bom, look.CountAsync(store.StreamAsync(filter, http.RequirePerson().Scope, after, http.RequestAborted)));
            return;
        }

        var page = await store.ListAsync(filter, http.RequirePerson().Scope, after, new PageSize(limit ?? DefaultPage), http.RequestAborted);
        look.Give(page.Cases.Count);
        var next = page.Next?.ToToken(filter);
        if (format == "json")
        {
            await WritePageAsync(http, page.Cases, next);
            return;
        }

        if (next is not null)
        {
            http.Response.Headers["X-Next-Cursor"] = next;
        }

        await WriteRowsAsync(http, format, bom, page.Cases.ToAsyncEnumerable());
    }

    private static async Task GetAsync(HttpContext http, CaseStore store, string uid)
    {
        var reader = ApiQuery.Reader(http);
        if (!CaseUid.TryParse(uid, out var parsed))
        {
            reader.Fault("uid", uid, "32 hexadecimal digits, as lists write them");
        }

        if (reader.Finish() is { Count: > 0 } faults)
        {
            await ApiProblem.WriteAsync(http, faults);
            return;
        }

        var look = http.BeginLook(null, parsed.ToString());
        if (await store.FindAsync(parsed, http.RequirePerson().Scope, http.RequestAborted) is not { } stored)
        {
            await ApiProblem.WriteAsync(http, StatusCodes.Status404NotFound, "There is no such case.", "The hub never had it, or it expired, was erased or is gone from its source.");
            return;
        }

        look.Give(1);
        await ApiQuery.WriteJsonAsync(http, json => CaseJson.Write(json, stored));
    }

    private static async Task CountAsync(HttpContext http, CaseCounts counts)
    {
        var reader = ApiQuery.Reader(http);
        var filter = CaseFilterParameters.Read(reader);
        var by = CaseQuestion.ReadBy(reader);
        var format = ApiQuery.Format(http, reader, "json", "csv");
        if (reader.Finish() is { Count: > 0 } faults)
        {
            await ApiProblem.WriteAsync(http, faults);
            return;
        }

        http.BeginLook(filter);
        var found = await counts.CountAsync(filter, http.RequirePerson().Scope, by, http.RequestAborted);
        string[] names = [.. by.Select(CaseCounts.NameOf)];
        if (format == "csv")
        {
            await ApiQuery.WriteCsvAsync(http, [.. names, "count"], found.Select(count => (IEnumerable<object?>)[.. count.Keys, count.Count]));
            return;
        }

        await ApiQuery.WriteJsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total", found.Aggregate(0UL, (sum, count) => sum + count.Count));
            json.WriteStartArray("counts");
            foreach (var count in found)
            {
                json.WriteStartObject();
                foreach (var (name, key) in names.Zip(count.Keys))
                {
                    json.WriteString(name, key);
                }

                json.WriteNumber("count", count.Count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task BacklogAsync(HttpContext http, BacklogStore backlog, TimeProvider clock)
    {
        var reader = ApiQuery.Reader(http);
        var question = CaseQuestion.ReadBacklog(reader, clock.GetUtcNow());
        var format = ApiQuery.Format(http, reader, "json", "csv");
        if (reader.Finish() is { Count: > 0 } faults)
        {
            await ApiProblem.WriteAsync(http, faults);
            return;
        }

        http.BeginLook(new CaseFilter { Regions = { question.Regions } });
        var points = await backlog.CountAsync(question, http.RequirePerson().Scope, http.RequestAborted);
        if (format == "csv")
        {
            await ApiQuery.WriteCsvAsync(http, ["at", "region", "open_cases"], points.Select(point => (IEnumerable<object?>)[point.At.ToDateTimeOffset(), point.Region, point.OpenCases]));
            return;
        }

        await ApiQuery.WriteJsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("points");
            foreach (var point in points)
            {
                json.WriteStartObject();
                CaseJson.WriteTime(json, "at", point.At.ToDateTimeOffset());
                json.WriteString("region", point.Region);
                json.WriteNumber("open_cases", point.OpenCases);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task RegionsAsync(HttpContext http, RegionOverviewStore store, TimeProvider clock)
    {
        if (ApiQuery.Reader(http).Finish() is { Count: > 0 } faults)
        {
            await ApiProblem.WriteAsync(http, faults);
            return;
        }

        var regions = await store.ListAsync(http.RequirePerson().Scope, http.RequestAborted);
        var policy = await store.PolicyVersionAsync(clock.GetUtcNow(), http.RequestAborted);
        await ApiQuery.WriteJsonAsync(http, json => RegionJson.Write(json, regions, policy));
    }

    private static async Task WritePageAsync(HttpContext http, IReadOnlyList<StoredCase> cases, string? next)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter, CaseJson.Compact);
        json.WriteStartObject();
        json.WriteStartArray("cases");
        foreach (var stored in cases)
        {
            CaseJson.Write(json, stored);
            json.Flush();
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }

        json.WriteEndArray();
        json.WriteString("next_cursor", next);
        json.WriteEndObject();
    }

    private static async Task WriteRowsAsync(HttpContext http, string format, bool bom, IAsyncEnumerable<StoredCase> cases)
    {
        var csv = format == "csv";
        http.Response.ContentType = csv ? "text/csv; charset=utf-8; header=present" : "application/jsonl; charset=utf-8";
        await using var text = new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        if (csv)
        {
            await text.WriteAsync((bom ? CsvText.ByteOrderMark : string.Empty) + CsvText.Row(CaseTable.Columns));
        }

        await foreach (var stored in cases.WithCancellation(http.RequestAborted))
        {
            await text.WriteAsync(csv ? CsvText.Row(CaseTable.Row(stored)) : CaseJson.ToLine(stored) + "\n");
        }
    }
}
