namespace CallTracking.Privacy;

/// <summary>How the year of a date is written.</summary>
internal enum YearForm
{
    /// <summary>1971; an era's year (昭和46) is brought to it, a Thai one (2514) is not.</summary>
    Full,

    /// <summary>71.</summary>
    Short,

    /// <summary>14 for 2514, behind a Thai month.</summary>
    ShortBuddhist,

    /// <summary>60 or 114 where Taiwan's years may be meant.</summary>
    Minguo,
}

/// <summary>One way to read what stands at a place of a text as a date. "4/3/71" has three.</summary>
/// <param name="Start">First UTF-16 code unit.</param>
/// <param name="End">One past the last.</param>
/// <param name="Year">As it is written.</param>
/// <param name="Form">What the year's number counts from.</param>
/// <param name="Months">Bit 1 to 12: a word may be two languages' for two months.</param>
/// <param name="Day">1 to 31.</param>
internal readonly record struct DateReading(int Start, int End, int Year, YearForm Form, int Months, int Day)
{
    /// <summary>Thailand counts the years from another beginning.</summary>
    public const int BuddhistEra = 543;

    /// <summary>Digits without separators: a date only for who knows which one to expect.</summary>
    public bool IsCompact { get; init; }

    /// <summary>A day of a life or of a purchase, whatever calendar's year it has.</summary>
    public bool IsUsual => Form switch
    {
        YearForm.Full => Year is >= 1850 and <= 2150 or >= 1850 + BuddhistEra and <= 2150 + BuddhistEra,
        YearForm.Minguo => false,
        _ => true,
    };
}
