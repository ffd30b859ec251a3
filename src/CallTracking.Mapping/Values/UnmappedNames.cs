using System.Globalization;

namespace CallTracking.Mapping.Values;

/// <summary>
/// Names under which unmapped values are kept. A source may write values as names (addresses as keys of an object), and no rule of a
/// policy acts on a name: one that does not look like a column's is not taken over, its value is kept as <c>unnamed-N</c>.
/// </summary>
internal static class UnmappedNames
{
    private const int Longest = 64;

    // As in texts: shorter numbers cannot be told from ordinary ones.
    private const int TellingDigits = 5;

    private static readonly System.Buffers.SearchValues<char> Signs = System.Buffers.SearchValues.Create(" _-.[]()/#\u3000（）・／＿－");

    /// <summary>Letters of any script, digits and few signs; no number that names something, nothing long.</summary>
    public static bool IsPlain(ReadOnlySpan<char> name)
    {
        var (letters, digits) = (0, 0);
        foreach (var rune in name.EnumerateRunes())
        {
            if (System.Text.Rune.IsDigit(rune))
            {
                digits++;
            }
            else if (IsLetter(System.Text.Rune.GetUnicodeCategory(rune)))
            {
                letters++;
            }
            else if (!rune.IsBmp || !Signs.Contains((char)rune.Value))
            {
                return false;
            }
        }

        return name.Length <= Longest && letters + digits > 0 && (digits < TellingDigits || digits <= letters);
    }

    /// <summary>A name that no other field of the case has: the value's own, or one that says its number and nothing else.</summary>
    public static string Take(in UnmappedValue value, HashSet<string> taken)
    {
        var name = value.Name;
        if (name is { Length: <= Longest } && taken.Add(name))
        {
            return name;
        }

        name = string.Create(CultureInfo.InvariantCulture, $"unnamed-{value.Number}");
        while (!taken.Add(name))
        {
            name += "-2";
        }

        return name;
    }

    // Marks are parts of letters in many scripts.
    private static bool IsLetter(UnicodeCategory category) => category
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
