using CallTracking.Agent.Configuration;
using CallTracking.Agent.Spills;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources;

/// <summary>The sources of a configuration, or every fault that their mappings have.</summary>
internal sealed record SourceLoad(IReadOnlyList<Source> Sources, IReadOnlyList<Fault> Faults)
{
    /// <summary>Reads the mappings of all sources; all faults of all files are reported at once.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="spills">Where records wait that are joined or folded; null for memory, up to a limit: for commands that only look.</param>
    public static SourceLoad Of(AgentSettings settings, SpillFolder? spills = null)
    {
        var loads = settings.Sources.Select(source => (Settings: source, Load: SourceMapping.Load(source.Mapping))).ToList();
        return new SourceLoad(
            [.. loads.Where(entry => entry.Load.Mapping is not null).Select(entry => new FileSource(entry.Settings, entry.Load.Mapping!, settings.File, spills))],
            [.. loads.SelectMany(entry => entry.Load.Faults)]);
    }

    /// <summary>Tells one state of all mappings from another.</summary>
    public static ulong DigestOf(IEnumerable<Source> sources) =>
        sources.Aggregate(0UL, (digest, source) => System.Numerics.BitOperations.RotateLeft(digest, 1) ^ source.Mapping.Digest);
}
