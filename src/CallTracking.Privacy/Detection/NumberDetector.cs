using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Payment cards and phone numbers, in one pass over the digit groups of a text.</summary>
internal sealed class NumberDetector : ITextDetector
{
    // Groups that one number is written in, at most: +49 (0) 89 12 34 56 78.
    private const int MostGroups = 8;

    // Fewer are no phone number: most numbers of a text are passed over here.
    private const int FewestDigits = 7;

    [ThreadStatic]
    private static DigitGroups? _groups;

    public void Find(string text, string country, ClassSet wanted, List<Finding> findings)
    {
        var cards = wanted.Contains(DataClass.Payment);
        var phones = wanted.Contains(DataClass.Phone);
        if (!cards && !phones)
        {
            return;
        }

        var groups = _groups ??= new DigitGroups();
        Span<char> digits = stackalloc char[20];
        for (var at = 0; groups.Next(text, ref at);)
        {
            if (groups.Count < CardNumbers.FewestDigits && (!phones || groups.Count < FewestDigits))
            {
                continue;
            }

            for (var first = 0; first < groups.Groups.Length; first++)
            {
                if (cards && groups.Count >= CardNumbers.FewestDigits && Longest(text, groups, first, digits, CardNumbers.Fits) is >= 0 and var cardEnd)
                {
                    first = Take(DataClass.Payment, first, cardEnd, digits, findings, text, groups, country);
                }
                else if (phones && PhoneShape.Match(text, groups, first, country) is >= 0 and var phoneEnd)
                {
                    first = Take(DataClass.Phone, first, phoneEnd, digits, findings, text, groups, country);
                }
            }
        }
    }

    private delegate bool Fit(string text, DigitGroups groups, int first, int last, ReadOnlySpan<char> digits);

    private static int Longest(string text, DigitGroups groups, int first, Span<char> digits, Fit fits)
    {
        for (var last = Math.Min(groups.Groups.Length, first + MostGroups) - 1; last >= first; last--)
        {
            if (groups.Read(text, first, last, digits) is > 0 and var count && fits(text, groups, first, last, digits[..count]))
            {
                return last;
            }
        }

        return -1;
    }

    private static int Take(
        DataClass dataClass, int first, int last, Span<char> digits, List<Finding> findings, string text, DigitGroups groups, string country)
    {
        var start = groups.Groups[first].Start;
        var end = groups.Groups[last].End;
        if (dataClass == DataClass.Phone)
        {
            start = PhoneShape.StartWithPrefix(text, start, end);
            findings.Add(new Finding(start, end, dataClass, -1, PhoneNumbers.Canonical(text[start..end], country)));
        }
        else
        {
            var count = groups.Read(text, first, last, digits);
            findings.Add(new Finding(start, end, dataClass, -1, digits[..count].ToString()));
        }

        return last;
    }
}
