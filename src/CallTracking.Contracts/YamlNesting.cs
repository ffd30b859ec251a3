namespace CallTracking.Contracts;

/// <summary>
/// Tells of YAML that is nested deeper than anybody writes it, before it is parsed: the library descends once for each level, and ends the program
/// where its stack ends.
/// </summary>
public static class YamlNesting
{
    /// <summary>Levels that are let through.</summary>
    public const int Most = 200;

    /// <summary>Where the level after the last allowed one opens, by brackets and braces, or by entries of lists that open on one line; null where there is none.</summary>
    public static (int Line, int Column)? TooDeepAt(string yaml)
    {
        var (line, column, open, entries, isStart) = (1, 0, 0, 0, true);
        foreach (var sign in yaml)
        {
            column++;
            switch (sign)
            {
                case '\n':
                    (line, column, entries, isStart) = (line + 1, 0, 0, true);
                    continue;
                case '[' or '{':
                    open++;
                    break;
                case ']' or '}':
                    open = Math.Max(0, open - 1);
                    break;
                case '-' or '?' when isStart:
                    entries++;
                    break;
            }

            isStart = isStart && sign is ' ' or '-' or '?';
            if (open > Most || entries > Most)
            {
                return (line, column);
            }
        }

        return null;
    }
}
