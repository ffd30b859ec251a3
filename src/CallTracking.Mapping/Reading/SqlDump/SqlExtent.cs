using System.Buffers;

namespace CallTracking.Mapping.Reading.SqlDump;

/// <summary>
/// Finds where a group in parentheses or a statement ends, in bytes, past texts, comments and bodies of functions. Goes on where
/// it stopped when more bytes come, and can let go of bytes already passed.
/// </summary>
/// <param name="start">Whose texts are to be understood.</param>
/// <param name="isGroup">Ends with the parenthesis that closes the first; else with a semicolon.</param>
internal struct SqlExtent(SqlDumpStart start, bool isGroup)
{
    private const int LongestTag = 64;

    private static readonly SearchValues<byte> GroupMarks = SearchValues.Create("'\"`()"u8);
    private static readonly SearchValues<byte> StatementMarks = SearchValues.Create("'\"`;-#/$"u8);

    private int _scan;
    private int _depth;
    private byte _before;
    private byte[]? _until;
    private byte _quote;
    private bool _escapes;

    /// <summary>True when it ends at <paramref name="length"/>.</summary>
    public bool TryEnd(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        while (_scan < bytes.Length)
        {
            if (_quote != 0)
            {
                if (!TryLeaveQuote(bytes))
                {
                    return false;
                }
            }
            else if (_until is not null)
            {
                if (!TryLeaveComment(bytes))
                {
                    return false;
                }
            }
            else
            {
                var next = bytes[_scan..].IndexOfAny(isGroup ? GroupMarks : StatementMarks);
                _scan = next < 0 ? bytes.Length : _scan + next;
                if (next < 0 || !TryMark(bytes))
                {
                    return false;
                }

                if (_depth < 0)
                {
                    length = _scan;
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>How many bytes may be dropped from the front.</summary>
    public int Drop(ReadOnlySpan<byte> bytes)
    {
        var dropped = _scan;
        _before = dropped > 0 ? bytes[dropped - 1] : _before;
        _scan = 0;
        return dropped;
    }

    private static bool IsInName(byte sign) => sign is (byte)'_' or >= 0x80 || char.IsAsciiLetterOrDigit((char)sign);

    /// <summary>Passes a mark, to a depth below zero at the end; false when what follows must be seen first.</summary>
    private bool TryMark(ReadOnlySpan<byte> bytes)
    {
        var mark = bytes[_scan];
        switch (mark)
        {
            case (byte)'\'' or (byte)'"' or (byte)'`':
                _quote = mark;
                _escapes = mark == '\'' ? start.EscapesPlainStrings || IsEscapeString(bytes) : mark == '"' && start.Dialect == SqlDialect.MySql;
                break;
            case (byte)'(':
                _depth++;
                break;
            case (byte)')':
                _depth = _depth == 1 ? -1 : _depth - 1;
                break;
            case (byte)';':
                _depth = -1;
                break;
            default:
                return TryComment(bytes);
        }

        _scan++;
        return true;
    }

    private bool TryComment(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[_scan..];
        if (rest.Length < 2)
        {
            return false;
        }

        if (rest[0] == '$')
        {
            return TryDollar(bytes);
        }

        var isMySql = start.Dialect == SqlDialect.MySql;
        if (rest.StartsWith("/*"u8))
        {
            _until = "*/"u8.ToArray();
            _scan++;
        }
        else if ((rest[0] == '#' && isMySql) || rest.StartsWith("--"u8))
        {
            _until = "\n"u8.ToArray();
        }

        _scan++;
        return true;
    }

    private bool TryDollar(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[_scan..];
        if (start.Dialect == SqlDialect.MySql || IsInName(Before(bytes)))
        {
            _scan++;
            return true;
        }

        var length = 1;
        while (length < rest.Length && length < LongestTag && IsInName(rest[length]))
        {
            length++;
        }

        if (length == rest.Length)
        {
            return false;
        }

        var isTag = rest[length] == '$';
        _until = isTag ? rest[..(length + 1)].ToArray() : null;
        _scan += isTag ? length + 1 : 1;
        return true;
    }

    private bool TryLeaveComment(ReadOnlySpan<byte> bytes)
    {
        var end = bytes[_scan..].IndexOf(_until);
        if (end < 0)
        {
            _scan = Math.Max(_scan, bytes.Length - _until!.Length + 1);
            return false;
        }

        _scan += end + _until!.Length;
        _until = null;
        return true;
    }

    private bool TryLeaveQuote(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[_scan..];
        var next = _escapes ? rest.IndexOfAny(_quote, (byte)'\\') : rest.IndexOf(_quote);
        if (next < 0 || next + 1 >= rest.Length)
        {
            // What follows the mark may not be here yet.
            _scan += next < 0 ? rest.Length : next;
            return false;
        }

        var isPair = rest[next] == '\\' || rest[next + 1] == _quote;
        _scan += next + (isPair ? 2 : 1);
        _quote = isPair ? _quote : (byte)0;
        return true;
    }

    private readonly byte Before(ReadOnlySpan<byte> bytes) => _scan > 0 ? bytes[_scan - 1] : _before;

    // E'…' of PostgreSQL, not the end of a name.
    private readonly bool IsEscapeString(ReadOnlySpan<byte> bytes) =>
        Before(bytes) is (byte)'E' or (byte)'e' && (_scan < 2 || !IsInName(bytes[_scan - 2]));
}
