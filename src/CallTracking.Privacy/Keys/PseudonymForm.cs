using System.Globalization;
using System.Text;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>The one spelling under which a value gets its pseudonym. Changing it changes every pseudonym: it is a contract.</summary>
internal static class PseudonymForm
{
    /// <summary>
    /// E-mail: NFKC, trimmed, lower case. Phone: digits, in international form when it has a + or 00 or the country is known.
    /// Names and organisations: NFKC, lower case, white space collapsed. Numbers: NFKC, upper case, letters and digits only.
    /// Everything else: NFKC, trimmed, lower case.
    /// </summary>
    public static string Of(DataClass dataClass, string value, string country)
    {
        // ASCII is normal in every form, and most values are; asking the library takes longer than all the rest.
        var text = (Ascii.IsValid(value) ? value : value.Normalize(NormalizationForm.FormKC)).Trim();
        return dataClass switch
        {
            DataClass.Phone => PhoneNumbers.Canonical(text, country),
            DataClass.Name or DataClass.Employee or DataClass.Organisation or DataClass.PostalAddress or DataClass.Locality
                => string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            DataClass.CustomerNumber or DataClass.CaseNumber or DataClass.NationalId or DataClass.SerialNumber
                or DataClass.Payment or DataClass.DeviceId or DataClass.Vehicle or DataClass.Postcode => LettersAndDigits(text),
            _ => text.ToLowerInvariant(),
        };
    }

    private static string LettersAndDigits(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                kept.Append(Rune.ToUpperInvariant(rune).ToString());
            }
        }

        return kept.ToString();
    }
}
