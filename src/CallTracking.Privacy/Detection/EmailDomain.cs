using System.Collections.Frozen;

namespace CallTracking.Privacy;

/// <summary>The domain of an e-mail address, whose dots may be words in brackets.</summary>
/// <param name="signs">Room for the longest domain.</param>
/// <param name="isBare">Words for dots need no brackets.</param>
internal ref struct EmailDomain(Span<char> signs, bool isBare = false)
{
    public const int Longest = 253;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TopLevels =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "com", "net", "org", "info", "biz", "name", "edu", "gov", "mil", "int", "mail", "email", "online", "cloud", "shop", "store", "berlin", "hamburg", "swiss", "paris")
            .GetAlternateLookup<ReadOnlySpan<char>>();

    // Two letters that end the name of a program's file sooner than a domain.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Files =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "py", "js", "ts", "cs", "rb", "rs", "sh", "md", "so", "cc", "ps", "vb", "hs", "ml", "am", "pm", "gz", "db", "go", "kt", "bz").GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly Span<char> _signs = signs;
    private readonly bool _isBare = isBare;
    private int _length;

    /// <summary>What was read, each dot as a dot.</summary>
    public readonly ReadOnlySpan<char> Name => _signs[.._length];

    /// <summary>Reads from a place on; gives the end in the text, or -1 when there stands no domain.</summary>
    public int Read(string text, int from)
    {
        _length = 0;
        var unspaced = from < text.Length && IsUnspaced(text[from]);
        var end = ReadLabels(text, from, unspaced);
        while (end > from && _length < Longest && Spelled(text, end) is >= 0 and var next && IsWord(text[next], unspaced))
        {
            _signs[_length++] = '.';
            end = ReadLabels(text, next, unspaced);
        }

        while (_length > 0 && (IsDot(_signs[_length - 1]) || _signs[_length - 1] == '-'))
        {
            _length--;
            end--;
        }

        return HasTopLevel() ? end : -1;
    }

    /// <summary>
    /// A letter or digit of an address. Beside text that has no spaces an address ends where the script changes, unless the address
    /// itself is in that script.
    /// </summary>
    public static bool IsWord(char letter, bool unspaced) =>
        char.IsAsciiLetterOrDigit(letter)
        || (letter > '\x7F' && (char.IsLetterOrDigit(letter) || Folding.Of(letter) == Folding.Mark) && (unspaced || !IsUnspaced(letter)));

    public static bool IsUnspaced(char letter) => letter > '\x7F' && Folding.IsUnspaced(letter);

    private int ReadLabels(string text, int at, bool unspaced)
    {
        while (at < text.Length && _length < Longest && (IsWord(text[at], unspaced) || text[at] == '-' || IsDot(text[at])))
        {
            _signs[_length++] = text[at++];
        }

        return at;
    }

    // Behind a spelled dot, where there is one and more text.
    private readonly int Spelled(string text, int at) =>
        _isBare && SpelledSigns.EndOfBare(text, at, SpelledSigns.Dots) is >= 0 and var bare && bare < text.Length ? bare
        : SpelledSigns.EndOf(text, SpelledSigns.SkipBlanks(text, at), SpelledSigns.Dots) is >= 0 and var behind
            && SpelledSigns.SkipBlanks(text, behind) is var next && next < text.Length ? next
        : -1;

    /// <summary>A country's or one of the great ones, and not the name of a page: what blanks part from its @ must be sure of itself.</summary>
    public readonly bool IsKnown()
    {
        var top = Name[(Name.LastIndexOf('.') + 1)..];
        return (top.Length == 2 || TopLevels.Contains(top)) && !Name.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The end of a file's name: "look_at_me.py".</summary>
    public readonly bool IsFile() => Files.Contains(Name[(Name.LastIndexOf('.') + 1)..]);

    // Of at least two signs, and no number, behind a label.
    private readonly bool HasTopLevel()
    {
        var letters = _length;
        while (letters > 0 && !IsDot(_signs[letters - 1]))
        {
            letters--;
        }

        return letters > 1 && _length - letters >= 2 && !char.IsDigit(_signs[letters]);
    }

    private static bool IsDot(char letter) => letter is '.' or '．' or '。';
}
