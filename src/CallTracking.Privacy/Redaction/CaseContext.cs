using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>What the actions need to know of the case as a whole, read before anything is changed.</summary>
/// <param name="Country">The customer's country, else that of collection, else the centre's.</param>
/// <param name="OpenedOn">The day on which the case was opened, in its own offset.</param>
internal readonly record struct CaseContext(string Country, DateOnly? OpenedOn)
{
    public static CaseContext Of(Case value)
    {
        var country = value.CustomerCountry.Length > 0 ? value.CustomerCountry
            : value.CollectionCountry.Length > 0 ? value.CollectionCountry
            : value.CentreCountry;
        var opened = value.Opened?.At;
        var offset = value.Opened is { HasUtcOffsetMinutes: true } withOffset ? withOffset.UtcOffsetMinutes : 0;
        return new CaseContext(country, opened is null ? null : DateOnly.FromDateTime(opened.ToDateTime().AddMinutes(offset)));
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
