using CallTracking.SampleData;

namespace CallTracking.Demo;

/// <summary>What the demo was asked for.</summary>
internal sealed record DemoSettings(string AdminConnection, string Folder, IReadOnlyList<SampleRegion> Regions, long Cases, int Seed, bool Once)
{
    /// <summary>Legal's rule, and the case that is shown before and after, are Germany's.</summary>
    public bool HasGermany => Regions.Contains(SampleRegion.De);
}

/// <summary>Something in the demo is not as promised: the demo fails and says what.</summary>
internal sealed class DemoFailure(string message) : Exception(message);
