using System.Globalization;
using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Proposals;

/// <summary>What a column of a sample holds. Its values are personal data: they are counted here and never written.</summary>
internal sealed partial class ColumnSample(string name, bool isNamed)
{
    // A repeated few words of a table, never texts.
    private const int MostWords = 30;
    private const int LongestWord = 48;

    // Of the United States, with its four further digits.
    private const int LongestPostcode = 9;

    private readonly Dictionary<string, int> _values = new(StringComparer.Ordinal);
    private TimeShape? _time;

    /// <summary>As a mapping names it.</summary>
    public string Name { get; } = name;

    /// <summary>False where the source gives no names and this one is only a number.</summary>
    public bool IsNamed => isNamed;

    /// <summary>What the words of headers are looked for in.</summary>
    public string Label { get; private init; } = name;

    /// <summary>Values that say something.</summary>
    public int Count { get; private set; }

    /// <summary>A record may have several of it.</summary>
    public bool IsList { get; set; }

    /// <summary>It leads into an element that other records have several times: there, this path finds nothing.</summary>
    public bool IsOfElements { get; set; }

    public int Distinct => _values.Count;

    public bool IsUnique => Count > 0 && Distinct == Count;

    public double Length { get; private set; }

    public TimeShape Time => _time ??= TimeShape.Of(_values.Keys);

    /// <summary>Its words, when they are so few that a table of them can stand in a mapping; the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Words => Distinct <= MostWords && _values.Keys.All(value => value.Length <= LongestWord)
        ? [.. _values.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)]
        : [];

    /// <summary>Few different values, each of them more than once: nobody is told apart by them.</summary>
    public bool IsOfFewWords => Words.Count > 0 && Count >= 2 * Distinct;

    /// <summary>Most values are written as telephones are, with more digits than a postcode has.</summary>
    public bool IsOfTelephones => Share(value => IsPhone(value) && (value[0] == '+' || value.Count(char.IsDigit) > LongestPostcode)) > 0.5;

    /// <summary>The same values, as a mapping names them from the record: a value of each object of a list.</summary>
    /// <param name="list">The list's path.</param>
    /// <param name="label">What the words of headers are looked for in.</param>
    public ColumnSample OfEach(string list, string label)
    {
        var column = new ColumnSample($"{list}[*].{Name}", IsNamed) { Label = label, IsList = true, Count = Count, Length = Length };
        _values.ToList().ForEach(entry => column._values.Add(entry.Key, entry.Value));
        return column;
    }

    public void Add(string value)
    {
        Length = ((Length * Count) + value.Length) / (Count + 1);
        Count++;
        _values[value] = _values.GetValueOrDefault(value) + 1;
        _time = null;
    }

    /// <summary>Has a column of times take them as the others of its file are written, where one form reads both; asked for after the last value.</summary>
    public void WriteAs(IEnumerable<TimeShape> others) => _time = others.Aggregate(Time, (time, other) => time.Beside(other));

    /// <summary>What <paramref name="read"/> makes of the different values, without those of which it makes nothing.</summary>
    public IEnumerable<T> Select<T>(Func<string, T?> read)
        where T : struct => _values.Keys.Select(read).OfType<T>();

    /// <summary>As <see cref="Select"/>, of texts.</summary>
    public IEnumerable<string> All(Func<string, string?> read) => _values.Keys.Select(read).OfType<string>();

    /// <summary>The share of different values that are written so.</summary>
    public double Share(Func<string, bool> isSo) => Distinct == 0 ? 0 : (double)_values.Keys.Count(isSo) / Distinct;

    /// <summary>The largest number; 0 where there is none.</summary>
    public decimal Largest() => Distinct == 0 ? 0 : _values.Keys.Max(value => decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : 0);

    public static bool IsEmail(string value) => Email().IsMatch(value);

    /// <summary>Enough digits, and signs that numbers of telephones have.</summary>
    public static bool IsPhone(string value) => value.Count(char.IsDigit) is >= 7 and <= 16 && Phone().IsMatch(value) && !Day().IsMatch(value);

    /// <summary>A number with what may stand around it: a telephone, a number of a customer.</summary>
    public static bool IsMostlyDigits(string value) => value.Count(char.IsDigit) is > 0 and var digits && digits >= value.Count(char.IsLetter);

    public static bool IsInteger(string value) => value.Length <= 18 && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    public static bool IsPointNumber(string value) => decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _) && !CommaEnd().IsMatch(value);

    public static bool IsCommaNumber(string value) => CommaEnd().IsMatch(value);

    [GeneratedRegex(@"^[^\s@;,<>]+@[^\s@;,<>]+\.[^\s@;,<>]{2,}$", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"^[+＋(]?[\d０-９][\d０-９\s()./\-－‐+ー]*(\s*(x|ext\.?)\s*\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();

    // A year of our time beside two short numbers, in whichever order: a day, though no format reads it.
    [GeneratedRegex(@"^(\d{1,2}([./-])\d{1,2}\2(19|20)\d\d|(19|20)\d\d([./-])\d{1,2}\5\d{1,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Day();

    [GeneratedRegex(@"^-?\d{1,3}(\.?\d{3})*,\d{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex CommaEnd();
}
