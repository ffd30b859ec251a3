namespace CallTracking.Mapping.Values;

/// <summary>Which signs of a key follow each other, not how many, and none of them: "AB-0017" is A-9.</summary>
internal static class KeyForm
{
    /// <summary>Signs of the longest form; what is behind them is not looked at.</summary>
    public const int Most = 48;

    public static string Of(ReadOnlySpan<char> key) => Of(key, stackalloc char[Most]).ToString();

    /// <param name="key">The key's text.</param>
    /// <param name="into">Gets the form; of <see cref="Most"/> signs.</param>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> key, Span<char> into)
    {
        var length = 0;
        foreach (var sign in key.Trim())
        {
            var kind = KindOf(sign);
            if (length == 0 || into[length - 1] != kind)
            {
                if (length == into.Length)
                {
                    break;
                }

                into[length++] = kind;
            }
        }

        return into[..length];
    }

    // U+001F parts the columns of a key.
    private static char KindOf(char sign) => char.IsDigit(sign) ? '9' : char.IsLetter(sign) ? 'A' : sign == '\u001F' ? '|' : sign == ' ' || char.IsPunctuation(sign) || char.IsSymbol(sign) ? sign : '?';
}
