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
    private const int FewestDigits = 6;
    private const int MostExtension = 6;

    // Digits of a number behind which a slash parts it from another one; calling codes come on top.
    private const int FewestBefore = 7;
    private const int LongestCode = 3;
    private const int ContextWidth = 28;

    // "Phone number is 555 0134".
    private const int SaidWidth = 16;
    private const int ColonWidth = 5;

    // "mi número es el 612345678", but not "mi número de pedido 612345678".
    private const int OwnWidth = 8;

    // "416 60 039 office".
    private const int AfterWidth = 3;

    // "order 4711, call 089 1234567": the nearer word counts, but one of phones reaches over a short one behind it ("phone no.").
    private const int Overlap = 8;

    private static readonly SearchValues<char> ExtensionStarts = SearchValues.Create("eExXdD#");

    private static readonly SearchValues<char> Spaces = SearchValues.Create(" \u00A0\u3000\u202F()（）");

    /// <summary>The last group of the phone number that starts at a group, or -1.</summary>
    public static int Match(TextScan scan, DigitGroups groups, int first)
    {
        var all = groups.Groups;
        var text = scan.Text;
        var start = all[first].Start;
        var plus = HasPlus(text, start);
        if (!plus && first > 0 && !HasSpace(text, all[first - 1].End, start))
        {
            return -1;
        }

        var most = Math.Min(all.Length, first + MostGroups);
        var count = 0;
        for (var i = first; i < most; i++)
        {
            if (count >= FewestBefore && IsNextNumber(text, all, i, plus || StartsWithZeros(text, all[first]) ? count - LongestCode : count))
            {
                most = i;
                break;
            }

            count += all[i].Length;
        }

        Span<char> digits = stackalloc char[PhonePlans.LongestNumber + 1];
        for (var last = most - 1; last >= first && count >= FewestDigits; count -= all[last--].Length)
        {
            if (count > digits.Length || !StandsAlone(text, all, first, last, plus))
            {
                continue;
            }

            groups.Read(text, first, last, digits);
            var number = digits[..count];
            if (plus ? IsInternational(number) : IsNational(scan, all, first, last, number))
            {
                return last;
            }
        }

        return -1;
    }

    // "020 5550199 / 06 1234 56 78" are two: half of the second must not go to the first. "089 / 123456" is one, and so is "090 - 1234 - 5678".
    private static bool IsNextNumber(string text, ReadOnlySpan<DigitGroup> all, int index, int before)
    {
        var between = text.AsSpan(all[index - 1].End, all[index].Start - all[index - 1].End);
        var isSlash = between.IndexOfAny('/', '／') >= 0;
        if (!isSlash && !(between.Length == 3 && between[0] == ' ' && DigitGroups.IsDash(between[1]) && between[2] == ' '))
        {
            return false;
        }

        var behind = 0;
        for (var i = index; i < all.Length && behind < FewestDigits; i++)
        {
            behind += all[i].Length;
        }

        return before >= (isSlash ? FewestBefore : FewestBefore + 2) && behind >= FewestDigits;
    }

    private static bool StartsWithZeros(string text, DigitGroup group) => group.Length > 1 && TextSigns.Plain(text[group.Start]) == '0' && TextSigns.Plain(text[group.Start + 1]) == '0';

    /// <summary>The end of a number with its extension: "x4587", "ext. 12".</summary>
    public static int EndWithExtension(string text, int end)
    {
        var at = end;
        while (at < text.Length && at - end < 2 && text[at] is ' ' or ',')
        {
            at++;
        }

        if (at == text.Length || !ExtensionStarts.Contains(text[at]))
        {
            return end;
        }

        var word = 0;
        foreach (var prefix in (ReadOnlySpan<string>)["extension", "ext.", "ext", "x", "durchwahl", "#"])
        {
            if (text.AsSpan(at).StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                word = prefix.Length;
                break;
            }
        }

        if (word == 0)
        {
            return end;
        }

        at += word;
        while (at < text.Length && text[at] is ' ' or ':')
        {
            at++;
        }

        var digits = at;
        while (at < text.Length && at - digits <= MostExtension && DigitGroups.IsDigit(text[at]))
        {
            at++;
        }

        return at > digits && at - digits <= MostExtension && (at == text.Length || !TextSigns.IsWord(text[at])) ? at : end;
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

    private const int LongestShort = 4;

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?;。！？；\r\n");

    private enum Context
    {
        None,
        Phone,
        Other,
    }

    private static bool IsInternational(ReadOnlySpan<char> digits) =>
        digits.StartsWith("00") ? IsInternational(digits[2..]) : digits.Length is >= 8 and <= 15 && PhoneNumbers.CallingCodeLength(digits) is > 0 and var code && digits.Length - code >= 5;

    private static bool IsNational(TextScan scan, ReadOnlySpan<DigitGroup> all, int first, int last, ReadOnlySpan<char> digits)
    {
        var text = scan.Text;
        if (OtherNumbers.IsDate(text, scan.Country, all, first, last) || OtherNumbers.IsNetworkAddress(text, all, first, last))
        {
            return false;
        }

        var isShaped = digits.Length >= 7 && PhoneForms.Fit(scan, all, first, last, digits);
        var mayBeOfPlan = digits.Length >= 7 && HasGroupsOfPlan(text, all, first, last);
        if (!isShaped && !mayBeOfPlan && !scan.IsBare && !scan.Nearby.Has(ContextWords.Phone) && !scan.Nearby.Has(ContextWords.OwnNumber))
        {
            return false;
        }

        return ReadContext(scan, all[first].Start, all[last].End, out var distance) switch
        {
            Context.Other when !(isShaped || mayBeOfPlan) || IsOfOrder(scan, all, first, last, digits, isShaped) => false,
            Context.Phone when IsMobileOfThePhone(scan, all[first].Start, all[last].End, digits) => true,
            _ when IsOfPart(scan, all, first, distance) => false,
            _ when isShaped || (mayBeOfPlan && IsAssigned(digits, scan.Country)) => true,
            Context.Phone => IsSaid(scan, all, first, last, digits, distance),
            _ => scan.IsBare && IsAssigned(digits, scan.Country),
        };
    }

    // "Rückruf wegen Ersatzteil: 0171 2345678": with its trunk zero a mobile of the country is what a word in the same sentence asks to call, whatever part stands between.
    private static bool IsMobileOfThePhone(TextScan scan, int start, int end, ReadOnlySpan<char> digits)
    {
        if (PhonePlans.Of(scan.Country) is not { Trunk: "0" } plan || digits[0] != '0' || !plan.IsMobile(digits[1..]))
        {
            return false;
        }

        var before = scan.Nearby.Before(start, ContextWords.Phone);
        return (before <= Math.Min(start, ContextWidth) && !EndsSentence(scan.Text, start - before, start))
            || (scan.Nearby.After(end, ContextWords.Phone) is var behind and <= AfterWidth && !EndsSentence(scan.Text, end, end + behind));
    }

    // A point behind a short word shortens it: "wg.", "bzgl.".
    private static bool EndsSentence(string text, int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            if (SentenceEnds.Contains(text[at]) && !(text[at] == '.' && LabelWords.IsShortened(text, at)))
            {
                return true;
            }
        }

        return false;
    }

    // Right behind a word such as "Tel." anything plausible is a number; a little further off it must look like one.
    private static bool IsSaid(TextScan scan, ReadOnlySpan<DigitGroup> all, int first, int last, ReadOnlySpan<char> digits, int distance) =>
        IsAssigned(digits, scan.Country)
        || (digits.Length is >= FewestDigits and <= 13 && distance <= (digits.Length > FewestDigits ? SaidWidth : ColonWidth) && (distance <= ColonWidth || !OtherNumbers.IsAmount(scan.Text, all, first, last)) && !OtherNumbers.IsDay(digits));

    // In groups that are not those of an amount: 630 30 43 65, but not 630 304 365.
    private static bool HasGroupsOfPlan(string text, ReadOnlySpan<DigitGroup> all, int first, int last) =>
        last >= first + 2 && all[last].Length >= 2 && all[first].Length >= 2 && !OtherNumbers.IsAmount(text, all, first, last);

    // Telephones in groups are told from orders by their shape: only a word for these right before them makes them one. Without groups it
    // takes a mobile of the country behind a comma, and another number between.
    private static bool IsOfOrder(TextScan scan, ReadOnlySpan<DigitGroup> all, int first, int last, ReadOnlySpan<char> digits, bool isShaped)
    {
        var start = all[first].Start;
        if (last == first)
        {
            return !(isShaped && PhonePlans.IsMobile(digits, scan.Country) && OrderWords.AreUsedUp(scan, start));
        }

        return (OrderWords.StandRightBefore(scan, all[FirstOfNumber(all, first)].Start) && scan.Text.AsSpan(start, all[last].End - start).IndexOfAny(')', '）') < 0)
            || (!IsAssigned(digits, scan.Country) && PhonePlans.Of(scan.Country) is not null && !PhoneForms.IsTrunkEight(scan, all, first, last, digits));
    }

    // A short group that a single sign parts from the next is of the same number.
    private static int FirstOfNumber(ReadOnlySpan<DigitGroup> all, int first)
    {
        while (first > 0 && all[first].Start - all[first - 1].End == 1 && all[first - 1].Length <= LongestShort)
        {
            first--;
        }

        return first;
    }

    private static bool IsAssigned(ReadOnlySpan<char> digits, string country) =>
        PhonePlans.Of(country) is { } plan
        && (plan.IsAssigned(digits) || (plan.Trunk.Length > 0 && digits.StartsWith(plan.Trunk) && plan.IsAssigned(digits[plan.Trunk.Length..])));

    private static bool StandsAlone(string text, ReadOnlySpan<DigitGroup> all, int first, int last, bool plus)
    {
        var start = all[first].Start;
        if (last < all.Length - 1 && !HasSpace(text, all[last].End, all[last + 1].Start))
        {
            return false;
        }

        var bracket = start > 0 && text[start - 1] is '(' or '（';
        var end = EndWithExtension(text, all[last].End);
        if (end > all[last].End)
        {
            return !TextEdges.IsPartOfWord(text, plus || bracket ? StartWithPrefix(text, start, all[last].End) : start, end);
        }

        return !TextEdges.IsPartOfWord(text, plus || bracket ? StartWithPrefix(text, start, all[last].End) : start, all[last].End);
    }

    private static bool HasPlus(string text, int start) => StartWithPrefix(text, start, start) is var from && from < start && text[from] is '+' or '＋'
        || (start > 1 && text[start - 1] is '(' or '（' && text[start - 2] is '+' or '＋');

    private static bool HasSpace(string text, int from, int to) => text.AsSpan(from, to - from).ContainsAny(Spaces);

    // "Part 0123 456 789 01": no group of what stands right behind such a word begins a phone number.
    private static bool IsOfPart(TextScan scan, ReadOnlySpan<DigitGroup> all, int first, int phone)
    {
        if (!scan.Nearby.Has(ContextWords.Part))
        {
            return false;
        }

        var start = first;
        while (start > 0 && first - start < MostGroups && all[start].Start - all[start - 1].End == 1)
        {
            start--;
        }

        return scan.Nearby.Before(all[start].Start, ContextWords.Part) is <= Reach.PartWidth and var part && part < phone;
    }

    private static Context ReadContext(TextScan scan, int start, int end, out int phone)
    {
        phone = scan.Nearby.Before(start, ContextWords.Phone);
        var other = scan.Nearby.Before(start, ContextWords.Other);
        if (scan.Nearby.Before(start, ContextWords.OwnNumber) is <= OwnWidth and var own && own <= other)
        {
            phone = Math.Min(phone, own);
        }

        if (scan.Nearby.FirstAfter(end, ContextWords.Phone) is { } behind && behind.Start - end <= AfterWidth
            && !(other <= ContextWidth && OrderWords.StandRightBefore(scan, start) && IsBeforeNumber(scan.Text, behind.End)))
        {
            phone = Math.Min(phone, AfterWidth);
        }

        return phone <= ContextWidth && phone <= other + Overlap ? Context.Phone
            : other <= ContextWidth ? Context.Other
            : Context.None;
    }

    // "Order 4500123456, cell 415-555-2671": the word speaks for the number behind it.
    private static bool IsBeforeNumber(string text, int end) =>
        LabelWords.Skip(text, end) is var at && at < text.Length && (TextSigns.IsDigit(text[at]) || text[at] is '+' or '＋');
}
