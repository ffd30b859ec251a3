using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CallTracking.Mapping.Proposals;

/// <summary>A word of a dictionary that fits, and how well, from 0 to 1.</summary>
internal readonly record struct WordMatch(string Key, string Language, string Word, double Score)
{
    /// <summary>The text is that word, and does not only hold it.</summary>
    public bool IsWhole => Score > 0.95;
}

/// <summary>A dictionary of many languages that is kept as data: what a header or a value may be called.</summary>
internal sealed class WordTable
{
    // Shorter words inside longer headers are chance, unless the dictionary marks them as abbreviations by a point: "tel.".
    private const int LeastInside = 4;
    private const int LeastAbbreviation = 3;
    private const double Inside = 0.55;

    // Of two words that both fit, the one that the dictionary names first means it more.
    private const double Rank = 0.001;

    // A turn of a word is that word, but the word itself comes first.
    private const double Turned = 0.02;

    private static readonly (string Letter, string Plain)[] Umlauts = [("ä", "ae"), ("ö", "oe"), ("ü", "ue")];

    private readonly FrozenDictionary<string, List<WordMatch>> _exact;
    private readonly FrozenDictionary<string, List<WordMatch>> _turned;
    private readonly List<(string Folded, WordMatch Match)> _all = [];

    private WordTable(string resource)
    {
        foreach (var cells in Lines(resource))
        {
            foreach (var group in cells.Skip(1))
            {
                var colon = group.IndexOf(':', StringComparison.Ordinal);
                _all.AddRange(group[(colon + 1)..].Split('|').SelectMany((word, index) => Spellings(word).Select(spelling => (Fold(spelling), new WordMatch(cells[0], group[..colon], word, 1 - (Rank * index))))));
            }
        }

        _exact = By(_all);
        _turned = By(_all.Select(entry => (HeaderForm.Of(entry.Folded) ?? string.Empty, entry.Match with { Score = entry.Match.Score - Turned })));
    }

    /// <summary>Words of headers by field.</summary>
    public static WordTable Fields { get; } = new("proposals.fields.tsv");

    /// <summary>Words of values by field=value.</summary>
    public static WordTable Values { get; } = new("proposals.values.tsv");

    /// <summary>The cells of a data file, without its comments.</summary>
    public static IEnumerable<string[]> Lines(string resource)
    {
        using var reader = new StreamReader(typeof(WordTable).Assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line.Split('\t');
            }
        }
    }

    /// <summary>Every key that the text could mean, the best first, each once.</summary>
    public IReadOnlyList<WordMatch> Find(string text)
    {
        var folded = Fold(text);
        var found = new Dictionary<string, WordMatch>(StringComparer.Ordinal);
        foreach (var match in _exact.GetValueOrDefault(folded) ?? (HeaderForm.Of(folded) is { } plain ? _turned.GetValueOrDefault(plain) : null) ?? [])
        {
            found.TryAdd(match.Key, match);
        }

        foreach (var (word, match) in _all)
        {
            if (word.Length < folded.Length && HasInside(folded, word, match.Word[^1] == '.' ? LeastAbbreviation : LeastInside))
            {
                var score = IsHead(folded, word, match.Language) ? Inside + ((1 - Inside) * 0.8 * word.Length / folded.Length) : Inside;
                if (!found.TryGetValue(match.Key, out var known) || known.Score < score)
                {
                    found[match.Key] = match with { Score = score };
                }
            }
        }

        return [.. found.Values.OrderByDescending(match => match.Score)];
    }

    /// <summary>The dictionary's words, folded, with what each stands for.</summary>
    public IEnumerable<(string Folded, WordMatch Match)> All => _all;

    /// <summary>A text without case, accents, width and signs, its words parted by one blank.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder();
        var before = ' ';
        foreach (var one in text.Normalize(NormalizationForm.FormKC).Normalize(NormalizationForm.FormD))
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(one);
            if (category == UnicodeCategory.NonSpacingMark && one is not ('\u3099' or '\u309A'))
            {
                continue;
            }

            // Kana with a sound mark are other kana, not accented ones.
            var isWord = char.IsLetterOrDigit(one) || one is '°' or '\u3099' or '\u309A';
            if (folded.Length > 0 && folded[^1] != ' ' && (!isWord || (char.IsUpper(one) && char.IsLower(before))))
            {
                folded.Append(' ');
            }

            if (isWord)
            {
                folded.Append(Plain(char.ToLowerInvariant(one)));
            }

            before = one;
        }

        return folded.ToString().TrimEnd();
    }

    // Names of elements and columns are often held to ASCII: "Geaendert", "Prioritaet".
    private static IEnumerable<string> Spellings(string word)
    {
        yield return word;
        var plain = Umlauts.Aggregate(word, (text, pair) => text.Replace(pair.Letter, pair.Plain, StringComparison.OrdinalIgnoreCase));
        if (plain != word)
        {
            yield return plain;
        }
    }

    private static FrozenDictionary<string, List<WordMatch>> By(IEnumerable<(string Form, WordMatch Match)> words) =>
        words.GroupBy(entry => entry.Form, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.Select(entry => entry.Match).ToList(), StringComparer.Ordinal);

    // What a compound is stands at its end in some languages and at its start in others: a "school name" is a name, a "name code" is none.
    private static bool IsHead(string text, string word, string language) => language is "fr" or "es" or "pt" or "it" or "ar" or "ru" or "pl"
        ? text.StartsWith(word, StringComparison.Ordinal)
        : text.EndsWith(word, StringComparison.Ordinal);

    private static string Plain(char one) => one switch
    {
        'ß' => "ss",
        'ø' => "o",
        'ł' => "l",
        'ı' => "i",
        'ς' => "σ",
        _ => one.ToString(),
    };

    // Whole words where a script parts them; in others two signs are a word.
    private static bool HasInside(string text, string word, int least)
    {
        var isParted = word[0] < 'Ԁ';
        if (word.Length < (isParted ? least : 2))
        {
            return false;
        }

        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (!isParted || ((at == 0 || text[at - 1] == ' ') && (at + word.Length == text.Length || text[at + word.Length] == ' ')))
            {
                return true;
            }
        }

        return false;
    }
}
