using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Hardware addresses: six pairs of hexadecimal digits, or three groups of four parted by dots. Broadcasts are nobody's.</summary>
internal sealed class MacDetector : IValueDetector
{
    public ClassSet Classes { get; } = ClassSet.Of(DataClass.DeviceId);

    public void Find(TextScan scan)
    {
        var last = 0;
        foreach (var digits in scan.Digits)
        {
            if (digits.Start < last)
            {
                continue;
            }

            last = Math.Max(last, Find(scan, digits.Start, 2, 6));
            last = Math.Max(last, Find(scan, digits.Start, 4, 3));
        }

        // Some have no digit at all.
        foreach (var dot in scan.Dots)
        {
            last = dot >= last ? Math.Max(last, Find(scan, dot - 1, 4, 3)) : last;
        }
    }

    // The groups around a digit: back to the first, then on to the last.
    private static int Find(TextScan scan, int at, int width, int count)
    {
        var text = scan.Text;
        var start = at;
        while (start > 0 && at - start < width && char.IsAsciiHexDigit(text[start - 1]))
        {
            start--;
        }

        if (!IsGroup(text, start, width))
        {
            return 0;
        }

        var separator = start + width < text.Length && text[start + width] is ':' or '-' or '.' ? text[start + width] : start > 0 ? text[start - 1] : ' ';
        if ((width == 4) != (separator == '.') || separator is not (':' or '-' or '.'))
        {
            return 0;
        }

        for (var back = 1; back < count && start > width && text[start - 1] == separator && IsGroup(text, start - 1 - width, width); back++)
        {
            start -= width + 1;
        }

        var end = start + (count * (width + 1)) - 1;
        for (var group = 0; group < count; group++)
        {
            var place = start + (group * (width + 1));
            if (!IsGroup(text, place, width) || (group > 0 && text[place - 1] != separator))
            {
                return 0;
            }
        }

        if (Continues(text, start, end, separator))
        {
            return 0;
        }

        scan.Add(start, end, EntityKinds.Mac, text[start..end].Replace(separator.ToString(), "", StringComparison.Ordinal).ToUpperInvariant(), 0.9f);
        return end;
    }

    private static bool Continues(string text, int start, int end, char separator) =>
        (start > 0 && (TextSigns.IsWord(text[start - 1]) || (text[start - 1] == separator && start > 1 && TextSigns.IsWord(text[start - 2]))))
        || (end < text.Length && (TextSigns.IsWord(text[end]) || (text[end] == separator && end + 1 < text.Length && TextSigns.IsWord(text[end + 1]))));

    private static bool IsGroup(string text, int start, int width)
    {
        if (start < 0 || start + width > text.Length)
        {
            return false;
        }

        for (var i = start; i < start + width; i++)
        {
            if (!char.IsAsciiHexDigit(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
