using CallTracking.Agent.Configuration;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources;

/// <summary>A source whose mapping was read and checked.</summary>
internal sealed record LoadedSource(SourceSettings Settings, SourceMapping Mapping)
{
    /// <summary>Reads the mappings of all sources; all faults of all files are reported at once.</summary>
    public static (IReadOnlyList<LoadedSource> Sources, IReadOnlyList<Fault> Faults) LoadAll(AgentSettings settings)
    {
        var loads = settings.Sources.Select(source => (source, Load: SourceMapping.Load(source.Mapping))).ToList();
        return (
            [.. loads.Where(entry => entry.Load.Mapping is not null).Select(entry => new LoadedSource(entry.source, entry.Load.Mapping!))],
            [.. loads.SelectMany(entry => entry.Load.Faults)]);
    }

    /// <summary>Tells one state of all mappings from another.</summary>
    public static ulong DigestOf(IEnumerable<LoadedSource> sources) =>
        sources.Aggregate(0UL, (digest, source) => System.Numerics.BitOperations.RotateLeft(digest, 1) ^ source.Mapping.Digest);
}
