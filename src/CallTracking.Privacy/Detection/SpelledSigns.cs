using System.Buffers;

namespace CallTracking.Privacy;

/// <summary>
/// The signs of an e-mail address as words, by which people hide it from robots: "(at)", "[dot]", "{arroba}". Brackets make such a
/// word a sign, for "look at example.com" speaks of no address; without them only words do that are the sign's own name, "arroba".
/// </summary>
internal static class SpelledSigns
{
    /// <summary>Most blanks before, within and behind the brackets, each.</summary>
    public const int MostBlanks = 2;

    // With its brackets and blanks: "( punkt )".
    private const int LongestSign = 20;

    private const string Opens = "([{（［｛【「〔＜『〈《";
    private const string Closes = ")]}）］｝】」〕＞』〉》";

    // What the words below begin with.
    private static readonly SearchValues<char> Beginnings;

    /// <summary>Words for @.</summary>
    public static readonly string[] Ats =
        ["at", "ät", "arroba", "arobase", "arobas", "chiocciola", "apenstaartje", "małpa", "malpa", "kukac", "zavináč", "zavinac", "собака", "アット", "アットマーク", "@"];

    /// <summary>Words for the dot.</summary>
    public static readonly string[] Dots = ["dot", "punkt", "point", "punto", "ponto", "punt", "kropka", "tečka", "pont", "точка", "ドット", "."];

    static SpelledSigns() => Beginnings = SearchValues.Create([.. Ats.Concat(Dots).SelectMany(word => new[] { char.ToLowerInvariant(word[0]), char.ToUpperInvariant(word[0]) })]);

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

    /// <summary>Where the text goes on behind one of the words and the blanks around it, without brackets; -1 when none stands there.</summary>
    public static int EndOfBare(string text, int at, string[] words)
    {
        var start = SkipBlanks(text, at);
        for (var i = 0; start > at && i < words.Length; i++)
        {
            if (text.AsSpan(start).StartsWith(words[i], StringComparison.OrdinalIgnoreCase) && SkipBlanks(text, start + words[i].Length) is var end && end > start + words[i].Length)
            {
                return end;
            }
        }

        return -1;
    }

    /// <summary>Where the text before one of the words and the blanks around it ends, when the word stands right before a place; else -1.</summary>
    public static int StartOfBare(string text, int end, string[] words)
    {
        var last = SkipBlanksBack(text, end);
        for (var i = 0; last < end && i < words.Length; i++)
        {
            if (text.AsSpan(0, last).EndsWith(words[i], StringComparison.OrdinalIgnoreCase) && SkipBlanksBack(text, last - words[i].Length) is var start && start < last - words[i].Length)
            {
                return start;
            }
        }

        return -1;
    }

    /// <summary>One past the bracket that closes behind one of the words; -1 when none of them is all that stands in it. Brackets may be doubled.</summary>
    public static int EndOf(string text, int bracket, string[] words)
    {
        var sort = bracket < text.Length ? Opens.IndexOf(text[bracket], StringComparison.Ordinal) : -1;
        if (sort < 0)
        {
            return -1;
        }

        var start = SkipBlanks(text, bracket + 1);
        if (start >= text.Length)
        {
            return -1;
        }

        if (text[start] == text[bracket])
        {
            return start == bracket + 1 && !(bracket > 0 && text[bracket - 1] == text[bracket]) && EndOf(text, start, words) is >= 0 and var inner && inner < text.Length && text[inner] == Closes[sort] ? inner + 1 : -1;
        }

        if (!Beginnings.Contains(text[start]))
        {
            return -1;
        }

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

    /// <summary>The place before a few blanks at most that end at another.</summary>
    public static int SkipBlanksBack(string text, int end)
    {
        for (var blanks = 0; blanks < MostBlanks && end > 0 && TextSigns.Of(text[end - 1]) == TextSigns.Space; blanks++)
        {
            end--;
        }

        return end;
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
