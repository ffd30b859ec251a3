using YamlDotNet.RepresentationModel;

namespace CallTracking.Privacy;

/// <summary>Records stay in the region, aggregates leave: only counts per country, product category and month reach headquarters.</summary>
/// <param name="Least">The smallest count that may be told: a smaller one could point at a person.</param>
public sealed record Residency(int Least)
{
    /// <summary>No threshold is lower.</summary>
    public const int Lowest = 5;

    private const int Highest = 1_000_000;

    /// <summary>The stricter of two.</summary>
    internal static Residency? Stricter(Residency? left, Residency? right) =>
        left is null || right?.Least > left.Least ? right : left;

    internal static Residency? Read(YamlSource source, IReadOnlyDictionary<string, YamlNode> document)
    {
        if (!document.TryGetValue("residency", out var node))
        {
            return null;
        }

        var entries = source.Entries(node, "records", "aggregates", "k");
        var k = source.TextOr(entries, "k", "");
        if (source.TextOr(entries, "records", "") == "stay"
            && source.TextOr(entries, "aggregates", "") == "leave"
            && int.TryParse(k, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var least)
            && least is >= Lowest and <= Highest)
        {
            return new Residency(least);
        }

        source.Report(node, "A residency that is none.", $"Write residency: {{records: stay, aggregates: leave, k: 10}}, k from {Lowest}; or leave it out.");
        return null;
    }
}
