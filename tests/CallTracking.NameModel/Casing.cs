namespace CallTracking.NameTraining;

/// <summary>Texts as people write them too: all in capitals, all in lower case, headings with a capital for each word.</summary>
internal static class Casing
{
    private const int InCapitals = 3;
    private const int InLowerCase = 11;
    private const int AsHeading = 18;

    /// <summary>A share of texts in other case; none for the others.</summary>
    public static LabelledText? Otherwise(LabelledText text, Dice dice)
    {
        var cased = dice.Below(100) switch
        {
            < InCapitals => text.Text.ToUpperInvariant(),
            < InLowerCase => text.Text.ToLowerInvariant(),
            < AsHeading when text.Names.Count == 0 => Heading(text.Text),
            _ => text.Text,
        };
        return cased.Length == text.Text.Length && cased != text.Text ? text with { Text = cased } : null;
    }

    private static string Heading(string text) =>
        string.Concat(text.Select((letter, index) => index == 0 || text[index - 1] == ' ' ? char.ToUpperInvariant(letter) : letter));
}
