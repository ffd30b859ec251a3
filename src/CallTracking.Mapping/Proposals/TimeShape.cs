using System.Collections.Frozen;
using System.Globalization;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Proposals;

/// <summary>How a column's times are written.</summary>
/// <param name="Format">As a mapping writes it; null where the values are no times.</param>
/// <param name="Other">Another format that reads every value just as well, but as other days.</param>
/// <param name="Share">How many of the values the format reads, from 0 to 1.</param>
internal sealed record TimeShape(string? Format, string? Other, double Share)
{
    // A few broken dates are what the quarantine is for.
    private const double LeastShare = 0.75;
    private const double MostlyWhole = 0.95;
    private const int Looked = 500;

    // A zero or two stand for no time.
    private const double LeastRecent = 0.9;

    private static readonly string[] Dates =
    [
        "yyyy/MM/dd", "yyyy/M/d", "yyyy-M-d", "yyyy.MM.dd", "yyyy. M. d.", "yyyy.MM.dd.", "yyyy년 M월 d일", "yyyy年M月d日", "yyyyMMdd",
        "dd/MM/yyyy", "d/M/yyyy", "MM/dd/yyyy", "M/d/yyyy", "dd.MM.yyyy", "d.M.yyyy", "dd-MM-yyyy", "d-M-yyyy", "MM-dd-yyyy",
        "d/M/yy", "M/d/yy", "d.M.yy", "dd-MMM-yyyy", "dd/MMM/yyyy", "d MMM yyyy", "MMM d, yyyy",
    ];

    private static readonly string[] Clocks =
        ["", " HH:mm", " HH:mm:ss", " H:mm", " H:mm:ss", " HH:mm:ss.fff", ", HH:mm", "THH:mm:ss", "HHmmss"];

    private static readonly string[] HalfClocks =
        [" hh:mm:ss tt", " h:mm:ss tt", " hh:mm tt", " h:mm tt", " tt hh:mm:ss", " tt h:mm:ss", " tt hh:mm", " tt h:mm", " tth:mm:ss", " tth:mm"];

    // Of which a value may have one digit. Words for months (MMM) are none.
    private static readonly string[] Parts = ["dd", "HH", "hh", "MM"];

    private static readonly string[] All = [.. Dates.SelectMany(_ => Clocks, (date, clock) => date + clock)];
    private static readonly string[] Halves = [.. Dates.SelectMany(_ => HalfClocks, (date, clock) => date + clock)];

    public static TimeShape None { get; } = new(null, null, 0);

    /// <summary>Of years that count within eras, as a mapping names it; null where they count from Christ.</summary>
    public string? Calendar { get; private init; }

    /// <summary>The cultures that have the words for the halves of the day; empty where there are none, or AM and PM.</summary>
    public IReadOnlyList<string> Cultures { get; private init; } = [];

    public bool IsTime => Format is not null;

    /// <summary>The other order of day and month cannot read some value.</summary>
    public bool IsProven => Other is null && Calendar is null && Format is not null && Swapped(Format) is not null;

    public static TimeShape Of(IEnumerable<string> values)
    {
        var looked = values.Take(Looked).ToList();
        if (looked.Count == 0 || looked.Count(value => value.Length is >= 6 and <= 32 && char.IsDigit(value[^1]) | value.Any(char.IsDigit)) < looked.Count * LeastShare)
        {
            return None;
        }

        var iso = ShareOf(looked, value => IsoFormat.Instance.TryRead(value, CultureInfo.InvariantCulture, out _));
        if (iso >= LeastShare)
        {
            return new TimeShape("iso", null, iso);
        }

        if (EraShape.Of(looked) is { Share: >= LeastShare } era)
        {
            return new TimeShape(era.Format, null, era.Share) { Calendar = EraShape.Calendar };
        }

        var (isOfHalves, cultures) = HalvesOf(looked);
        if (isOfHalves)
        {
            looked = [.. looked.Select(Plainly)];
        }

        var best = (Format: string.Empty, Share: 0.0);
        foreach (var format in isOfHalves ? Halves : All)
        {
            // Most formats fit not even the first values.
            if (looked.Take(5).Any(value => Reads(format, value)) && ShareOf(looked, value => Reads(format, value)) is var share && share > best.Share)
            {
                best = (format, share);
            }
        }

        // Months are looked for in English: beside another culture's words nobody knows how it writes them.
        if (best.Share < LeastShare || (cultures.Count > 0 && best.Format.Contains("MMM", StringComparison.Ordinal)))
        {
            return None;
        }

        var other = Swapped(best.Format);
        return new TimeShape(best.Format, other is not null && ShareOf(looked, value => Reads(other, value)) >= best.Share ? other : null, best.Share) { Cultures = cultures };
    }

    // Most values have a word for a half of the day, with digits before and behind the sign between hours and minutes.
    private static (bool Are, IReadOnlyList<string> Cultures) HalvesOf(List<string> looked)
    {
        if (!looked.Take(5).Any(value => value.Contains(':', StringComparison.Ordinal) && value.Any(char.IsLetter)))
        {
            return (false, []);
        }

        var (with, sets) = (0, new HashSet<FrozenSet<string>>());
        foreach (var value in looked)
        {
            if (DayHalves.OfAny(value, out var having) is not null)
            {
                with++;
                sets.Add(having);
            }
        }

        var own = sets.Where(set => set.Count > 0).ToList();
        string[] cultures = own.Count == 0 ? [] : [.. own[0].Where(culture => own.TrueForAll(set => set.Contains(culture)) && IsGregorian(culture)).Order(StringComparer.Ordinal)];
        return (with >= looked.Count * LeastShare && (own.Count == 0 || cultures.Length > 0), cultures);
    }

    // Others count their years otherwise: a mapping has to name their calendar.
    private static bool IsGregorian(string culture) => CultureInfo.GetCultureInfo(culture).Calendar is GregorianCalendar;

    private static string Plainly(string value) => DayHalves.OfAny(value, out _) ?? value;

    /// <summary>A column of numbers that a header calls a time: seconds or milliseconds since 1970.</summary>
    public static string? UnixOf(ColumnSample column) => !IsWhole(column) ? null : column.Largest() switch
    {
        >= 500_000_000 and < 5_000_000_000 => "unix",
        >= 500_000_000_000 and < 5_000_000_000_000 => "unix_ms",
        _ => null,
    };

    /// <summary>As <see cref="UnixOf"/>, of days that lie on both sides of 1970.</summary>
    public static string? UnixOfBirths(ColumnSample column) => !IsWhole(column) ? null : Numbers(column).Max(decimal.Abs) switch
    {
        >= 100_000_000 and < 5_000_000_000 => "unix",
        >= 100_000_000_000 and < 5_000_000_000_000 => "unix_ms",
        _ => null,
    };

    /// <summary>Whole numbers as a spreadsheet counts days, from 1900 or 1904; those that may be years are none.</summary>
    public static bool HasDayNumbers(ColumnSample column) => column.Share(ColumnSample.IsInteger) >= 1
        && ShareIn(column, 366, 60_000) >= LeastRecent && ShareIn(column, 1850, 2150) < LeastRecent;

    /// <summary>Numbers that no header calls a time, but that read as times of the last years; telephones and numbers of customers rarely do.</summary>
    public static string? RecentUnixOf(ColumnSample column) => !IsWhole(column) ? null
        : ShareIn(column, 1_100_000_000, 2_000_000_000) >= LeastRecent ? "unix"
        : ShareIn(column, 900_000_000_000, 2_000_000_000_000) >= LeastRecent ? "unix_ms"
        : null;

    // A wrong value here and there is for the quarantine: it makes no telephone of the others. A telephone of Turkey with its plus has as many digits as
    // milliseconds have, which nobody writes so.
    private static bool IsWhole(ColumnSample column) => column.Share(value => ColumnSample.IsInteger(value) && !value.StartsWith('+')) >= MostlyWhole;

    private static double ShareIn(ColumnSample column, decimal least, decimal most) => (double)Numbers(column).Count(number => number >= least && number < most) / column.Distinct;

    private static IEnumerable<decimal> Numbers(ColumnSample column) => column.Select<decimal>(value => decimal.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null);

    /// <summary>The oldest and the newest year; null where nothing was read.</summary>
    public (int Oldest, int Newest)? Years(ColumnSample column)
    {
        var years = column.Select(Year).ToList();
        return years.Count == 0 ? null : (years.Min(), years.Max());
    }

    /// <summary>No value has a time of day. Of eras nobody looks.</summary>
    public bool IsOfDays(ColumnSample column) => Calendar is null && IsTime && column.Select(Read).All(time => time.TimeOfDay == TimeSpan.Zero);

    private int? Year(string value) => Calendar is not null ? EraShape.Year(Format!, value) : Read(value)?.Year;

    private DateTime? Read(string value) => Format == "iso"
        ? IsoTime.TryParse(value, out var iso, out _, out _) ? iso : null
        : DateTime.TryParseExact(Format!.Contains("tt", StringComparison.Ordinal) ? Plainly(value) : value, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>
    /// As this one, but with one digit for days, months or hours where the other shows that the file writes them so: two were only chance here, and one reads both.
    /// </summary>
    public TimeShape Beside(TimeShape other)
    {
        if (Format is null || other.Format is not { } shown || Calendar is not null || other.Calendar is not null)
        {
            return this;
        }

        // Where both orders of day and month read it, either may be the other's.
        var format = OneDigit(Format) == OneDigit(shown) ? Loosened(Format, shown)
            : Other is not null && OneDigit(Other) == OneDigit(shown) ? Swapped(Loosened(Other, shown))!
            : Format;
        return this with { Format = format, Other = Other is null ? null : Swapped(format) };
    }

    private static string Loosened(string format, string shown) =>
        Parts.Aggregate(format, (known, part) => shown.Contains(part, StringComparison.Ordinal) ? known : known.Replace(part, part[1..], StringComparison.Ordinal));

    private static string OneDigit(string format) => Parts.Aggregate(format, (known, part) => known.Replace(part, part[1..], StringComparison.Ordinal));

    /// <summary>The format with day and month exchanged; null where their order is plain.</summary>
    public static string? Swapped(string format)
    {
        var (day, month) = (format.IndexOf('d', StringComparison.Ordinal), format.IndexOf('M', StringComparison.Ordinal));
        return day < 0 || month < 0 || format.StartsWith('y') || format.Contains("MMM", StringComparison.Ordinal) ? null
            : new string([.. format.Select(sign => sign switch { 'd' => 'M', 'M' => 'd', _ => sign })]);
    }

    private static bool Reads(string format, string value) =>
        DateTime.TryParseExact(value, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Year is > 1900 and < 2200;

    private static double ShareOf(List<string> values, Func<string, bool> reads) => (double)values.Count(reads) / values.Count;
}
