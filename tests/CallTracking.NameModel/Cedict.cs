using System.Text.Json;
using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>
/// Reads CC-CEDICT, whose words have both kinds of characters: what jieba has in simplified ones only is known in traditional ones, too,
/// and proper names are told apart by what their English says of them.
/// </summary>
internal static class Cedict
{
    public const string FileName = "cedict.js";

    // Words that jieba does not count are unusual.
    private const int CostOfUncounted = 11;

    private static readonly string[] Places =
    [
        "city", "county", "district", "province", "prefecture", "town", "township", "village", "river", "lake", "sea", "island", "islands", "mountain", "mount", "mountains",
        "capital", "state", "country", "region", "peninsula", "republic", "area", "port", "suburb", "borough", "municipality", "kingdom", "strait", "gulf", "bay", "ocean",
        "continent", "desert", "location", "place", "department", "banner", "airport", "plateau", "plain", "valley", "territory", "oblast",
    ];

    private static readonly string[] Organisations =
    [
        "university", "college", "company", "corporation", "bank", "party", "organization", "organisation", "association", "agency", "newspaper", "brand", "airline", "club",
        "institute", "committee", "ministry", "bureau", "school", "hospital", "society",
    ];

    /// <summary>The words that jieba's do not hold, and the traditional ones of all.</summary>
    public static IEnumerable<DictionaryWord> Read(string text, IReadOnlyList<DictionaryWord> known)
    {
        using var entries = JsonDocument.Parse(text.AsMemory(text.IndexOf('{'), text.LastIndexOf('}') - text.IndexOf('{') + 1));
        var byText = known.ToDictionary(word => word.Text, StringComparer.Ordinal);
        var words = new Dictionary<(string Text, WordClass Kind), DictionaryWord>();
        var ordinary = entries.RootElement.GetProperty("all").EnumerateArray().Where(entry => !char.IsUpper(entry[2].GetString()![0]))
            .SelectMany(entry => new[] { entry[0].GetString()!, entry[1].GetString()! }).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in entries.RootElement.GetProperty("all").EnumerateArray())
        {
            var (traditional, simplified, sound, meaning) = (entry[0].GetString()!, entry[1].GetString()!, entry[2].GetString()!, MeaningOf(entry[3]));
            if (simplified.Length > NameWords.Longest || !simplified.All(IsHan) || !traditional.All(IsHan) || IsWholePerson(sound, meaning))
            {
                continue;
            }

            var counted = byText.GetValueOrDefault(simplified);
            var isProper = char.IsUpper(sound[0]) && simplified.Length > 1 && !ordinary.Contains(simplified);
            var kind = KindOf(counted, isProper ? ProperClass(meaning) : WordClass.None, meaning);
            if (kind != counted?.Kind)
            {
                words.TryAdd((simplified, kind), new DictionaryWord(simplified, kind, counted?.Cost ?? CostOfUncounted));
            }

            if (!byText.ContainsKey(traditional))
            {
                words.TryAdd((traditional, kind), new DictionaryWord(traditional, kind, counted?.Cost ?? CostOfUncounted));
            }
        }

        return words.Values;
    }

    private static string MeaningOf(JsonElement meaning) =>
        meaning.ValueKind == JsonValueKind.Array ? string.Join("; ", meaning.EnumerateArray().Select(part => part.GetString())) : meaning.GetString()!;

    // What a place, a firm or a foreign name is called counts more than what jieba guessed; else jieba knows better.
    private static WordClass KindOf(DictionaryWord? counted, WordClass proper, string meaning) =>
        proper is WordClass.Place or WordClass.Organisation or WordClass.Person ? proper
        : counted is not null ? counted.Kind
        : proper != WordClass.None ? proper
        : meaning.StartsWith("to ", StringComparison.Ordinal) ? WordClass.Verb : WordClass.Noun;

    private static bool IsHan(char letter) => LetterKinds.Of(letter) == LetterKind.Han;

    // Two capitals and a life: "Wang2 Yong3 min2", "Wang Yongmin (1943-)".
    private static bool IsWholePerson(string sound, string meaning) =>
        sound.Split(' ').Count(part => char.IsUpper(part[0])) > 1 && IsPerson(meaning);

    private static bool IsPerson(string meaning)
    {
        var life = meaning.AsSpan(meaning.IndexOf('(', StringComparison.Ordinal) + 1);
        return life.Length < meaning.Length && life.Length > 2 && (char.IsDigit(life[0]) || life.StartsWith("c. ") || life.StartsWith("born") || life.StartsWith("-"));
    }

    private static WordClass ProperClass(string meaning)
    {
        var words = meaning.Split([' ', ',', ';', '(', ')', '-', '.', '/'], StringSplitOptions.RemoveEmptyEntries);
        var isName = meaning.Contains("(name", StringComparison.Ordinal) || meaning.Contains(" name)", StringComparison.Ordinal);
        return isName || (IsPerson(meaning) && !words.Any(Places.Contains)) ? WordClass.Person
            : meaning.StartsWith("surname ", StringComparison.Ordinal) ? WordClass.Proper
            : words.Any(word => Places.Contains(word.ToLowerInvariant())) ? WordClass.Place
            : words.Any(word => Organisations.Contains(word.ToLowerInvariant())) ? WordClass.Organisation
            : WordClass.Proper;
    }
}
