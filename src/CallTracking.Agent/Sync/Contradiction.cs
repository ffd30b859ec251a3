using CallTracking.Mapping;

namespace CallTracking.Agent.Sync;

/// <summary>What helps against two rows of one key and other values: it differs by what the mapping says already, and naming that once more helps nobody.</summary>
internal static class Contradiction
{
    /// <summary>In short, for a list.</summary>
    public static string CureOf(SourceMapping mapping) => mapping switch
    {
        { Duplicates: DuplicateRule.Reject } => $"the mapping wants it so (duplicates: reject); where the later row is the case's newer state, write duplicates: latest{(mapping.OrdersVersions ? " or by_time" : string.Empty)}{OrKey}",
        { OrdersVersions: true } => $"both have the same time under 'updated', or one has none, so that neither is the newer: where the later row is, write duplicates: latest{OrKey}",
        _ => "give the mapping the time of the last change (updated), or write duplicates: latest",
    };

    /// <summary>As a sentence of its own.</summary>
    public static string AdviceOf(SourceMapping mapping) => CureOf(mapping) is var cure ? $"{char.ToUpperInvariant(cure[0])}{cure[1..]}." : string.Empty;

    private const string OrKey = "; where they are two cases, a key of more columns, such as key: [number, line], tells them apart (and names every case anew)";
}
