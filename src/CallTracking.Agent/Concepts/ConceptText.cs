using CallTracking.Mapping;
using CallTracking.Privacy;

namespace CallTracking.Agent.Concepts;

/// <summary>Tells the region's own engineer which pattern of which dictionary stood in which text of a case.</summary>
internal static class ConceptText
{
    /// <summary>Nothing without dictionaries, and for a row that is no case.</summary>
    public static void Write(TextWriter output, RowOutcome outcome, ConceptMatcher? concepts)
    {
        if (concepts is null || outcome is not RowOutcome.Mapped { IsGone: false, Case: var value })
        {
            return;
        }

        var found = concepts.Explain(value);
        output.WriteLine(found.Count == 0 ? "concepts: none stands in its texts" : "concepts, of which only the code travels:");
        foreach (var finding in found)
        {
            output.WriteLine($"  {finding.Code}  {finding.Field}: \"{OneLine(finding.Excerpt)}\" by '{finding.Pattern}' ({finding.Language}, {finding.Dictionary} version {finding.Version})");
        }

        output.WriteLine();
    }

    private static string OneLine(string text) => text.ReplaceLineEndings("⏎");
}
