using System.Text;

namespace CallTracking.Privacy;

/// <summary>
/// A text as detectors see it: each placeholder of an earlier pass is a long word that says nothing. "PHONE" in one is no word that makes a phone of
/// the number beside it, and what stood apart before a value became short stands apart still. So a second pass finds nothing that the first did not.
/// </summary>
internal readonly struct SpreadText
{
    /// <summary>A letter, for the value that was there made a text more than a cell of a form, but of no word.</summary>
    private const char Blank = '\uA66E';

    // Wider than any look for words nearby.
    private const int Width = 64;

    private readonly List<(int End, int Surplus)>? _placeholders;

    private SpreadText(string text, List<(int End, int Surplus)>? placeholders) => (Text, _placeholders) = (text, placeholders);

    /// <summary>The same instance as the text itself where it has no placeholder.</summary>
    public string Text { get; }

    public static SpreadText Of(string text)
    {
        List<(int End, int Surplus)>? placeholders = null;
        StringBuilder? seen = null;
        var copied = 0;
        for (var at = text.IndexOf('[', StringComparison.Ordinal); at >= 0; at = text.IndexOf('[', at + 1))
        {
            if (Placeholders.LengthAt(text, at) is > 0 and var length)
            {
                seen = (seen ?? new StringBuilder(text.Length + (2 * Width))).Append(text, copied, at - copied).Append(Blank, Width);
                copied = at + length;
                (placeholders ??= []).Add((seen.Length, seen.Length - copied));
            }
        }

        return new SpreadText(seen?.Append(text, copied, text.Length - copied).ToString() ?? text, placeholders);
    }

    /// <summary>
    /// Brings findings from one place of a list on back to the places of the text. One across a placeholder is made of what an earlier pass
    /// left: it goes, or every pass would find more and break placeholders in two.
    /// </summary>
    public void BringBack(List<Finding> findings, int from)
    {
        for (var i = findings.Count - 1; _placeholders is not null && i >= from; i--)
        {
            var finding = findings[i];
            if (Text.AsSpan(finding.Start, finding.End - finding.Start).Contains(Blank))
            {
                findings.RemoveAt(i);
            }
            else
            {
                var surplus = _placeholders.LastOrDefault(placeholder => placeholder.End <= finding.Start).Surplus;
                findings[i] = finding with { Start = finding.Start - surplus, End = finding.End - surplus };
            }
        }
    }
}
