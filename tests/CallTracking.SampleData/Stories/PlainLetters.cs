using System.Globalization;
using System.Text;

namespace CallTracking.SampleData.Stories;

/// <summary>Names without marks on their letters, as addresses of mail have them and people in a hurry write them.</summary>
internal static class PlainLetters
{
    public static string Of(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(letter switch { 'ł' => 'l', 'Ł' => 'L', _ => letter });
            }
        }

        return plain.ToString();
    }

    /// <summary>A mailbox of a name: small ASCII letters only.</summary>
    public static string Mailbox(string name) => string.Concat(Of(name).Where(char.IsAsciiLetter)).ToLowerInvariant();
}
