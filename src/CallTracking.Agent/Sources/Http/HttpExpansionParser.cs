using CallTracking.Agent.Configuration;

namespace CallTracking.Agent.Sources.Http;

/// <summary>Reads <c>open</c> and <c>expand</c>: requests for one record at a time.</summary>
internal static class HttpExpansionParser
{
    private const int MostPerMinute = 100_000;

    private static readonly string[] OfAddresses = ["records", "paging", "per_minute"];
    private static readonly string[] OfLists = ["key", "on", "many"];

    /// <summary>Names to the root itself.</summary>
    public const string Root = "$";

    public static HttpOpening? Opening(YamlSection? section, string folder, bool insecure)
    {
        section?.RequireKnownKeys("list", "url", "records", "per_minute");
        var url = section is null ? null : HttpSettingsParser.Url(section, "url", folder, insecure, "\"https://desk.example/tickets/{id}\"");
        return url is null ? null : new HttpOpening(
            section!.Has("list") ? HttpPagingParser.Path(section, "list", "TicketID") : null,
            url,
            section.Has("records") ? Names(section, "records") : null,
            section.Whole("per_minute", 0, 1, MostPerMinute));
    }

    public static IReadOnlyList<HttpExpansion> Expansions(YamlSection section, string folder, bool insecure) => section.Has("expand")
        ? [.. section.Sections("expand", "{as: comments, url: \"https://desk.example/tickets/{id}/comments\", records: comments}")
            .Select(entry => Expansion(entry, folder, insecure)).OfType<HttpExpansion>()]
        : [];

    private static HttpExpansion? Expansion(YamlSection entry, string folder, bool insecure)
    {
        entry.RequireKnownKeys("as", "in", "key", "on", "many", "url", "records", "paging", "when", "per_minute", "expand");
        var name = entry.Required("as", "comments");
        if (entry.Has("in") == entry.Has("url"))
        {
            entry.Lacks("one of 'in' and 'url'", "in: users");
            return null;
        }

        var expansion = entry.Has("in") ? Beside(entry, name ?? string.Empty) : OfItsOwn(entry, name ?? string.Empty, folder, insecure);
        return name is null || expansion is null ? null : expansion with
        {
            When = When(entry.Section("when")),
            Expand = Expansions(entry, folder, insecure),
        };
    }

    private static HttpExpansion? Beside(YamlSection entry, string name)
    {
        foreach (var stray in OfAddresses.Where(entry.Has))
        {
            entry.Reject(stray, $"'{stray}' is of no use with 'in'.", $"remove '{stray}'");
        }

        var (list, key, on) = (HttpPagingParser.Path(entry, "in", "users"), HttpPagingParser.Path(entry, "key", "id"), HttpPagingParser.Path(entry, "on", "requester_id"));
        return list is null || key is null || on is null ? null : new HttpExpansion(name) { In = list, Key = key, On = on, IsMany = entry.Flag("many", false) };
    }

    private static HttpExpansion? OfItsOwn(YamlSection entry, string name, string folder, bool insecure)
    {
        foreach (var stray in OfLists.Where(entry.Has))
        {
            entry.Reject(stray, $"'{stray}' is of no use with 'url'.", $"remove '{stray}'");
        }

        var url = HttpSettingsParser.Url(entry, "url", folder, insecure, "\"https://desk.example/tickets/{id}/comments\"");
        return url is null ? null : new HttpExpansion(name)
        {
            Url = url,
            Records = entry.Has("records") ? Names(entry, "records") : null,
            Paging = HttpPagingParser.Parse(entry.Section("paging")),
            PerMinute = entry.Whole("per_minute", 0, 1, MostPerMinute),
        };
    }

    private static IReadOnlyList<string>? Names(YamlSection section, string key) =>
        section.Optional(key, Root) == Root ? [] : HttpPagingParser.Path(section, key, "comments");

    private static (IReadOnlyList<string> Path, IReadOnlyList<string> Texts)? When(YamlSection? section)
    {
        section?.RequireKnownKeys("from", "in");
        return section is not null && HttpPagingParser.Path(section, "from", "Type") is { } path ? (path, section.Texts("in")) : null;
    }
}
