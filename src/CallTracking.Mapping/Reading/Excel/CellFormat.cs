using System.Globalization;

namespace CallTracking.Mapping.Reading.Excel;

/// <summary>What a number is shown as.</summary>
internal enum FormatKind : byte
{
    Number,
    Date,
    DateTime,
    TimeOfDay,
    Duration,

    /// <summary>A date or a time of the reader's own language: the value itself says which.</summary>
    AnyTime,
}

/// <summary>What an Excel number format makes of a number, as far as its value's meaning hangs on it.</summary>
internal readonly record struct CellFormat(FormatKind Kind, bool HasSeconds)
{
    /// <summary>A built-in format, by its number.</summary>
    public static CellFormat BuiltIn(int number) => number switch
    {
        14 or 15 or 16 or 17 => new(FormatKind.Date, false),
        18 or 20 => new(FormatKind.TimeOfDay, false),
        19 or 21 or 45 or 47 => new(FormatKind.TimeOfDay, true),
        22 => new(FormatKind.DateTime, false),
        46 => new(FormatKind.Duration, true),
        (>= 27 and <= 36) or (>= 50 and <= 58) => new(FormatKind.AnyTime, true),
        _ => default,
    };

    /// <summary>Reads a format code such as <c>[$-411]yyyy"年"m"月"d"日" h:mm;@</c>: its first section, without what is only shown.</summary>
    public static CellFormat Parse(ReadOnlySpan<char> code)
    {
        var letters = new FormatLetters();
        for (var at = 0; at < code.Length && code[at] != ';';)
        {
            at += letters.Take(code[at..]);
        }

        return letters.ToFormat();
    }
}

/// <summary>The letters of a format code that stand for parts of a time.</summary>
internal ref struct FormatLetters
{
    private bool _hasDate;
    private bool _hasMonthOrMinute;
    private bool _hasTime;
    private bool _hasSeconds;
    private bool _isElapsed;
    private bool _isNumber;

    public readonly CellFormat ToFormat()
    {
        if (_isNumber || !(_hasDate || _hasTime || _hasMonthOrMinute || _isElapsed))
        {
            return default;
        }

        var hasDate = _hasDate || (_hasMonthOrMinute && !_hasTime && !_isElapsed);
        var kind = (hasDate, _hasTime, _isElapsed) switch
        {
            (_, _, true) => FormatKind.Duration,
            (true, true, _) => FormatKind.DateTime,
            (true, false, _) => FormatKind.Date,
            _ => FormatKind.TimeOfDay,
        };
        return new CellFormat(kind, _hasSeconds);
    }

    /// <summary>Looks at what the code begins with, and says how long it is.</summary>
    public int Take(ReadOnlySpan<char> code)
    {
        switch (code[0])
        {
            case '"':
                return Until(code, '"');
            case '[':
                return TakeBrackets(code);
            case '\\' or '_' or '*':
                return Math.Min(2, code.Length);
            case '#' or '?':
                _isNumber = true;
                return 1;
            case 'E' or 'e' when code.Length > 1 && code[1] is '+' or '-':
                _isNumber = true;
                return 2;
        }

        foreach (var word in (ReadOnlySpan<string>)["General", "Standard", "AM/PM", "A/P"])
        {
            if (code.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                _hasTime |= word[0] == 'A';
                return word.Length;
            }
        }

        TakeLetter(char.ToLower(code[0], CultureInfo.InvariantCulture));
        return 1;
    }

    private void TakeLetter(char letter)
    {
        switch (letter)
        {
            case 'y' or 'd' or 'e' or 'g' or 'b':
                _hasDate = true;
                break;
            case 'm':
                _hasMonthOrMinute = true;
                break;
            case 'h':
                _hasTime = true;
                break;
            case 's':
                _hasTime = _hasSeconds = true;
                break;
        }
    }

    // [h], [mm], [ss] count on beyond a day; [Red], [$-409], [>100] only show.
    private int TakeBrackets(ReadOnlySpan<char> code)
    {
        var length = Until(code, ']');
        var inner = code[1..Math.Max(1, length - 1)];
        if (!inner.IsEmpty && inner.Length <= 3 && inner.TrimStart("hHmMsS").IsEmpty)
        {
            _isElapsed = true;
            _hasSeconds |= inner[0] is 's' or 'S';
        }

        return length;
    }

    private static int Until(ReadOnlySpan<char> code, char end) =>
        code[1..].IndexOf(end) is >= 0 and var at ? at + 2 : code.Length;
}
