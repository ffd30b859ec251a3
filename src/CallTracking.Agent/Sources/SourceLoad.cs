using System.Security.Cryptography;
using System.Text;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sources;

/// <summary>The sources of a configuration, or every fault that their mappings have.</summary>
internal sealed record SourceLoad(IReadOnlyList<Source> Sources, IReadOnlyList<Fault> Faults)
{
    /// <summary>Reads the mappings of all sources; all faults of all files are reported at once.</summary>
    public static SourceLoad Of(AgentSettings settings)
    {
        var loads = settings.Sources.Select(source => (Settings: source, Load: SourceMapping.Load(source.Mapping))).ToList();
        return new SourceLoad(
            [.. loads.Where(entry => entry.Load.Mapping is not null).Select(entry => new FileSource(entry.Settings, entry.Load.Mapping!, settings.File, ShapeOf(settings, entry.Load.Mapping!)))],
            [.. loads.SelectMany(entry => entry.Load.Faults)]);
    }

    // Everything local that decides what a row becomes: with another shape every row is read again.
    private static byte[] ShapeOf(AgentSettings settings, SourceMapping mapping) => SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', AgentVersion.Text, mapping.SourceName, mapping.Digest, settings.Region.Value, settings.Centre, settings.Country)));

    /// <summary>Tells one state of all mappings from another.</summary>
    public static ulong DigestOf(IEnumerable<Source> sources) =>
        sources.Aggregate(0UL, (digest, source) => System.Numerics.BitOperations.RotateLeft(digest, 1) ^ source.Mapping.Digest);
}
