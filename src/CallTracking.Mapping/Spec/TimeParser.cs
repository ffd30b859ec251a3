using System.Globalization;
using CallTracking.Mapping.Values;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Mapping.Spec;

/// <summary>Reads how times are written: <c>format</c>, <c>calendar</c>, <c>half_day</c>, <c>time_zone</c>, <c>culture</c>, <c>overlap</c>, <c>gap</c>.</summary>
internal static class TimeParser
{
    private const string FractionSuffix = " day_fraction";

    /// <summary>The calendars that a mapping can name; null is the Gregorian one.</summary>
    public static readonly IReadOnlyDictionary<string, EraCalendar?> Calendars = new Dictionary<string, EraCalendar?>
    {
        ["gregorian"] = null,
        ["japanese"] = new JapaneseEras(),
        ["buddhist"] = new ShiftedYears(-543),
        ["roc"] = new ShiftedYears(1911),
        ["persian"] = new OtherMonths(new PersianCalendar(), "fa-IR"),
        ["islamic"] = new OtherMonths(new UmAlQuraCalendar(), "ar-SA"),
        ["islamic_civil"] = new OtherMonths(new HijriCalendar { HijriAdjustment = 0 }, "ar-SA"),
    };

    /// <summary>Formats that have a name.</summary>
    public static readonly IReadOnlyDictionary<string, TimeFormat> Named = new Dictionary<string, TimeFormat>
    {
        ["iso"] = IsoFormat.Instance,
        ["unix"] = new UnixFormat("unix seconds", TimeSpan.TicksPerSecond),
        ["unix_ms"] = new UnixFormat("unix milliseconds", TimeSpan.TicksPerMillisecond),
        ["excel"] = new ExcelFormat(is1904: false),
        ["excel_1904"] = new ExcelFormat(is1904: true),
    };

    // Days whose day, month and year can be taken for one another.
    private static readonly DateTime[] Doubtful = [new(2003, 4, 5, 6, 7, 8), new(2010, 11, 12, 1, 2, 3), new(2001, 1, 2, 3, 4, 5)];

    /// <summary>What can be decided of a local time that has two readings.</summary>
    public static readonly IReadOnlyDictionary<string, TimeChoice> Choices = new Dictionary<string, TimeChoice>
    {
        ["both"] = TimeChoice.None,
        ["earlier"] = TimeChoice.Earlier,
        ["later"] = TimeChoice.Later,
        ["reject"] = TimeChoice.Reject,
    };

    private static readonly Dictionary<string, bool> HalfDays = new() { ["unknown"] = true };

    public static TimeRules Parse(YamlMap map, MappingScope scope)
    {
        var clock = scope.ClockOf(map.TakeScalar("time_zone"));
        var culture = scope.CultureOf(map.TakeScalar("culture"));
        var choices = ChoicesOf(map, scope);
        var hasCalendar = map.Has("calendar");
        var calendar = map.TakeChoice("calendar", Calendars, null);
        var keepsDayOnly = map.TakeChoice("half_day", HalfDays, false);
        var formats = new List<TimeFormat>();
        var patterns = new List<YamlScalarNode>();
        foreach (var format in map.TakeScalars("format"))
        {
            if (Named.TryGetValue(format.Value ?? string.Empty, out var named))
            {
                formats.Add(named);
            }
            else if (IsPattern(format, scope) && IsWholeClock(format, keepsDayOnly, scope) && (hasCalendar || IsSureOfYears(format, culture, scope)))
            {
                patterns.Add(format);
                formats.Add(Pattern(format, calendar, keepsDayOnly, culture, scope));
            }
        }

        RefuseContradiction(patterns, calendar, scope, culture);
        return new TimeRules(formats.Count > 0 ? formats : [IsoFormat.Instance], clock, culture, choices);
    }

    /// <summary>Reads <c>overlap</c> and <c>gap</c>; what is not there is as around it.</summary>
    public static TimeChoices ChoicesOf(YamlMap map, MappingScope scope) =>
        new(map.TakeChoice("overlap", Choices, scope.TimeChoices.Overlap), map.TakeChoice("gap", Choices, scope.TimeChoices.Gap));

    private static bool IsPattern(YamlScalarNode format, MappingScope scope)
    {
        if (format.Value is { Length: > 1 } pattern && pattern.AsSpan().ContainsAny('y', 'M', 'd'))
        {
            return true;
        }

        scope.Faults.Add(format, $"'{format.Value}' is no time format.", $"Write {string.Join(", ", Named.Keys)} or a pattern such as \"yyyy/MM/dd HH:mm\".");
        return false;
    }

    private static TimeFormat Pattern(YamlScalarNode format, EraCalendar? calendar, bool keepsDayOnly, CultureInfo culture, MappingScope scope)
    {
        var pattern = format.Value!;
        if (pattern.EndsWith(FractionSuffix, StringComparison.Ordinal))
        {
            var date = pattern[..^FractionSuffix.Length];
            return new DayFractionFormat(Named.TryGetValue(date, out var named) ? named : new PatternFormat(date));
        }

        if (calendar is null)
        {
            if (TimePattern.Has(TimePattern.Letters(pattern), "g"))
            {
                scope.Faults.Add(format, $"'{pattern}' has an era, and no calendar that has eras is named.", "Write calendar: japanese beside it.");
            }

            return new PatternFormat(pattern, keepsDayOnly);
        }

        try
        {
            return new CalendarFormat(pattern, calendar, culture);
        }
        catch (FormatException wrong)
        {
            scope.Faults.Add(format, wrong.Message, "The letters are g y M d H h m s f t, as in \"ggy年M月d日 H:mm\".");
            return IsoFormat.Instance;
        }
    }

    private static bool IsWholeClock(YamlScalarNode format, bool keepsDayOnly, MappingScope scope)
    {
        if (keepsDayOnly || !TimePattern.IsHalfClock(TimePattern.Letters(format.Value!)))
        {
            return true;
        }

        scope.Faults.Add(
            format,
            $"'{format.Value}' reads hours to twelve without AM or PM: half of the times would be wrong by twelve hours.",
            "Write H where the clock has 24 hours, add tt where the text says AM or PM; half_day: unknown keeps only the day of times that have lost it.");
        return false;
    }

    private static bool IsSureOfYears(YamlScalarNode format, CultureInfo culture, MappingScope scope)
    {
        if (culture.Calendar is GregorianCalendar || !TimePattern.Has(TimePattern.Letters(format.Value!), "y"))
        {
            return true;
        }

        scope.Faults.Add(format, $"Years in {culture.Name} are written in more than one calendar.", $"Say which it is: calendar: {string.Join(", ", Calendars.Keys.SkipLast(1))} or {Calendars.Keys.Last()}.");
        return false;
    }

    // 5/4 is the fifth of April or the fourth of May: a list that reads it both ways would guess.
    private static void RefuseContradiction(List<YamlScalarNode> patterns, EraCalendar? calendar, MappingScope scope, CultureInfo culture)
    {
        for (var later = 1; later < patterns.Count && calendar is null; later++)
        {
            if (patterns.Take(later).FirstOrDefault(earlier => Contradict(earlier.Value!, patterns[later].Value!, culture)) is { } other)
            {
                scope.Faults.Add(
                    patterns[later],
                    $"'{other.Value}' and '{patterns[later].Value}' read the same text as different days.",
                    "Keep the one that the source means; when it writes both, no rule can tell them apart.");
            }
        }
    }

    private static bool Contradict(string one, string other, CultureInfo culture)
    {
        var left = new TimeRules([new PatternFormat(one)], new ZoneClock(TimeZoneInfo.Utc), culture);
        var right = new TimeRules([new PatternFormat(other)], new ZoneClock(TimeZoneInfo.Utc), culture);
        return Doubtful.Any(day => Differ(left, right, Written(day, one, culture)) || Differ(left, right, Written(day, other, culture)));
    }

    private static string Written(DateTime day, string pattern, CultureInfo culture)
    {
        try
        {
            return day.ToString(pattern, TimeRules.WithPlainSeparators(culture));
        }
        catch (FormatException)
        {
            return string.Empty;
        }
    }

    private static bool Differ(TimeRules left, TimeRules right, string text) =>
        text.Length > 0
        && left.Read(new CellText(text), out var one) is null
        && right.Read(new CellText(text), out var other) is null
        && one.At.Date != other.At.Date;
}
