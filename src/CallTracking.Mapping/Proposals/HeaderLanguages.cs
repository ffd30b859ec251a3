namespace CallTracking.Mapping.Proposals;

/// <summary>
/// The languages that an export's headers may be in: the country's, English, and any other that several of them are in. A word of a language that is
/// none of them ("cep" in Turkey, where it is no Brazilian postcode) counts less, and a short one is only asked.
/// </summary>
internal sealed class HeaderLanguages
{
    private const string English = "en";
    private const double Foreign = 0.9;
    private const double Asked = 0.65;
    private const int ShortWord = 4;
    private const int LeastColumns = 2;

    private static readonly Dictionary<string, string[]> Further = new()
    {
        ["CH"] = ["fr", "it"],
        ["BE"] = ["fr", "de"],
        ["LU"] = ["fr", "de"],
        ["CA"] = ["fr"],
    };

    private readonly HashSet<string> _languages;

    private HeaderLanguages(HashSet<string> languages) => _languages = languages;

    /// <param name="country">ISO 3166-1 alpha-2. Where it is null or not known, every language counts alike.</param>
    /// <param name="columns">Those of the sample.</param>
    public static HeaderLanguages Of(string? country, IEnumerable<ColumnSample> columns)
    {
        var culture = WordTable.Lines("proposals.countries.tsv").FirstOrDefault(cells => cells[0] == country)?[2];
        if (culture is null or "?")
        {
            return new HeaderLanguages([]);
        }

        var own = new HashSet<string> { English, culture.Split('-')[0] };
        own.UnionWith(Further.GetValueOrDefault(country!) ?? []);
        var others = columns.Where(column => column.IsNamed).Select(column => LanguagesOf(column.Label)).Where(languages => !languages.Overlaps(own))
            .SelectMany(languages => languages).GroupBy(language => language).Where(group => group.Count() >= LeastColumns).Select(group => group.Key).ToList();
        own.UnionWith(others);
        return new HeaderLanguages(own);
    }

    public Candidate Weighed(Candidate candidate)
    {
        if (candidate.Header is not { } match || _languages.Count == 0 || InLanguages(match).Overlaps(_languages))
        {
            return candidate;
        }

        var score = match.IsWhole && WordTable.Fold(match.Word).Length <= ShortWord ? Math.Min(Asked, candidate.Score) : candidate.Score * Foreign;
        return candidate with { Score = score, Evidence = $"{candidate.Evidence}; not a word of the country's language" };
    }

    private static HashSet<string> LanguagesOf(string label) =>
        [.. ColumnCandidates.HeaderMatches(label).Where(match => match.IsWhole).SelectMany(InLanguages)];

    // The same word may be of several.
    private static HashSet<string> InLanguages(WordMatch match)
    {
        var folded = WordTable.Fold(match.Word);
        return [match.Language, .. WordTable.Fields.All.Where(entry => entry.Match.Key == match.Key && entry.Folded == folded).Select(entry => entry.Match.Language)];
    }
}
