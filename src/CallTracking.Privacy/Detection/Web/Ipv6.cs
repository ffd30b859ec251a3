namespace CallTracking.Privacy;

/// <summary>The written form of addresses of version 6 (RFC 4291), with an address of version 4 at the end where there is one.</summary>
internal static class Ipv6
{
    public const int Longest = 45;

    private const int Groups = 8;

    public static bool IsSign(char sign) => char.IsAsciiHexDigit(sign) || sign is ':' or '.';

    /// <summary>A number from 0 to 255 without zeros before it.</summary>
    public static bool IsByte(ReadOnlySpan<char> digits)
    {
        if (digits.Length is 0 or > 3 || (digits.Length > 1 && TextSigns.Plain(digits[0]) == '0'))
        {
            return false;
        }

        var value = 0;
        foreach (var digit in digits)
        {
            var plain = TextSigns.Plain(digit);
            if (plain is < '0' or > '9')
            {
                return false;
            }

            value = (value * 10) + plain - '0';
        }

        return value <= 255;
    }

    public static bool Fits(ReadOnlySpan<char> value)
    {
        var gap = value.IndexOf("::");
        if (value.Count(':') < 2 || value.IndexOfAnyInRange('0', '9') < 0)
        {
            return false;
        }

        if (gap < 0)
        {
            return Count(value, mayEndInBytes: true) == Groups;
        }

        var left = value[..gap];
        var right = value[(gap + 2)..];
        var before = left.IsEmpty ? 0 : Count(left, mayEndInBytes: false);
        var after = right.IsEmpty ? 0 : Count(right, mayEndInBytes: true);
        return before >= 0 && after >= 0 && before + after < Groups;
    }

    /// <summary>How many groups; -1 when one is none.</summary>
    private static int Count(ReadOnlySpan<char> value, bool mayEndInBytes)
    {
        var count = 0;
        foreach (var range in value.Split(':'))
        {
            var group = value[range];
            if (mayEndInBytes && range.End.GetOffset(value.Length) == value.Length && group.Contains('.'))
            {
                return AreBytes(group) ? count + 2 : -1;
            }

            if (group.Length is 0 or > 4 || group.Contains('.'))
            {
                return -1;
            }

            count++;
        }

        return count;
    }

    private static bool AreBytes(ReadOnlySpan<char> value)
    {
        var count = 0;
        foreach (var range in value.Split('.'))
        {
            count += IsByte(value[range]) ? 1 : Groups;
        }

        return count == 4;
    }
}
