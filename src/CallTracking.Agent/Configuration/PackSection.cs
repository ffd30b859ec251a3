using CallTracking.Contracts;
using CallTracking.Mapping.Packs;
using YamlDotNet.Core;

namespace CallTracking.Agent.Configuration;

/// <summary>Reads what an entry of <c>sources</c> says of a pack, and what the region lays over it.</summary>
internal static class PackSection
{
    /// <summary>The settings with the pack below them; unchanged after a fault.</summary>
    public static SourceSettings Under(SourceSettings settings, YamlSection section, string file, string kind)
    {
        if (section.Has("mapping"))
        {
            section.Reject("mapping", "'mapping' and 'pack' stand for the same.", "take one of them out; a file of keys that change the pack is its 'override'");
        }

        return section.Maybe("pack", "zendesk/tickets-jsonl") is { } name && PackOf(name, settings, section, kind) is { } pack
            ? WithDoor(OverPack(settings, pack, section, file), pack, section, kind, Path.GetDirectoryName(file)!)
            : settings;
    }

    private static SourceSettings WithDoor(SourceSettings settings, MappingPack pack, YamlSection section, string kind, string folder)
    {
        var door = kind switch { "http" => pack.Http, "sql" => pack.Sql, _ => null };
        if (door is null)
        {
            if (kind != "files" && !section.Has(kind))
            {
                section.Reject("pack", $"{pack.Name} reads files only.", $"write 'files', or '{kind}' with all that it needs");
            }

            return SourceSection.WithDoor(settings, section.Section("sql"), section.Section("http"), folder);
        }

        var faults = new List<Fault>();
        var composed = PackDoor.Over(pack, door, kind, section, faults);
        var with = composed is null ? settings : SourceSection.WithDoor(settings, kind == "sql" ? composed : null, kind == "http" ? composed : null, folder);
        section.Take(faults, kind);
        return with;
    }

    private static SourceSettings OverPack(SourceSettings settings, MappingPack pack, YamlSection section, string file)
    {
        if (section.StartOf("override") is { } start)
        {
            return settings with { Pack = new PackSettings(pack, File.ReadAllText(file), ((int)start.Line, (int)start.Column)) };
        }

        return section.Maybe("override", "my.yaml") is { } path
            ? settings with { Mapping = Path.GetFullPath(path, Path.GetDirectoryName(file)!), Pack = new PackSettings(pack, null) }
            : settings with { Pack = new PackSettings(pack, NoKeys(section.Start)) };
    }

    private static MappingPack? PackOf(string name, SourceSettings settings, YamlSection section, string kind)
    {
        var files = settings.Files ?? string.Empty;
        var found = Fitting(MappingPack.Find(name, files), settings, section, kind);
        if (found.Count == 1)
        {
            return found[0];
        }

        var choices = (found.Count > 0 ? found : MappingPack.All).Select(pack => pack.Name).ToList();
        section.Reject(
            "pack",
            found.Count > 0 ? kind == "files" ? $"'{name}' has several exports that '{Path.GetFileName(files)}' may be." : $"'{name}' has several packs, and none by which its {(kind == "sql" ? "database" : "interface")} is asked." : $"There is no pack '{name}'.",
            found.Count == 0 && NearestName.Of(name, choices) is { } nearest ? $"did you mean '{nearest}'?" : $"write one of {string.Join(", ", choices)}");
        return null;
    }

    /// <summary>Of several packs those that read what the entry has.</summary>
    private static IReadOnlyList<MappingPack> Fitting(IReadOnlyList<MappingPack> found, SourceSettings settings, YamlSection section, string kind)
    {
        if (found.Count < 2)
        {
            return found;
        }

        var fitting = kind switch
        {
            "http" => found.Where(pack => pack.Http is not null && !PackDoor.IsOnlyByName(pack.Http)),
            "sql" => found.Where(pack => pack.Sql is not null && !PackDoor.IsOnlyByName(pack.Sql)),
            _ when section.HasSection("files") => found.Where(pack => settings.Joined.Keys.All(pack.Joins.Contains)),
            _ => found.Where(pack => pack.Joins.Count == 0 && pack.Extensions.Count > 0),
        };
        return fitting.ToList() is { Count: > 0 } some ? some : found;
    }

    // No keys at all, at the entry's own place: what the pack leaves to the region is a fault there.
    private static string NoKeys(Mark start) => new string('\n', (int)start.Line - 1) + new string(' ', (int)start.Column - 1) + "{}";
}
