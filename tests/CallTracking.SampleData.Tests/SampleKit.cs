using System.Security.Cryptography;

namespace CallTracking.SampleData.Tests;

/// <summary>Options and in-memory writing shared by the tests.</summary>
internal static class SampleKit
{
    public static readonly DateTimeOffset AsOf = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> RegionCodes => [.. SampleRegion.All.Select(region => region.Code)];

    /// <summary>Those that export files.</summary>
    public static IEnumerable<SampleRegion> FileRegions => SampleRegion.All.Where(region => region.Place == SamplePlace.File);

    public static TheoryData<string> FileRegionCodes => [.. FileRegions.Select(region => region.Code)];

    public static SampleOptions Options(long cases = 2000, int night = 1, int seed = 7) =>
        new(cases, seed, AsOf, night) { Quirks = QuirkRates.Of(0.01) };

    public static async Task<(byte[] Content, SampleTotals Totals)> WriteAsync(SampleRegion region, SampleOptions options)
    {
        using var content = new MemoryStream();
        var totals = await SampleWriter.WriteAsync(region, options, content, truth: null, CancellationToken.None);
        return (content.ToArray(), totals);
    }

    public static string Digest(byte[] content) => Convert.ToHexString(SHA256.HashData(content));
}
