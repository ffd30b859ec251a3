namespace CallTracking.Mapping.Shapes;

/// <summary>What texts look like, whatever they mean: a column's values are of one kind or of several.</summary>
[Flags]
public enum ValueKinds
{
    /// <summary>Nothing was met.</summary>
    None = 0,

    /// <summary>Digits with a sign, group signs, a decimal sign. Zeros in front make a code of it, which is text.</summary>
    Number = 1,

    /// <summary>A date, a date with a time, or a time of day.</summary>
    Time = 2,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag = 4,

    /// <summary>Anything else.</summary>
    Text = 8,
}

/// <summary>Tells the kind of one text.</summary>
internal static class ValueKind
{
    private const int LongestNumber = 40;
    private const int LongestTime = 48;

    public static ValueKinds Of(ReadOnlySpan<char> text) => text switch
    {
        "true" or "false" or "True" or "False" or "TRUE" or "FALSE" => ValueKinds.Flag,
        _ when text.Length <= LongestTime && IsTime(text) => ValueKinds.Time,
        _ when text.Length <= LongestNumber && IsNumber(text) => ValueKinds.Number,
        _ => ValueKinds.Text,
    };

    // Two groups of one or two digits and one of four or two: 2026-11-26, 26.11.26, 2026年11月26日; behind it a time, or nothing.
    private static bool IsTime(ReadOnlySpan<char> text)
    {
        var first = TakeDigits(ref text);
        if (first is 1 or 2 && text is [':', ..])
        {
            return IsClock(text);
        }

        if (first is not (1 or 2 or 4) || !TakeDateSign(ref text) || TakeDigits(ref text) is not (1 or 2) || !TakeDateSign(ref text))
        {
            return false;
        }

        var last = TakeDigits(ref text);
        var isDate = first == 4 ? last is 1 or 2 : last is 2 or 4;
        text = text is ['日', ..] ? text[1..] : text;
        return isDate && (text.IsEmpty || (text[0] is 'T' or ' ' && text.IndexOf(':') > 0 && IsClock(text)) || (text[0] == ' ' && text.Contains('時')));
    }

    private static bool IsClock(ReadOnlySpan<char> text)
    {
        foreach (var sign in text)
        {
            if (!char.IsDigit(sign) && !"T :.,+-ZAPMapm".Contains(sign, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (text is ['+' or '-', ..])
        {
            text = text[1..];
        }

        if (text.IsEmpty || !char.IsDigit(text[0]) || (text is ['0', _, ..] && char.IsDigit(text[1])))
        {
            return false;
        }

        var last = text[0];
        foreach (var sign in text[1..])
        {
            // No two signs beside each other: 1..2 is no number.
            if (!char.IsDigit(sign) && !(char.IsDigit(last) && sign is '.' or ',' or '\'' or '\u00A0' or '\u202F'))
            {
                return false;
            }

            last = sign;
        }

        return char.IsDigit(last);
    }

    private static int TakeDigits(ref ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsDigit(text[count]))
        {
            count++;
        }

        text = text[count..];
        return count;
    }

    private static bool TakeDateSign(ref ReadOnlySpan<char> text)
    {
        if (text is not ['-' or '/' or '.' or '年' or '月', ..])
        {
            return false;
        }

        text = text[1..];
        return true;
    }
}
