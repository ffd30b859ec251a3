using System.Globalization;
using CallTracking.Mapping.Languages;

namespace CallTracking.Mapping.Proposals;

/// <summary>What a country says of how its files are written.</summary>
internal sealed record RegionSetting(string? Country, string? TimeZone, string? Culture, IReadOnlyList<string> Questions)
{
    private static readonly Dictionary<string, string> CultureOfLanguage = new()
    {
        ["de"] = "de-DE",
        ["fr"] = "fr-FR",
        ["es"] = "es-ES",
        ["pt"] = "pt-PT",
        ["it"] = "it-IT",
        ["nl"] = "nl-NL",
        ["pl"] = "pl-PL",
        ["ru"] = "ru-RU",
        ["ja"] = "ja-JP",
        ["zh"] = "zh-CN",
        ["ko"] = "ko-KR",
        ["tr"] = "tr-TR",
    };

    /// <summary>Day before month; null where nothing says it.</summary>
    public bool? IsDayFirst => Country is null || Culture is null ? null : CultureInfo.GetCultureInfo(Culture).DateTimeFormat.ShortDatePattern is var pattern
        && pattern.IndexOf('d', StringComparison.Ordinal) < pattern.IndexOf('M', StringComparison.Ordinal);

    /// <summary>The currency of the country; null without one.</summary>
    public string? Currency => Country is null || Culture is null ? null : new RegionInfo(Culture).ISOCurrencySymbol;

    /// <summary>The country's language where texts in it cannot be told from others'; null where they can, or where no country is named.</summary>
    public string? UnknownLanguage { get; private init; }

    public static RegionSetting Of(ProposalOptions options, IEnumerable<Candidate> chosen)
    {
        var known = WordTable.Lines("proposals.countries.tsv").FirstOrDefault(cells => cells[0] == options.Country);
        var language = chosen.Where(candidate => candidate.Score > 0.9).Select(candidate => WordTable.Fields.Find(candidate.Column.Label) is [var first, ..] ? first.Language : "en")
            .GroupBy(language => language).OrderByDescending(group => group.Count()).FirstOrDefault()?.Key ?? "en";
        var culture = known is not null ? Known(known[2]) : CultureOfLanguage.GetValueOrDefault(language);
        var zone = options.TimeZone ?? (known is null ? null : Known(known[1]));
        var questions = new List<string>();
        if (zone is null)
        {
            questions.Add("In which time zone are times without an offset written? Etc/UTC stands there until you say (--time-zone).");
        }

        if (options.Country is null)
        {
            questions.Add("In which country are the customers? It decides which law applies (--country, or a column under customer_country).");
        }

        return new RegionSetting(options.Country, zone, culture, questions) { UnknownLanguage = options.Country is null ? null : Unknown(known) };
    }

    // Of a country that the table does not have nobody knows the language.
    private static string? Unknown(string[]? country) => country is null ? "its language"
        : country[2].Split('-')[0] is var language && (language == "?" || LanguageDetector.Default.Knows(language)) ? null : $"'{language}'";

    private static string? Known(string cell) => cell == "?" ? null : cell;
}
