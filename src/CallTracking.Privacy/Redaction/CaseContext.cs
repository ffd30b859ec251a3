using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>What the actions need to know of the case as a whole, read before anything is changed.</summary>
/// <param name="Country">The customer's country, else that of collection, else the centre's.</param>
/// <param name="Language">BCP 47 of the case, or empty.</param>
/// <param name="OpenedOn">The day on which the case was opened, in its own offset.</param>
internal readonly record struct CaseContext(string Country, string Language, DateOnly? OpenedOn)
{
    /// <summary>Whose texts the case holds.</summary>
    public TextOrigin Origin => new(Country, Language);

    public static CaseContext Of(Case value)
    {
        var country = value.CustomerCountry.Length > 0 ? value.CustomerCountry
            : value.CollectionCountry.Length > 0 ? value.CollectionCountry
            : value.CentreCountry;
        return new CaseContext(country, value.Language, DayOf(value.Opened));
    }

    // A wrong instant from the wire must not stop a batch: it is as good as none.
    private static DateOnly? DayOf(CaseTime? time)
    {
        if (time?.At is not { } at)
        {
            return null;
        }

        var local = (Int128)at.Seconds + ((Int128)time.UtcOffsetMinutes * 60);
        return local >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && local <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds((long)local).UtcDateTime)
            : null;
    }

    /// <summary>
    /// Whose dates are moved together: the customer by number, else e-mail, else name; else the case stands for itself. Only clear
    /// values name a subject.
    /// </summary>
    public static string SubjectOf(Case value)
    {
        var customer = value.Customer;
        foreach (var (dataClass, text) in new[]
        {
            (DataClass.CustomerNumber, customer?.Number),
            (DataClass.Email, customer?.Emails.FirstOrDefault()),
            (DataClass.Name, customer?.Name),
        })
        {
            if (text is { FormCase: PersonalText.FormOneofCase.Clear, Clear.Length: > 0 })
            {
                return string.Create(CultureInfo.InvariantCulture, $"{(int)dataClass}\0{PseudonymForm.Of(dataClass, text.Clear, "")}");
            }
        }

        return $"case\0{Convert.ToHexString(value.CaseUid.Span)}";
    }
}
