using System.Globalization;

namespace CallTracking.Mapping.Values;

/// <summary>A calendar that a mapping can name: its years, months and days to Gregorian dates.</summary>
internal abstract class EraCalendar
{
    /// <summary>The culture whose month names go with it; null: those of the mapping's culture.</summary>
    public virtual string? Names => null;

    /// <summary>True when its years count within eras, which the text names.</summary>
    public virtual bool HasEras => false;

    public abstract bool TryDate(string? era, int year, int month, int day, out DateTime date);

    protected static bool TryGregorian(int year, int month, int day, out DateTime date)
    {
        var isDate = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = isDate ? new DateTime(year, month, day) : default;
        return isDate;
    }
}

/// <summary>Gregorian months and days, with years counted from another one: Thai Buddhist, Taiwan's ROC.</summary>
internal sealed class ShiftedYears(int addedForGregorian) : EraCalendar
{
    public override bool TryDate(string? era, int year, int month, int day, out DateTime date) =>
        TryGregorian(year + addedForGregorian, month, day, out date);
}

/// <summary>
/// Japanese eras since Meiji. A date before its era's first day is refused; one after its era's last day counts on to the end of that
/// year, as forms printed before a change of era have it.
/// </summary>
internal sealed class JapaneseEras : EraCalendar
{
    /// <summary>How eras are written, after NFKC: in full, by one sign, by a Latin letter.</summary>
    public static readonly IReadOnlyList<string> Spellings = ["明治", "大正", "昭和", "平成", "令和", "明", "大", "昭", "平", "令", "M", "T", "S", "H", "R", "m", "t", "s", "h", "r"];

    private static readonly (DateTime From, int LastYear)[] Eras =
    [
        (new(1868, 1, 25), 1912), (new(1912, 7, 30), 1926), (new(1926, 12, 25), 1989), (new(1989, 1, 8), 2019), (new(2019, 5, 1), 9999),
    ];

    public override bool HasEras => true;

    public override bool TryDate(string? era, int year, int month, int day, out DateTime date)
    {
        date = default;
        var spelling = era is null ? -1 : Spellings.ToList().IndexOf(era);
        if (spelling < 0 || year < 1)
        {
            return false;
        }

        var (from, lastYear) = Eras[spelling % Eras.Length];
        return TryGregorian(from.Year + year - 1, month, day, out date) && date >= from && date.Year <= lastYear;
    }
}

/// <summary>A calendar with months of its own, as .NET knows it.</summary>
internal sealed class OtherMonths(Calendar calendar, string names) : EraCalendar
{
    public override string Names => names;

    public override bool TryDate(string? era, int year, int month, int day, out DateTime date)
    {
        try
        {
            date = calendar.ToDateTime(year, month, day, 0, 0, 0, 0);
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            // The only way to ask .NET which days a calendar has.
            date = default;
            return false;
        }
    }
}
