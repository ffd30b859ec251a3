using CallTracking.Agent.Configuration;

namespace CallTracking.Agent.Sources.Http;

/// <summary>Reads <c>paging</c>: one way from page to page, and what ends it.</summary>
internal static class HttpPagingParser
{
    private const int MostPages = 10_000_000;

    private static readonly string[] Kinds = ["next", "cursor", "page", "offset", "link_header", "range"];

    public static HttpPaging Parse(YamlSection? section)
    {
        if (section is null)
        {
            return new HttpPaging.Single();
        }

        section.RequireKnownKeys([.. Kinds, "into", "start", "size", "more", "end", "again", "limit", "max_pages"]);
        var used = Kinds.Where(section.Has).ToList();
        var again = section.Flag("again", false);
        if (used.Count == 0 && again)
        {
            // Without it nobody would notice records of one time that an answer has no room for.
            section.Required("limit", "200");
            return new HttpPaging.Single { IsFromCursor = true, Limit = section.Whole("limit", 0, 1, MostPages), MaxPages = MostPagesOf(section) };
        }

        if (used.Count != 1)
        {
            section.Lacks($"exactly one of {string.Join(", ", Kinds)}", "next: next_page");
            return new HttpPaging.Single();
        }

        RejectStray(section, "into", used[0] == "cursor");
        RejectStray(section, "start", used[0] == "page");
        RejectStray(section, "size", used[0] == "range");
        RejectStray(section, "limit", false);
        return Kind(section, used[0]) with
        {
            More = section.Has("more") ? Path(section, "more", "meta.has_more") : null,
            End = section.Has("end") ? Path(section, "end", "end_of_stream") : null,
            IsFromCursor = again,
            MaxPages = MostPagesOf(section),
        };
    }

    /// <summary>Names from the root, or from a record, to a value; null after a fault.</summary>
    public static IReadOnlyList<string>? Path(YamlSection section, string key, string example)
    {
        var text = section.Required(key, example);
        var path = text is null ? null : PageScan.Path(text);
        if (text is not null && path is null)
        {
            section.Wrong(key, $"names with points such as {example} or ['@odata.nextLink']");
        }

        return path;
    }

    private static int MostPagesOf(YamlSection section) => section.Whole("max_pages", HttpPaging.DefaultMaxPages, 1, MostPages);

    private static HttpPaging Kind(YamlSection section, string kind) => kind switch
    {
        "next" => new HttpPaging.NextUrl(Path(section, kind, "next_page") ?? []),
        "cursor" => new HttpPaging.Token(Path(section, kind, "meta.after_cursor") ?? [], section.Required("into", "\"page[after]\"") ?? string.Empty),
        "page" => new HttpPaging.Number(section.Required(kind, "page") ?? string.Empty, section.Whole("start", 1, 0, MostPages)),
        "range" => new HttpPaging.Range(section.Required(kind, "range") ?? string.Empty, section.Whole("size", 100, 1, MostPages)),
        "offset" => new HttpPaging.Offset(section.Required(kind, "offset") ?? string.Empty),
        _ => new HttpPaging.LinkHeader(section.Required(kind, "next") ?? string.Empty),
    };

    private static void RejectStray(YamlSection section, string key, bool isUsed)
    {
        if (!isUsed && section.Has(key))
        {
            section.Reject(key, $"'{key}' is of no use with this paging.", $"remove '{key}'");
        }
    }
}
