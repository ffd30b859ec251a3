using System.Globalization;

namespace CallTracking.Privacy;

/// <summary>What a person asks for.</summary>
public enum RequestKind
{
    Access,
    Correction,
    Erasure,
    Withdrawal,
    Grievance,
}

/// <summary>How a deadline counts.</summary>
public enum DeadlineUnit
{
    Hours,

    /// <summary>Without weekends and public holidays of the jurisdiction.</summary>
    WorkingDays,
    Days,
    Months,
}

/// <summary>A length of time as a statute writes it.</summary>
public readonly record struct DeadlineTerm(int Number, DeadlineUnit Unit)
{
    private static readonly (string Word, DeadlineUnit Unit)[] Words =
    [
        ("hour", DeadlineUnit.Hours), ("working_day", DeadlineUnit.WorkingDays), ("day", DeadlineUnit.Days), ("month", DeadlineUnit.Months),
    ];

    /// <summary>Reads <c>10 working_days</c>; the plural s may be absent.</summary>
    public static bool TryParse(string text, out DeadlineTerm term)
    {
        term = default;
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space < 1 || !int.TryParse(text.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is 0 or > 9999)
        {
            return false;
        }

        var word = text[(space + 1)..];
        foreach (var (known, unit) in Words)
        {
            if (word == known || (word.Length == known.Length + 1 && word[^1] == 's' && word.StartsWith(known, StringComparison.Ordinal)))
            {
                term = new DeadlineTerm(number, unit);
                return true;
            }
        }

        return false;
    }

    /// <summary>For people: <c>10 working days</c>.</summary>
    public override string ToString()
    {
        var unit = Unit;
        var word = Words.First(entry => entry.Unit == unit).Word.Replace('_', ' ');
        return string.Create(CultureInfo.InvariantCulture, $"{Number} {word}{(Number == 1 ? "" : "s")}");
    }
}

/// <summary>How soon one kind of request is to be answered.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Within">From receipt; null when the statute has no number and an internal service level has to do.</param>
/// <param name="Extension">By how much it can be lengthened, with notice; null when it cannot.</param>
/// <param name="ClockStops">What stops the clock: <c>identity</c>, <c>fee</c>, <c>clarification</c>.</param>
/// <param name="Article">The provision.</param>
/// <param name="Basis">R, K or U, where it differs from the document's.</param>
/// <param name="Note">What a number cannot say.</param>
public sealed record RequestDeadline(
    RequestKind Kind,
    DeadlineTerm? Within,
    DeadlineTerm? Extension,
    IReadOnlyList<string> ClockStops,
    string Article,
    string Basis,
    string Note);
