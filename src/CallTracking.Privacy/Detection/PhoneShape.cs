using System.Buffers;

namespace CallTracking.Privacy;

/// <summary>
/// Which digit groups are a phone number: international form, the shapes of North America, trunk-zero countries (Japan, Germany
/// and most others), or any plausible number right after a word such as "Tel.". Dates, addresses of networks, and numbers
/// after words such as "order" are not.
/// </summary>
internal static class PhoneShape
{
    private const int MostGroups = 8;
    private const int ContextWidth = 24;

    private static readonly SearchValues<char> Spaces = SearchValues.Create(" \u00A0\u3000\u202F()（）");

    // In upper case, as the text before a number is made for looking: ordinal and ignoring case, but once instead of once a word.
    private static readonly string[] PhoneWords = Upper(
        "tel", "phone", "fon", "mobil", "cell", "call", "handy", "fax", "ruf", "anruf", "rückruf", "smartphone", "whatsapp", "sms", "電話", "携帯", "連絡先", "ＴＥＬ", "☎", "📞");

    private static readonly string[] OtherWords = Upper(
        "order", "bestell", "auftrag", "rechnung", "invoice", "serial", "serien", "s/n", "sn:", "artikel", "ticket", "case", "ref", "tracking",
         "sendung", "part", "model", "modell", "error", "fehler", "code", "imei", "ean", "kunden", "customer", "account", "konto", "nr.", "no.",
         "number", "nummer", "注文", "伝票", "型番", "製造", "シリアル", "エラー", "番号", "会員");

    private static readonly SearchValues<string> AnyWord = SearchValues.Create([.. PhoneWords, .. OtherWords], StringComparison.OrdinalIgnoreCase);

    /// <summary>The last group of the phone number that starts at a group, or -1.</summary>
    public static int Match(string text, DigitGroups groups, int first, string country)
    {
        var all = groups.Groups;
        var start = all[first].Start;
        var plus = HasPlus(text, start);
        Span<char> digits = stackalloc char[16];
        var context = Context.Unread;
        for (var last = Math.Min(all.Length, first + MostGroups) - 1; last >= first; last--)
        {
            var count = groups.Read(text, first, last, digits);
            if (count < 7 || !StandsAlone(text, all, first, last, plus))
            {
                continue;
            }

            var number = digits[..count];
            if (plus ? IsInternational(number) : IsNational(text, all, first, last, number, country, ref context))
            {
                return last;
            }
        }

        return -1;
    }

    /// <summary>Where the number starts with its + and the bracket before it.</summary>
    public static int StartWithPrefix(string text, int start, int end)
    {
        var from = start;
        if (from > 0 && text[from - 1] is '(' or '（' && text.AsSpan(start, end - start).IndexOfAny(')', '）') >= 0)
        {
            from--;
        }

        var plus = from;
        while (plus > 0 && text[plus - 1] == ' ')
        {
            plus--;
        }

        if (plus == 0 || text[plus - 1] is not ('+' or '＋'))
        {
            return from;
        }

        var closed = plus > 1 && text[plus - 2] is '(' or '（' && text.AsSpan(start, end - start).IndexOfAny(')', '）') >= 0;
        return closed ? plus - 2 : plus - 1;
    }

    private enum Context
    {
        Unread,
        None,
        Phone,
        Other,
    }

    private static bool IsInternational(ReadOnlySpan<char> digits) =>
        digits.Length is >= 8 and <= 15 && PhoneNumbers.CallingCodeLength(digits) is > 0 and var code && digits.Length - code >= 5;

    private static bool IsNational(
        string text, ReadOnlySpan<DigitGroup> all, int first, int last, ReadOnlySpan<char> digits, string country, ref Context context)
    {
        if (IsDate(text, all, first, last) || IsNetworkAddress(text, all, first, last))
        {
            return false;
        }

        var shaped = IsNorthAmerican(all, first, last, digits) || IsTrunkZero(all, first, last, digits, country);
        if (context == Context.Unread)
        {
            context = ReadContext(text, all[first].Start);
        }

        return context switch
        {
            Context.Phone => shaped || digits.Length is >= 7 and <= 13,
            Context.Other => false,
            _ => shaped,
        };
    }

    // 212-555-0134, (212) 555 0134, 1.212.555.0134
    private static bool IsNorthAmerican(ReadOnlySpan<DigitGroup> all, int first, int last, ReadOnlySpan<char> digits)
    {
        if (digits.Length == 11 && digits[0] == '1' && all[first].Length == 1)
        {
            digits = digits[1..];
            first++;
        }

        return digits.Length == 10 && digits[0] >= '2' && digits[3] >= '2'
            && last == first + 2 && all[first].Length == 3 && all[first + 1].Length == 3;
    }

    private static bool IsTrunkZero(ReadOnlySpan<DigitGroup> all, int first, int last, ReadOnlySpan<char> digits, string country)
    {
        if (digits[0] != '0')
        {
            return false;
        }

        if (digits[1] == '0')
        {
            return last > first && digits.Length is >= 11 and <= 16 && PhoneNumbers.CallingCodeLength(digits[2..]) > 0;
        }

        if (last > first)
        {
            return digits.Length is >= 9 and <= 12 && all[last].Length >= 2 && all[first].Length <= 6;
        }

        // Written without separators: Japanese mobile numbers on sight, others where the country is known to dial a 0 first.
        var japaneseMobile = digits.Length == 11 && digits[1] is '5' or '7' or '8' or '9' && digits[2] == '0';
        return japaneseMobile || (digits.Length is 10 or 11 or 12 && PhoneNumbers.CallingCode(country) is not ("" or "1" or "7"));
    }

    private static bool StandsAlone(string text, ReadOnlySpan<DigitGroup> all, int first, int last, bool plus)
    {
        var start = all[first].Start;
        if (!plus && first > 0 && !HasSpace(text, all[first - 1].End, start))
        {
            return false;
        }

        if (last < all.Length - 1 && !HasSpace(text, all[last].End, all[last + 1].Start))
        {
            return false;
        }

        var bracket = start > 0 && text[start - 1] is '(' or '（';
        return !TextEdges.IsPartOfWord(text, plus || bracket ? StartWithPrefix(text, start, all[last].End) : start, all[last].End);
    }

    private static bool HasPlus(string text, int start) => StartWithPrefix(text, start, start) is var from && from < start && text[from] is '+' or '＋'
        || (start > 1 && text[start - 1] is '(' or '（' && text[start - 2] is '+' or '＋');

    private static bool HasSpace(string text, int from, int to) => text.AsSpan(from, to - from).ContainsAny(Spaces);

    private static bool IsDate(string text, ReadOnlySpan<DigitGroup> all, int first, int last)
    {
        for (var i = first; i + 2 <= last; i++)
        {
            var separator = text[all[i].End];
            if (separator is '.' or '/' or '-' && text[all[i + 1].End] == separator
                && all[i + 1].Start == all[i].End + 1 && all[i + 2].Start == all[i + 1].End + 1
                && IsDate(Value(text, all[i]), Value(text, all[i + 1]), Value(text, all[i + 2]), all[i].Length, all[i + 2].Length))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDate(int one, int two, int three, int firstLength, int lastLength) =>
        (firstLength == 4 && lastLength <= 2 && one is >= 1900 and <= 2100 && two is >= 1 and <= 12 && three is >= 1 and <= 31)
        || (firstLength <= 2 && lastLength == 4 && three is >= 1900 and <= 2100 && one is >= 1 and <= 31 && two is >= 1 and <= 31)
        || (firstLength <= 2 && lastLength == 2 && one is >= 1 and <= 31 && two is >= 1 and <= 12);

    private static int Value(string text, DigitGroup group)
    {
        var value = 0;
        foreach (var letter in text.AsSpan(group.Start, Math.Min(group.Length, 5)))
        {
            value = (value * 10) + System.Globalization.CharUnicodeInfo.GetDecimalDigitValue(letter);
        }

        return value;
    }

    private static bool IsNetworkAddress(string text, ReadOnlySpan<DigitGroup> all, int first, int last)
    {
        if (last != first + 3)
        {
            return false;
        }

        for (var i = first; i <= last; i++)
        {
            if (all[i].Length > 3 || (i < last && text[all[i].End] != '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static Context ReadContext(string text, int start)
    {
        var before = text.AsSpan(Math.Max(0, start - ContextWidth), Math.Min(start, ContextWidth));
        if (!before.ContainsAny(AnyWord))
        {
            return Context.None;
        }

        Span<char> upper = stackalloc char[ContextWidth];
        upper = upper[..before.ToUpperInvariant(upper)];
        var phone = LastOf(upper, PhoneWords);
        var other = LastOf(upper, OtherWords);
        return phone < 0 && other < 0 ? Context.None
            : phone >= other - 8 && phone >= 0 ? Context.Phone
            : Context.Other;
    }

    private static string[] Upper(params string[] words) => [.. words.Select(word => word.ToUpperInvariant())];

    private static int LastOf(ReadOnlySpan<char> text, string[] words)
    {
        var last = -1;
        foreach (var word in words)
        {
            last = Math.Max(last, LastOf(text, word));
        }

        return last;
    }

    // Words of spaced scripts count from their start on: "apartment" is no "part", "Bestellung" no "tel".
    private static int LastOf(ReadOnlySpan<char> text, string word)
    {
        var at = text.LastIndexOf(word, StringComparison.Ordinal);
        while (at > 0 && char.IsAsciiLetter(word[0]) && char.IsLetter(text[at - 1]) && !Folding.IsUnspaced(text[at - 1]))
        {
            at = text[..(at + word.Length - 1)].LastIndexOf(word, StringComparison.Ordinal);
        }

        return at;
    }
}
