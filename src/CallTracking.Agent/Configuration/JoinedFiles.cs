namespace CallTracking.Agent.Configuration;

/// <summary>Reads <c>files</c> where it names more than the records' own: those that the mapping joins, by what it calls them.</summary>
internal static class JoinedFiles
{
    /// <summary>The key of the files that are read.</summary>
    public const string Records = "records";

    /// <summary>Absolute paths or patterns by the name of the join; empty where <c>files</c> is a text.</summary>
    public static IReadOnlyDictionary<string, string> Read(YamlSection section, string folder)
    {
        var files = section.HasSection("files") ? section.Section("files") : null;
        if (files is not null && !files.Has(Records))
        {
            files.Lacks($"'{Records}'", $"{Records}: inbox/tickets.json");
        }

        return (files?.Keys ?? []).Where(name => name != Records)
            .Select(name => (Name: name, Path: files!.Maybe(name, "inbox/comments*.json")))
            .Where(pair => pair.Path is not null)
            .ToDictionary(pair => pair.Name, pair => Path.GetFullPath(pair.Path!, folder), StringComparer.Ordinal);
    }
}
