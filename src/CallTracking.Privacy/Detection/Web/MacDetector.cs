using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Hardware addresses: six pairs of hexadecimal digits, or three groups of four parted by dots. Broadcasts are nobody's.</summary>
internal sealed class MacDetector() : ValueDetector(ClassSet.Of(DataClass.DeviceId))
{
    public override void Find(TextScan scan)
    {
        if (!(HasApart(scan.Colons, 5, 12) || HasApart(scan.Dots, 2, 5) || scan.Blocks.HasDashedPairs()))
        {
            return;
        }

        var last = 0;
        foreach (var digits in scan.Digits)
        {
            if (digits.Start < last || digits.Length > 4 || !(IsJoint(digits.Before) || IsJoint(digits.After)))
            {
                continue;
            }

            last = Math.Max(last, Find(scan, digits.Start, 2, 6));
            last = Math.Max(last, Find(scan, digits.Start, 4, 3));
        }

        // Some have no digit at all.
        foreach (var dot in scan.Dots)
        {
            last = dot >= last && (IsDot(scan.Text, dot + 5) || IsDot(scan.Text, dot - 5)) ? Math.Max(last, Find(scan, dot - 1, 4, 3)) : last;
        }
    }

    // From the first of so many to the last there are so many characters.
    private static bool HasApart(List<int> places, int count, int width)
    {
        for (var i = count - 1; i < places.Count; i++)
        {
            if (places[i] - places[i - count + 1] == width)
            {
                return true;
            }
        }

        return false;
    }

    // Most numbers stand for themselves.
    private static bool IsJoint(byte sign) => sign is TextSigns.Colon or TextSigns.Dash or TextSigns.Dot or >= (byte)'A';

    private static bool IsDot(string text, int at) => at >= 0 && at < text.Length && text[at] == '.';

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
