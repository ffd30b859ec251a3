using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Addresses of networks, of both versions, with zone or prefix length.</summary>
internal sealed class IpDetector : IValueDetector
{
    // Words that make four dotted numbers a version.
    private const int VersionWidth = 12;

    // 5.3.2.1 is a chapter.
    private const int ShortestNumbers = 7;

    public ClassSet Classes { get; } = ClassSet.Of(DataClass.IpAddress);

    public void Find(TextScan scan)
    {
        FindNumbers(scan);
        var last = 0;
        foreach (var colon in scan.Colons)
        {
            if (colon >= last)
            {
                last = FindHexadecimal(scan, colon);
            }
        }
    }

    private static void FindNumbers(TextScan scan)
    {
        var digits = scan.Digits;
        for (var i = 0; i + 3 < digits.Length; i++)
        {
            var start = digits[i].Start;
            if (!IsDotted(scan.Text, digits.Slice(i, 4)) || !Stands(scan.Text, start, digits[i + 3].End) || digits[i + 3].End - start == ShortestNumbers || IsVersion(scan, start, digits[i + 3].End))
            {
                continue;
            }

            var end = WithPrefixLength(scan.Text, digits[i + 3].End, 32);
            scan.Add(start, end, EntityKinds.Ip, scan.Text[start..digits[i + 3].End], 0.95f);
            i += 3;
        }
    }

    private static bool IsDotted(string text, ReadOnlySpan<DigitGroup> groups)
    {
        for (var i = 0; i < 4; i++)
        {
            var (start, end) = groups[i];
            if ((i > 0 && (start != groups[i - 1].End + 1 || TextSigns.Of(text[start - 1]) != TextSigns.Dot)) || !Ipv6.IsByte(text.AsSpan(start, end - start)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Stands(string text, int start, int end) =>
        (start == 0 || !(TextSigns.IsWord(text[start - 1]) || text[start - 1] is '_' or '-' || (TextSigns.Of(text[start - 1]) == TextSigns.Dot && start > 1 && TextSigns.IsWord(text[start - 2]))))
        && (end == text.Length || !(TextSigns.IsWord(text[end]) || text[end] is '_' or '-'));

    private static bool IsVersion(TextScan scan, int start, int end) =>
        scan.Nearby.Before(start, ContextWords.Other) <= VersionWidth;

    private static int FindHexadecimal(TextScan scan, int colon)
    {
        var text = scan.Text;
        var start = colon;
        while (start > 0 && colon - start < Ipv6.Longest && Ipv6.IsSign(text[start - 1]))
        {
            start--;
        }

        var end = colon + 1;
        while (end < text.Length && Ipv6.IsSign(text[end]))
        {
            end++;
        }

        var after = end;
        while (end > start + 2 && (text[end - 1] == '.' || (text[end - 1] == ':' && text[end - 2] != ':')))
        {
            end--;
        }

        if (end - start <= Ipv6.Longest && (start == 0 || !(TextSigns.IsWord(text[start - 1]) || text[start - 1] is '_' or '.')) && (end == text.Length || !TextSigns.IsWord(text[end]))
            && Ipv6.Fits(text.AsSpan(start, end - start)))
        {
            var whole = WithPrefixLength(text, WithZone(text, end), 128);
            scan.Add(start, whole, EntityKinds.Ip, text[start..end].ToLowerInvariant(), 0.95f);
            return Math.Max(whole, after);
        }

        return after;
    }

    private static int WithPrefixLength(string text, int end, int most)
    {
        var at = end + 1;
        while (at < text.Length && at - end <= 3 && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at > end + 1 && text[end] == '/' && int.Parse(text.AsSpan(end + 1, at - end - 1), System.Globalization.CultureInfo.InvariantCulture) <= most
            && (at == text.Length || !TextSigns.IsWord(text[at])) ? at : end;
    }

    private static int WithZone(string text, int end)
    {
        var at = end;
        if (at < text.Length && text[at] == '%')
        {
            for (at++; at < text.Length && at - end < 16 && char.IsAsciiLetterOrDigit(text[at]); at++)
            {
            }
        }

        return at > end + 1 ? at : end;
    }
}
