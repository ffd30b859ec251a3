using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>E-mail addresses, internationalised ones too, anchored at the @.</summary>
internal sealed class EmailDetector : IValueDetector
{
    private const int LongestLocal = 64;
    private const int LongestDomain = 253;

    public ClassSet Classes { get; } = ClassSet.Of(DataClass.Email);

    public void Find(TextScan scan)
    {
        var text = scan.Text;
        var last = 0;
        foreach (var at in scan.Ats)
        {
            if (at >= last && LocalStart(text, at) is var start && start < at && DomainEnd(text, at + 1) is var end && end > at)
            {
                scan.Add(start, end, EntityKinds.Email, PseudonymForm.Of(DataClass.Email, text[start..end], ""), 1);
                last = end;
            }
        }
    }

    private static int LocalStart(string text, int at)
    {
        var unspaced = at > 0 && IsUnspaced(text[at - 1]);
        var start = at;
        while (start > 0 && at - start < LongestLocal && IsLocal(text[start - 1], unspaced))
        {
            start--;
        }

        while (start < at && text[start] is '.' or '-' or '\'' or '．')
        {
            start++;
        }

        return start;
    }

    private static int DomainEnd(string text, int from)
    {
        var unspaced = from < text.Length && IsUnspaced(text[from]);
        var end = from;
        while (end < text.Length && end - from < LongestDomain && IsDomain(text[end], unspaced))
        {
            end++;
        }

        while (end > from && (IsDot(text[end - 1]) || text[end - 1] == '-'))
        {
            end--;
        }

        // A top-level domain of at least two letters.
        var letters = end;
        while (letters > from && !IsDot(text[letters - 1]))
        {
            letters--;
        }

        return letters > from + 1 && end - letters >= 2 && !char.IsDigit(text[letters]) ? end : -1;
    }

    private static bool IsLocal(char letter, bool unspaced) =>
        IsWord(letter, unspaced) || letter is '.' or '_' or '%' or '+' or '-' or '\'' or '!' or '#' or '&' or '*' or '/' or '=' or '?' or '^' or '{' or '|' or '}' or '~' or '．';

    private static bool IsDomain(char letter, bool unspaced) => IsWord(letter, unspaced) || letter == '-' || IsDot(letter);

    // Beside text that has no spaces an address ends where the script changes, unless the address itself is in that script.
    private static bool IsWord(char letter, bool unspaced) =>
        char.IsAsciiLetterOrDigit(letter)
        || (letter > '\x7F' && (char.IsLetterOrDigit(letter) || Folding.Of(letter) == Folding.Mark) && (unspaced || !IsUnspaced(letter)));

    private static bool IsDot(char letter) => letter is '.' or '．' or '。';

    private static bool IsUnspaced(char letter) => letter > '\x7F' && Folding.IsUnspaced(letter);
}
