using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace CallTracking.Mapping.Values;

/// <summary>
/// The words for the halves of the day. Exports write them with dots or without, in capitals or not: <c>π.μ.</c>, <c>πμ</c>, <c>ΠΜ</c>; <c>a. m.</c>, <c>am</c>.
/// They are compared by their letters alone, and <c>AM</c> and <c>PM</c> are known beside those of every culture. Thread-safe.
/// </summary>
internal sealed class DayHalves
{
    private const string Morning = "AM";
    private const string Afternoon = "PM";

    // A time is shorter, and a word for a half of the day with its dots and blanks: what is longer is no time, and is not looked through for long.
    private const int LongestTime = 100;
    private const int LongestWord = 32;

    // Where the signs of East Asia begin, which stand right before a word of other letters: 22日PM3:15.
    private const char FirstEastAsian = '\u2E80';

    private static readonly Lazy<FrozenDictionary<string, (bool IsAfternoon, FrozenSet<string> Cultures)>> OfAll = new(ReadAll);

    private readonly FrozenDictionary<string, bool> _words;

    private DayHalves(IEnumerable<KeyValuePair<string, bool>> words, CultureInfo culture)
    {
        _words = words.ToFrozenDictionary(StringComparer.Ordinal);
        Plain = culture;
    }

    /// <summary>The culture, but with <c>AM</c> and <c>PM</c>: it reads what <see cref="Plainly(string)"/> gives.</summary>
    public CultureInfo Plain { get; }

    public static DayHalves Of(CultureInfo culture)
    {
        var plain = (CultureInfo)culture.Clone();
        (plain.DateTimeFormat.AMDesignator, plain.DateTimeFormat.PMDesignator) = (Morning, Afternoon);
        var words = new Dictionary<string, bool>(StringComparer.Ordinal) { [Morning] = false, [Afternoon] = true };
        foreach (var (word, isAfternoon) in Own(culture))
        {
            words[word] = isAfternoon;
        }

        return new DayHalves(words, CultureInfo.ReadOnly(plain));
    }

    /// <summary>As a message names them: the culture's own two words.</summary>
    public static string Named(CultureInfo culture) => culture.DateTimeFormat is { AMDesignator: { Length: > 0 } morning, PMDesignator: { Length: > 0 } afternoon }
        ? $"'{morning}' or '{afternoon}'"
        : $"'{Morning}' or '{Afternoon}'";

    /// <summary>The text with <c>AM</c> or <c>PM</c> for its word; of a text with several words that may be it ("am 3.4.2026 9:00 p.m.") for each in turn.</summary>
    public IEnumerable<string> Plainly(string text) => Find(text, _words).Select(found => With(text, found.From, found.To, found.Word));

    /// <summary>The text with <c>AM</c> or <c>PM</c> for its first word of all cultures; null where it has none; a word that is the morning of one and the afternoon of another is none.</summary>
    /// <param name="text">As written.</param>
    /// <param name="cultures">Those that have the word; none for <c>AM</c> and <c>PM</c>, which all read.</param>
    public static string? OfAny(string text, out FrozenSet<string> cultures)
    {
        foreach (var (from, to, word) in Find(text, OfAll.Value))
        {
            cultures = word.Cultures;
            return With(text, from, to, word.IsAfternoon);
        }

        cultures = FrozenSet<string>.Empty;
        return null;
    }

    private static string With(string text, int from, int to, bool isAfternoon) => $"{text.AsSpan(0, from)}{(isAfternoon ? Afternoon : Morning)}{text.AsSpan(to)}";

    // The longest first, so that the dots of "π.μ." go with it.
    private static IEnumerable<(int From, int To, T Word)> Find<T>(string text, FrozenDictionary<string, T> words)
    {
        for (var from = 0; from < text.Length && text.Length <= LongestTime; from++)
        {
            if (!char.IsLetter(text[from]) || (from > 0 && IsLetter(text[from - 1]) && (text[from - 1] < FirstEastAsian || text[from] >= FirstEastAsian)))
            {
                continue;
            }

            var end = from;
            while (end < text.Length && end - from < LongestWord && IsOfWord(text[end]))
            {
                end++;
            }

            for (var to = end; to > from; to--)
            {
                if (!char.IsWhiteSpace(text[to - 1]) && !(to < text.Length && IsLetter(text[to])) && words.TryGetValue(Folded(text.AsSpan(from, to - from)), out var word))
                {
                    yield return (from, to, word);
                    break;
                }
            }
        }
    }

    private static bool IsLetter(char sign) => char.IsLetter(sign) || CharUnicodeInfo.GetUnicodeCategory(sign) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsOfWord(char sign) => IsLetter(sign) || sign == '.' || char.IsWhiteSpace(sign);

    private static string Folded(ReadOnlySpan<char> word)
    {
        var folded = new StringBuilder(word.Length);
        foreach (var sign in word.ToString().Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetter(sign) || CharUnicodeInfo.GetUnicodeCategory(sign) == UnicodeCategory.SpacingCombiningMark)
            {
                folded.Append(char.ToUpperInvariant(sign));
            }
        }

        return folded.ToString();
    }

    private static IEnumerable<(string Word, bool IsAfternoon)> Own(CultureInfo culture)
    {
        var (morning, afternoon) = (Folded(culture.DateTimeFormat.AMDesignator), Folded(culture.DateTimeFormat.PMDesignator));
        return morning.Length == 0 || afternoon.Length == 0 || morning == afternoon ? [] : [(morning, false), (afternoon, true)];
    }

    private static FrozenDictionary<string, (bool IsAfternoon, FrozenSet<string> Cultures)> ReadAll()
    {
        var all = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .SelectMany(culture => Own(culture).Select(own => (own.Word, own.IsAfternoon, culture.Name)))
            .GroupBy(own => own.Word, StringComparer.Ordinal)
            .Where(group => group.Key is not (Morning or Afternoon) && group.Select(own => own.IsAfternoon).Distinct().Count() == 1)
            .ToDictionary(group => group.Key, group => (group.First().IsAfternoon, group.Select(own => own.Name).ToFrozenSet(StringComparer.Ordinal)), StringComparer.Ordinal);
        (all[Morning], all[Afternoon]) = ((false, FrozenSet<string>.Empty), (true, FrozenSet<string>.Empty));
        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
