using CallTracking.Faults.Sources;
using CallTracking.Faults.World;

namespace CallTracking.Faults.Sabotages;

/// <summary>Where a bug is planted: at rest, behind a round that went well.</summary>
/// <param name="World">Everything that runs; no agent does.</param>
/// <param name="Region">The region that it hits.</param>
/// <param name="Round">The round's number.</param>
/// <param name="Random">Its dice.</param>
/// <param name="Keep">Keeps a text as if a program had written it.</param>
internal sealed record Scene(FaultWorld World, FaultRegion Region, int Round, Random Random, Action<string> Keep)
{
    /// <summary>Any of its cases that headquarters has.</summary>
    public SourceCase Victim => Region.Before[^1][0];
}
