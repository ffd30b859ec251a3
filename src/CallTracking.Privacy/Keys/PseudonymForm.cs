using System.Globalization;
using System.Text;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>The one spelling under which a value gets its pseudonym. Changing it changes every pseudonym: it is a contract.</summary>
internal static class PseudonymForm
{
    private static readonly IdnMapping Domains = new() { AllowUnassigned = true };

    /// <summary>
    /// E-mail: the address alone, without mailto: and the name before it; folded, its domain in ASCII. Phone: E.164 when it has a + or an
    /// international prefix or the country is known, else its digits. Names and organisations: folded, white space collapsed, one kind of
    /// apostrophe and hyphen. Numbers: NFKC, upper case, letters and digits only. Everything else: folded, trimmed.
    /// </summary>
    public static string Of(DataClass dataClass, string value, string country)
    {
        // ASCII is normal in every form, and most values are; asking the library takes longer than all the rest.
        var text = (Ascii.IsValid(value) ? value : value.Normalize(NormalizationForm.FormKC)).Trim();
        return dataClass switch
        {
            DataClass.Phone => PhoneNumbers.Canonical(text, country),
            DataClass.Email => Address(CaseFold.Of(text)),
            DataClass.Name or DataClass.Employee or DataClass.Organisation or DataClass.PostalAddress or DataClass.Locality => Words(CaseFold.Of(text)),
            DataClass.CustomerNumber or DataClass.CaseNumber or DataClass.NationalId or DataClass.SerialNumber
                or DataClass.Payment or DataClass.DeviceId or DataClass.Vehicle or DataClass.Postcode => LettersAndDigits(text),
            _ => CaseFold.Of(text),
        };
    }

    // Desks write "Max Muster <max@example.de>" and "mailto:max@example.de".
    private static string Address(string text)
    {
        var (open, close) = (text.LastIndexOf('<'), text.LastIndexOf('>'));
        var address = (open >= 0 && close > open + 1 ? text[(open + 1)..close] : text).Trim();
        address = address.StartsWith("mailto:", StringComparison.Ordinal) ? address[7..] : address;
        var at = address.LastIndexOf('@');
        return at < 1 || at == address.Length - 1 ? address : $"{address[..at]}@{Domain(address[(at + 1)..].TrimEnd('.'))}";
    }

    private static string Domain(string domain)
    {
        if (Ascii.IsValid(domain))
        {
            return domain;
        }

        try
        {
            return Domains.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            // No name of the internet, but still the same each time.
            return domain;
        }
    }

    private static string Words(string text)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Ascii.IsValid(words)
            ? words
            : string.Create(words.Length, words, static (letters, from) =>
            {
                for (var i = 0; i < letters.Length; i++)
                {
                    letters[i] = from[i] switch
                    {
                        '\u2018' or '\u2019' or '\u02BC' or '\u00B4' or '\u2032' => '\'',
                        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2212' => '-',
                        var other => other,
                    };
                }
            });
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
