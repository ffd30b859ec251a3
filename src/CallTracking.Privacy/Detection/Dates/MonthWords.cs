using System.Globalization;

namespace CallTracking.Privacy;

/// <summary>
/// The words for months: of the framework's culture data (CLDR), in full, in the genitive and short, and what people write beside it.
/// Words with digits ("3월", "tháng 3") are read as numbers.
/// </summary>
internal static class MonthWords
{
    private static readonly string[] Languages =
    [
        "en", "de", "de-AT", "fr", "es", "it", "pt", "nl", "pl", "cs", "sv", "fi", "el", "hu", "ro", "ru", "tr", "id", "hi", "he", "th", "da", "nb", "uk", "bg", "hr",
        "bs", "sk", "sl", "sr-Cyrl", "sr-Latn", "lt", "lv", "et", "ca", "ms", "ar", "ar-EG", "ar-LB", "ar-IQ", "ar-TN", "ar-DZ", "ar-MA",
    ];

    // Month by month, parted by bars.
    private static readonly string[] Others =
    [
        "jän|jänner|jaenner|tháng một|tháng giêng|i", "feber|febr|tháng hai|ii", "mrz|mär|maerz|mrt|márc|מרס|מארס|ב מרס|tháng ba|iii", "avr|tháng tư|iv", "mai|mei|tháng năm|v", "tháng sáu|vi",
        "juil|tháng bảy|vii", "agt|ags|tháng tám|viii", "sept|set|setiembre|tháng chín|ix", "okt|tháng mười|x", "tháng mười một|xi", "dez|des|dic|tháng mười hai|tháng chạp|xii",
    ];

    /// <summary>Each word with its month, from 1 to 12; a word can come several times, and for several months.</summary>
    public static IEnumerable<(string Word, int Month)> All =>
        Languages.SelectMany(Of).Concat(Others.SelectMany((words, month) => words.Split('|').Select(word => (word, month + 1))))
            .Where(pair => pair.Item1.Length > 0 && !pair.Item1.Any(char.IsDigit));

    private static IEnumerable<(string Word, int Month)> Of(string language)
    {
        var format = (DateTimeFormatInfo)CultureInfo.GetCultureInfo(language).DateTimeFormat.Clone();
        return new[] { format.MonthNames, format.MonthGenitiveNames, format.AbbreviatedMonthNames, format.AbbreviatedMonthGenitiveNames }
            .SelectMany(names => names.Take(12).Select((name, month) => (name, month + 1)));
    }
}
