using CallTracking.Agent.Sources.Http;
using CallTracking.Agent.Sources.Sql;

namespace CallTracking.Agent.Configuration;

/// <summary>Reads one entry of <c>sources</c>: a mapping, and where its records come from.</summary>
internal static class SourceSection
{
    private static readonly string[] Kinds = ["files", "sql", "http"];

    public static SourceSettings Read(string file, YamlSection section)
    {
        var folder = Path.GetDirectoryName(file)!;
        section.RequireKnownKeys(["mapping", "pack", "override", .. Kinds, .. FileRulesSection.Keys, SnapshotSection.Key, .. section.Has("pack") ? PackDoor.Places : []]);
        var files = section.HasSection("files") ? section.Section("files")!.Maybe(JoinedFiles.Records, "inbox/*.json") : section.Maybe("files", "inbox/*.csv");
        var kind = KindOf(section);
        if (kind != "files" && FileRulesSection.Keys.FirstOrDefault(section.Has) is { } stray)
        {
            section.Reject(stray, $"'{stray}' is about files, and this entry of sources has none.", "leave it out");
        }

        var settings = new SourceSettings(file, files is null ? null : Path.GetFullPath(files, folder), (int)section.Start.Line, (int)section.Start.Column)
        {
            Rules = FileRulesSection.Rules(section),
            Snapshot = SnapshotSection.Read(section),
            Joined = JoinedFiles.Read(section, folder),
        };
        settings = section.Has("pack")
            ? PackSection.Under(settings, section, file, kind)
            : WithDoor(settings, section.Section("sql"), section.Section("http"), folder) with
            {
                Mapping = Path.GetFullPath(section.Required("mapping", "mapping.yaml' or 'pack: zendesk/tickets-jsonl") ?? ".", folder),
            };
        if (settings.Snapshot is not null)
        {
            SnapshotSection.RequireWhole(section, settings);
        }

        return settings;
    }

    /// <summary>The settings with what <c>sql</c> or <c>http</c> says.</summary>
    public static SourceSettings WithDoor(SourceSettings settings, YamlSection? sql, YamlSection? http, string folder) => settings with
    {
        Sql = sql is null ? null : SqlSettingsParser.Parse(sql, folder),
        Http = http is null ? null : HttpSettingsParser.Parse(http, folder),
    };

    /// <summary>What the entry reads; a pack needs no more than an address or a connection.</summary>
    private static string KindOf(YamlSection section)
    {
        var used = Kinds.Where(section.Has).ToList();
        if (used.Count > 1)
        {
            section.Reject(used[1], $"An entry of sources has one of 'files', 'sql' and 'http'; this one has {string.Join(" and ", used)}.", "make two entries of it");
        }

        if (used.Count > 0)
        {
            return used[0];
        }

        if (section.Has("pack") && PackDoor.Places.Any(section.Has))
        {
            return section.Has("connection") ? "sql" : "http";
        }

        if (section.IsMistyped(Kinds) || (section.Has("pack") && section.IsMistyped(PackDoor.Places)))
        {
            return "files";
        }

        section.Lacks(section.Has("pack") ? "'files', 'url' or 'connection'" : "'files', 'sql' or 'http'", "files: inbox/*.csv");
        return "files";
    }
}
