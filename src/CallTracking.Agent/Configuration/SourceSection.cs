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
        section.RequireKnownKeys(["mapping", "pack", "override", .. Kinds, .. FileRulesSection.Keys]);
        var files = section.Maybe("files", "inbox/*.csv");
        var used = Kinds.Where(section.Has).ToList();
        if (used.Count == 0)
        {
            section.Lacks("'files', 'sql' or 'http'", "files: inbox/*.csv");
        }
        else if (used.Count > 1)
        {
            section.Reject(used[1], $"An entry of sources has one of 'files', 'sql' and 'http'; this one has {string.Join(" and ", used)}.", "make two entries of it");
        }

        if (files is null && FileRulesSection.Keys.FirstOrDefault(section.Has) is { } stray)
        {
            section.Reject(stray, $"'{stray}' is about files, and this entry of sources has none.", "leave it out");
        }

        var settings = new SourceSettings(file, files is null ? null : Path.GetFullPath(files, folder), (int)section.Start.Line, (int)section.Start.Column)
        {
            Rules = FileRulesSection.Rules(section),
            Snapshot = FileRulesSection.Snapshot(section),
            Sql = section.Section("sql") is { } sql ? SqlSettingsParser.Parse(sql, folder) : null,
            Http = section.Section("http") is { } http ? HttpSettingsParser.Parse(http, folder) : null,
        };
        return section.Has("pack")
            ? PackSection.Under(settings, section, file)
            : settings with { Mapping = Path.GetFullPath(section.Required("mapping", "mapping.yaml' or 'pack: zendesk/tickets-jsonl") ?? ".", folder) };
    }
}
