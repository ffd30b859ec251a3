using CallTracking.Agent.Configuration;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Packs;

namespace CallTracking.Agent.Sources;

/// <summary>The sources of a configuration, or every fault that their mappings have.</summary>
internal sealed record SourceLoad(IReadOnlyList<Source> Sources, IReadOnlyList<Fault> Faults)
{
    /// <summary>Reads the mappings of all sources; all faults of all files are reported at once.</summary>
    public static SourceLoad Of(AgentSettings settings)
    {
        var loads = settings.Sources.Select(source => (Settings: source, Load: MappingOf(source, settings))).ToList();
        return new SourceLoad(
            [.. loads.Where(entry => entry.Load.Mapping is not null).Select(entry => new FileSource(entry.Settings, entry.Load.Mapping!, settings.File))],
            [.. loads.SelectMany(entry => entry.Load.Faults)]);
    }

    private static MappingLoad MappingOf(SourceSettings source, AgentSettings settings)
    {
        var use = new PackUse(source.Pack?.Pack, settings.Country) { At = source.Pack?.At };
        return source.Pack?.Inline is { } keys ? SourceMapping.Parse(source.Mapping, keys, use) : SourceMapping.Load(source.Mapping, use);
    }

    /// <summary>Tells one state of all mappings from another.</summary>
    public static ulong DigestOf(IEnumerable<Source> sources) =>
        sources.Aggregate(0UL, (digest, source) => System.Numerics.BitOperations.RotateLeft(digest, 1) ^ source.Mapping.Digest);
}
