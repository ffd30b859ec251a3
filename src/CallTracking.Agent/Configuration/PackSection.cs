using CallTracking.Mapping.Packs;
using YamlDotNet.Core;

namespace CallTracking.Agent.Configuration;

/// <summary>Reads what an entry of <c>sources</c> says of a pack, and what the region lays over it.</summary>
internal static class PackSection
{
    /// <summary>The settings with the pack below them; unchanged after a fault.</summary>
    public static SourceSettings Under(SourceSettings settings, YamlSection section, string file)
    {
        if (section.Has("mapping"))
        {
            section.Reject("mapping", "'mapping' and 'pack' stand for the same.", "take one of them out; a file of keys that change the pack is its 'override'");
        }

        return section.Maybe("pack", "zendesk/tickets-jsonl") is { } name && PackOf(name, settings.Files ?? string.Empty, section) is { } pack
            ? OverPack(settings, pack, section, file)
            : settings;
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

    private static MappingPack? PackOf(string name, string files, YamlSection section)
    {
        var found = MappingPack.Find(name, files);
        if (found.Count == 1)
        {
            return found[0];
        }

        var choices = (found.Count > 0 ? found : MappingPack.All).Select(pack => pack.Name).ToList();
        section.Reject(
            "pack",
            found.Count > 0 ? $"'{name}' has several exports that '{Path.GetFileName(files)}' may be." : $"There is no pack '{name}'.",
            found.Count == 0 && NearestName.Of(name, choices) is { } nearest ? $"did you mean '{nearest}'?" : $"write one of {string.Join(", ", choices)}");
        return null;
    }

    // No keys at all, at the entry's own place: what the pack leaves to the region is a fault there.
    private static string NoKeys(Mark start) => new string('\n', (int)start.Line - 1) + new string(' ', (int)start.Column - 1) + "{}";
}
