namespace CallTracking.Privacy;

/// <summary>
/// The signs of an e-mail address as words, by which people hide it from robots: "(at)", "[dot]", "{arroba}". Only brackets make
/// such a word a sign: "look at example.com" speaks of no address.
/// </summary>
internal static class SpelledSigns
{
    /// <summary>Most blanks before, within and behind the brackets, each.</summary>
    public const int MostBlanks = 2;

    // With its brackets and blanks: "( punkt )".
    private const int LongestSign = 20;

    private const string Opens = "([{（［｛【";
    private const string Closes = ")]}）］｝】";

    /// <summary>Words for @.</summary>
    public static readonly string[] Ats =
        ["at", "ät", "arroba", "arobase", "arobas", "chiocciola", "apenstaartje", "małpa", "malpa", "kukac", "zavináč", "zavinac", "собака", "アット", "アットマーク", "@"];

    /// <summary>Words for the dot.</summary>
    public static readonly string[] Dots = ["dot", "punkt", "point", "punto", "ponto", "punt", "kropka", "tečka", "pont", "точка", "ドット", "."];

    /// <summary>Whether an address may be in a text though no other sign of a value is.</summary>
    public static bool HasAt(TextScan scan)
    {
        for (var at = scan.Blocks.NextOpen(0); at >= 0; at = scan.Blocks.NextOpen(at + 1))
        {
            if (EndOf(scan.Text, at, Ats) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One past the bracket that closes behind one of the words; -1 when none of them is all that stands in it.</summary>
    public static int EndOf(string text, int bracket, string[] words)
    {
        var sort = bracket < text.Length ? Opens.IndexOf(text[bracket], StringComparison.Ordinal) : -1;
        if (sort < 0)
        {
            return -1;
        }

        var start = SkipBlanks(text, bracket + 1);
        foreach (var word in words)
        {
            if (text.AsSpan(start).StartsWith(word, StringComparison.OrdinalIgnoreCase)
                && SkipBlanks(text, start + word.Length) is var end && end < text.Length && text[end] == Closes[sort])
            {
                return end + 1;
            }
        }

        return -1;
    }

    /// <summary>Where the bracket opens that closes right before a place and holds nothing but one of the words; -1 when there is none.</summary>
    public static int StartOf(string text, int end, string[] words)
    {
        var sort = end > 0 ? Closes.IndexOf(text[end - 1], StringComparison.Ordinal) : -1;
        var bracket = sort < 0 ? -1 : text.LastIndexOf(Opens[sort], end - 1, Math.Min(end, LongestSign));
        return bracket >= 0 && EndOf(text, bracket, words) == end ? bracket : -1;
    }

    /// <summary>The first place from there on with no blank, over a few of them at most.</summary>
    public static int SkipBlanks(string text, int at)
    {
        for (var blanks = 0; blanks < MostBlanks && at < text.Length && TextSigns.Of(text[at]) == TextSigns.Space; blanks++)
        {
            at++;
        }

        return at;
    }
}
