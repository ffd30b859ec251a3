using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Payment cards and phone numbers, in one pass over the digit groups of a text.</summary>
internal sealed class NumberDetector : IValueDetector
{
    // Groups that one number is written in, at most: +49 (0) 89 12 34 56 78.
    private const int MostGroups = 8;

    // Fewer are no phone number: most numbers of a text are passed over here.
    private const int FewestDigits = 6;

    [ThreadStatic]
    private static DigitGroups? _groups;

    public ClassSet Classes { get; } = ClassSet.Of(DataClass.Payment).Or(ClassSet.Of(DataClass.Phone));

    public void Find(TextScan scan)
    {
        var groups = _groups ??= new DigitGroups();
        for (var next = 0; groups.Next(scan.Text, scan.Digits, ref next);)
        {
            if (groups.Count < FewestDigits)
            {
                continue;
            }

            for (var first = 0; first < groups.Groups.Length; first++)
            {
                first = FindFrom(scan, groups, first);
            }
        }
    }

    // The last group of what was found, or the group itself.
    private static int FindFrom(TextScan scan, DigitGroups groups, int first)
    {
        if (groups.Count >= CardNumbers.FewestDigits && scan.Wants(EntityKinds.Card) && LastOfCard(scan, groups, first) is >= 0 and var cardEnd)
        {
            return cardEnd;
        }

        if (scan.Wants(EntityKinds.Phone) && PhoneShape.Match(scan, groups, first) is >= 0 and var phoneEnd)
        {
            AddPhone(scan, groups.Groups[first].Start, groups.Groups[phoneEnd].End);
            return phoneEnd;
        }

        return first;
    }

    private static int LastOfCard(TextScan scan, DigitGroups groups, int first)
    {
        Span<char> digits = stackalloc char[CardNumbers.MostDigits];
        for (var last = Math.Min(groups.Groups.Length, first + MostGroups) - 1; last >= first; last--)
        {
            if (groups.Read(scan.Text, first, last, digits) is >= CardNumbers.FewestDigits and var count && CardNumbers.Fits(scan, groups, first, last, digits[..count]))
            {
                scan.Add(groups.Groups[first].Start, groups.Groups[last].End, EntityKinds.Card, digits[..count].ToString(), 1);
                return last;
            }
        }

        return -1;
    }

    private static void AddPhone(TextScan scan, int first, int last)
    {
        var start = PhoneShape.StartWithPrefix(scan.Text, first, last);
        var key = PhoneNumbers.Canonical(scan.Text[start..last], scan.Country);
        var end = PhoneShape.EndWithExtension(scan.Text, last);
        scan.Add(start, end, EntityKinds.Phone, key, 0.8f);

        // Where they have names of their own.
        if (key.StartsWith("+90", StringComparison.Ordinal))
        {
            scan.Add(start, end, EntityKinds.TurkishPhone, key, 0.75f);
        }
        else if (key.StartsWith("+63", StringComparison.Ordinal) && PhonePlans.Of("PH")!.IsMobile(key.AsSpan(3)) && DigitGroups.IsTrunkOrPlus(scan.Text[start]))
        {
            scan.Add(start, end, EntityKinds.PhilippineMobile, key, 0.75f);
        }
    }
}
