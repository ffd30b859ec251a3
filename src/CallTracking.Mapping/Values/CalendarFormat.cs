using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Values;

/// <summary>
/// A pattern with the letters of .NET for a calendar that the mapping names: <c>g</c> era, <c>y M d H h m s f t</c>. Digits of any script.
/// </summary>
internal sealed class CalendarFormat : TimeFormat
{
    private static readonly TimeSpan MatchTime = TimeSpan.FromSeconds(1);

    private readonly EraCalendar _calendar;
    private readonly Regex _shape;
    private readonly string _letters;
    private readonly string[] _months;
    private readonly string[] _shortMonths;
    private readonly string _afternoon;
    private readonly DayHalves _halves;

    /// <exception cref="FormatException">The pattern has a letter that no calendar of this kind reads.</exception>
    public CalendarFormat(string pattern, EraCalendar calendar, CultureInfo culture)
        : base(pattern)
    {
        var names = (calendar.Names is { } own ? CultureInfo.GetCultureInfo(own) : culture).DateTimeFormat;
        _calendar = calendar;
        _letters = TimePattern.Letters(pattern);
        _months = [.. names.MonthNames.Select(Folded)];
        _shortMonths = [.. names.AbbreviatedMonthNames.Select(Folded)];
        _afternoon = Folded(culture.DateTimeFormat.PMDesignator);
        var halves = new[] { Folded(culture.DateTimeFormat.AMDesignator), _afternoon, "AM", "PM" };
        _halves = DayHalves.Of(culture);
        _shape = new Regex(ShapeOf(pattern, halves), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, MatchTime);
    }

    public override string DateShape => TimePattern.DateShape(_letters);

    public override string Told(CultureInfo culture) => TimePattern.HasHalves(_letters) ? $"{Text} (tt is {DayHalves.Named(culture)})" : Text;

    public override bool TryRead(ReadOnlySpan<char> text, CultureInfo culture, out WrittenTime time)
    {
        time = default;
        var folded = Folded(text.ToString());
        var match = _shape.Match(folded);
        if (!match.Success && TimePattern.HasHalves(_letters))
        {
            match = _halves.Plainly(folded).Select(plain => _shape.Match(plain)).FirstOrDefault(plain => plain.Success, match);
        }

        if (!match.Success
            || !_calendar.TryDate(Part(match, 'g'), Year(match), Month(match), Number(match, 'd', 1), out var date)
            || !TryTime(match, out var ofDay))
        {
            return false;
        }

        time = new WrittenTime(date + ofDay, null, TimePattern.Precision(_letters));
        return true;
    }

    private static string? Part(Match match, char letter) => match.Groups[letter.ToString()] is { Success: true } group ? group.Value : null;

    private static int Number(Match match, char letter, int otherwise) =>
        Part(match, letter) is { } digits ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;

    // 元: an era's first year.
    private static int Year(Match match) => Part(match, 'y') is { } year && year != "元" ? int.Parse(year, NumberStyles.None, CultureInfo.InvariantCulture) : 1;

    private int Month(Match match)
    {
        if (Part(match, 'N') is not { } name)
        {
            return Number(match, 'M', 1);
        }

        var month = Array.FindIndex(_months, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        return 1 + (month >= 0 ? month : Array.FindIndex(_shortMonths, known => known.Equals(name, StringComparison.OrdinalIgnoreCase)));
    }

    private bool TryTime(Match match, out TimeSpan ofDay)
    {
        var hour = Number(match, 'H', 0);
        var isHalf = Part(match, 'h') is not null;
        if (isHalf)
        {
            var half = Part(match, 't') ?? string.Empty;
            var isAfternoon = half.Equals(_afternoon, StringComparison.OrdinalIgnoreCase) || half.Equals("PM", StringComparison.OrdinalIgnoreCase);
            hour = (Number(match, 'h', 0) % 12) + (isAfternoon ? 12 : 0);
        }

        var (minute, second) = (Number(match, 'm', 0), Number(match, 's', 0));
        var ticks = Part(match, 'f') is { } fraction ? long.Parse(fraction.PadRight(7, '0'), NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        ofDay = new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(ticks);
        return hour < 24 && minute < 60 && second < 60 && (!isHalf || Number(match, 'h', 0) is >= 1 and <= 12);
    }

    private string ShapeOf(string pattern, string[] halves)
    {
        var shape = new StringBuilder(@"\A");
        for (var at = 0; at < pattern.Length;)
        {
            var letter = pattern[at];
            var length = 1;
            if (letter is '\'' or '"' && pattern.IndexOf(letter, at + 1) is > 0 and var end)
            {
                length = end - at + 1;
                shape.Append(Regex.Escape(Folded(pattern[(at + 1)..end])));
            }
            else if (letter == '\\' && at + 1 < pattern.Length)
            {
                length = 2;
                shape.Append(Regex.Escape(Folded(pattern[at + 1].ToString())));
            }
            else
            {
                while (char.IsAsciiLetter(letter) && at + length < pattern.Length && pattern[at + length] == letter)
                {
                    length++;
                }

                shape.Append(char.IsAsciiLetter(letter) ? Shape(letter, length, halves) : Regex.Escape(Folded(letter.ToString())));
            }

            at += length;
        }

        return shape.Append(@"\z").ToString();
    }

    private string Shape(char letter, int length, string[] halves) => (letter, length) switch
    {
        ('g', _) when _calendar.HasEras => Group('g', JapaneseEras.Spellings),
        ('y', _) => _calendar.HasEras ? "(?<y>[0-9]{1,4}|元)" : length == 4 ? "(?<y>[0-9]{4})" : "(?<y>[0-9]{1,4})",
        ('M', > 2) => Group('N', _months.Concat(_shortMonths).Where(name => name.Length > 0)),
        ('d', > 2) => @"\p{L}+\.?",
        ('t', _) => Group('t', halves.Where(half => half.Length > 0)),
        ('f' or 'F', <= 7) => $"(?<f>[0-9]{{{length}}})",
        ('M' or 'd' or 'H' or 'h' or 'm' or 's', 1) => $"(?<{letter}>[0-9]{{1,2}})",
        ('M' or 'd' or 'H' or 'h' or 'm' or 's', 2) => $"(?<{letter}>[0-9]{{2}})",
        _ => throw new FormatException($"'{new string(letter, length)}' is not read in this calendar; write literal letters in quotes."),
    };

    private static string Group(char name, IEnumerable<string> words) => $"(?<{name}>{string.Join('|', words.Select(Regex.Escape))})";

    // ㋿ is 令和, １ is 1, ۱ is 1.
    private static string Folded(string text) => NativeDigits.Folded(text.Normalize(NormalizationForm.FormKC)).ToString();
}
