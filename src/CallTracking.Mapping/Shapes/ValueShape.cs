namespace CallTracking.Mapping.Shapes;

/// <summary>What a value looks like, more closely than its kind: enough to see that a column holds what another one held. Kept by its place in this list: add at its end.</summary>
public enum ValueShape
{
    /// <summary>An e-mail address, also with a name before it.</summary>
    Email,

    /// <summary>A telephone number, with its plus sign, its leading zero or its groups.</summary>
    Phone,

    /// <summary>Digits alone, too few for a telephone.</summary>
    Whole,

    /// <summary>Digits alone that could be a telephone's, or somebody's number.</summary>
    LongWhole,

    /// <summary>An amount.</summary>
    Number,

    /// <summary>A date or a time.</summary>
    Time,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>Signs without a blank that hold a digit.</summary>
    Code,

    /// <summary>One of a few texts that come again and again.</summary>
    FewWords,

    /// <summary>A text that is another one nearly each time.</summary>
    Varied,

    /// <summary>A text of which neither is known.</summary>
    Text,
}

/// <summary>Tells the shape of one text, and what two shapes have to do with each other.</summary>
internal static class ValueShapes
{
    public const int Count = (int)ValueShape.Text + 1;

    private const int LongestShort = 160;
    private const int LongestCode = 60;
    private const int MostBlanksOfAddress = 4;
    private const int FewestDigits = 7;
    private const int MostDigits = 15;
    private const int GroupsOfPhone = 3;

    /// <summary>Of a text: one by itself does not show whether there are few of them.</summary>
    public static ValueShape Of(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length > LongestShort)
        {
            return ValueShape.Text;
        }

        return ValueKind.Of(text) switch
        {
            ValueKinds.Flag => ValueShape.Flag,
            ValueKinds.Time => ValueShape.Time,
            _ when IsBegunAsPhone(text) && IsPhone(text, fewestGroups: 1) => ValueShape.Phone,
            ValueKinds.Number => OfNumber(text),
            _ when IsPhone(text, GroupsOfPhone) => ValueShape.Phone,
            _ when IsAddress(text) => ValueShape.Email,
            _ => IsCode(text) ? ValueShape.Code : ValueShape.Text,
        };
    }

    /// <summary>Exports write the same in both, such as a telephone that a spreadsheet took for a number, or a number whose leading zeros made it look like a telephone.</summary>
    public static bool AreNear(ValueShape one, ValueShape other) =>
        one == other || (IsNumeric(one) && IsNumeric(other));

    /// <summary>Somebody can be reached by it.</summary>
    public static bool IsPersonal(ValueShape? shape) => shape is ValueShape.Email or ValueShape.Phone;

    /// <summary>For people, such as "e-mail addresses".</summary>
    public static string Word(ValueShape shape) => shape switch
    {
        ValueShape.Email => "e-mail addresses",
        ValueShape.Phone => "like telephone numbers",
        ValueShape.Whole or ValueShape.LongWhole => "whole numbers",
        ValueShape.Number => "numbers",
        ValueShape.Time => "times",
        ValueShape.Flag => "flags",
        ValueShape.Code => "codes",
        ValueShape.FewWords => "of a few words",
        _ => "texts that differ",
    };

    private static bool IsNumeric(ValueShape shape) => shape is ValueShape.Phone or ValueShape.Whole or ValueShape.LongWhole or ValueShape.Number or ValueShape.Code;

    private static ValueShape OfNumber(ReadOnlySpan<char> text)
    {
        foreach (var sign in text)
        {
            if (!char.IsDigit(sign))
            {
                return ValueShape.Number;
            }
        }

        return text.Length is >= FewestDigits and <= MostDigits ? ValueShape.LongWhole : ValueShape.Whole;
    }

    // 0.25 is an amount.
    private static bool IsBegunAsPhone(ReadOnlySpan<char> text) =>
        text is ['+' or '(' or '＋' or '（', ..] || (text.Length > 1 && char.GetNumericValue(text[0]) == 0 && text[1] is not ('.' or ','));

    private static bool IsPhone(ReadOnlySpan<char> text, int fewestGroups)
    {
        var (digits, groups, isWithin) = (0, 0, false);
        foreach (var sign in text)
        {
            if (char.IsDigit(sign))
            {
                (digits, groups, isWithin) = (digits + 1, isWithin ? groups : groups + 1, true);
            }
            else if (" -/.()+\u00A0\u202F‐‑–－（）＋".Contains(sign, StringComparison.Ordinal))
            {
                isWithin = false;
            }
            else
            {
                return false;
            }
        }

        return digits is >= FewestDigits and <= MostDigits && groups >= fewestGroups;
    }

    // A text that speaks of an address is none.
    private static bool IsAddress(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        if (at <= 0 || text.Count(' ') > MostBlanksOfAddress || text[at - 1] == ' ')
        {
            return false;
        }

        var host = text[(at + 1)..];
        host = host.IndexOfAny(" >;,") is >= 0 and var end ? host[..end] : host;
        return host.LastIndexOf('.') is > 0 and var point && point < host.Length - 1;
    }

    private static bool IsCode(ReadOnlySpan<char> text) =>
        text.Length <= LongestCode && System.Text.Ascii.IsValid(text) && text.ContainsAnyInRange('0', '9') && !text.ContainsAny(' ', '\t');
}
