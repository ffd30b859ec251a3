using CallTracking.Agent.Configuration;
using CallTracking.Mapping.Packs;

namespace CallTracking.Agent.Commands;

/// <summary>What an entry of <c>sources</c> must say for a pack: the lines to write, door by door.</summary>
internal static class PackNeeds
{
    /// <summary>In one line: files by their endings, and what the interface or the database asks for.</summary>
    public static string Summary(MappingPack pack)
    {
        var ways = new List<string>();
        if (pack.Extensions.Count > 0)
        {
            ways.Add(string.Join(' ', pack.Extensions) + (pack.Joins.Count > 0 ? $" with {string.Join(", ", pack.Joins)}" : string.Empty));
        }

        ways.AddRange(Doors(pack).Select(door => string.Join(" or ", PackDoor.Needs(door.Text).Select(way => string.Join(" and ", way.Select(need => need.Place)).Replace(" and ", ", ", StringComparison.Ordinal)))));
        return string.Join("; ", ways);
    }

    /// <summary>As comments above a pack's text: entries that can be copied.</summary>
    public static string Entries(MappingPack pack)
    {
        var lines = new List<string>();
        if (pack.Extensions.Count > 0)
        {
            lines.Add($"of files ({string.Join(' ', pack.Extensions)}):");
            lines.Add($"  - pack: {pack.Name}");
            lines.AddRange(pack.Joins.Count == 0
                ? [$"    files: inbox/*{pack.Extensions[0]}"]
                : ["    files:                # or only the first of them, as a text: the others are then looked for beside it", $"      records: inbox/*{pack.Extensions[0]}", .. pack.Joins.Select(join => $"      {join}: inbox/…")]);
        }

        foreach (var (name, text) in Doors(pack))
        {
            foreach (var way in PackDoor.Needs(text))
            {
                lines.Add($"of the {name}:");
                lines.Add($"  - pack: {pack.Name}");
                lines.AddRange(text.Contains("assembly: ", StringComparison.Ordinal) ? ["    # with the driver's assembly in drivers/ beside agent.yaml, or provider: postgresql"] : []);
                lines.AddRange(way.Select(need => $"    {need.Place}: \"{need.Example}\""));
            }
        }

        if (!pack.Text.Contains("\ntime_zone:", StringComparison.Ordinal) && pack.Below?.Text.Contains("\ntime_zone:", StringComparison.Ordinal) is null or false)
        {
            lines.Add("and in each: override: {time_zone: Europe/Berlin}, the zone of the times, which the pack cannot know");
        }

        return string.Concat(lines.Prepend("In agent.yaml, under sources:").Select(line => $"# {line}\n"));
    }

    /// <summary>The keys of <c>http</c> or <c>sql</c> that the pack brings; each can be laid over in the entry.</summary>
    public static IEnumerable<(string Name, string Key, string Text)> Keys(MappingPack pack) =>
        Doors(pack).Select(door => (door.Name, door.Name == "interface" ? "http" : "sql", door.Text));

    private static IEnumerable<(string Name, string Text)> Doors(MappingPack pack)
    {
        if (pack.Http is { } http)
        {
            yield return ("interface", http);
        }

        if (pack.Sql is { } sql)
        {
            yield return ("database", sql);
        }
    }
}
