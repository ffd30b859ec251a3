namespace CallTracking.Agent.Sync;

/// <summary>
/// How a key with whole numbers may have been written another night: spreadsheets and data frames turn the 9001 of a column into 9001.0, and back, as soon as
/// one cell of it is empty.
/// </summary>
internal static class KeySpellings
{
    // Floating point holds so many digits of any number: of a longer one it may have lost some, and then two cases have one spelling.
    private const int MostDigits = 15;
    private const string Tail = ".0";
    private const char Separator = '\u001F';

    /// <summary>The other spellings, likelier ones first; none for most keys.</summary>
    public static IEnumerable<string> Of(string localId)
    {
        if (!localId.Any(char.IsAsciiDigit))
        {
            return [];
        }

        var parts = localId.Split(Separator);
        string[] all = [Join(parts.Select(Cut)), Join(parts.Select(Extended))];
        var each = parts.Length == 1 ? [] : parts.Index().Select(part => Join(parts.Index().Select(other => other.Index == part.Index ? Extended(other.Item) : other.Item)));
        return all.Concat(each).Distinct().Where(spelling => spelling != localId);
    }

    private static string Join(IEnumerable<string> parts) => string.Join(Separator, parts);

    private static string Extended(string part) => IsWhole(part) ? part + Tail : part;

    private static string Cut(string part)
    {
        var point = part.IndexOf('.', StringComparison.Ordinal);
        return point > 0 && point < part.Length - 1 && IsWhole(part.AsSpan(0, point)) && !part.AsSpan(point + 1).ContainsAnyExcept('0') ? part[..point] : part;
    }

    private static bool IsWhole(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MostDigits && !text.ContainsAnyExceptInRange('0', '9') && (text[0] != '0' || text.Length == 1);
}
