using System.Buffers;
using System.Globalization;
using System.Text;

namespace CallTracking.Mapping.Reading.SqlDump;

/// <summary>Cuts <c>(1,'a',NULL)</c> into values.</summary>
internal ref struct SqlTuple(ReadOnlySpan<byte> bytes, SqlCells cells, SqlDumpStart start, IReadOnlyList<SqlColumn> columns)
{
    private static readonly SearchValues<byte> NumberSigns = SearchValues.Create("0123456789+-.eE"u8);
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at = 1;

    /// <summary>False when it is no list of values; <see cref="At"/> is the place.</summary>
    public bool TryCut()
    {
        cells.Clear();
        while (_at < _bytes.Length)
        {
            SkipBlanks();
            var from = cells.Bytes.Length;
            var kind = Value();
            if (cells.Count < columns.Count && columns[cells.Count].Type == "bit" && kind == SqlValueKind.Text && cells.Bytes.Length - from <= sizeof(ulong))
            {
                cells.AddBits(from);
            }
            else
            {
                cells.Add(from, kind);
            }

            SkipBlanks();
            if (_at == _bytes.Length - 1)
            {
                cells.Decode();
                return true;
            }

            if (_at >= _bytes.Length || _bytes[_at] != ',')
            {
                return false;
            }

            _at++;
        }

        return false;
    }

    public readonly int At => _at;

    private SqlValueKind Value()
    {
        if (_at >= _bytes.Length)
        {
            return SqlValueKind.Unknown;
        }

        var first = _bytes[_at];
        if (first is (byte)'\'' or (byte)'"')
        {
            return Text(start.EscapesPlainStrings);
        }

        if (_bytes[_at..].StartsWith("0x"u8) || _bytes[_at..].StartsWith("0X"u8))
        {
            _at += 2;
            return Digits(perByte: 2, 16);
        }

        if (first is (byte)'-' or (byte)'+' or (byte)'.' || char.IsAsciiDigit((char)first))
        {
            var length = Math.Max(0, _bytes[_at..].IndexOfAnyExcept(NumberSigns));
            cells.Bytes.Append(_bytes.Slice(_at, length));
            _at += length;
            return SqlValueKind.Number;
        }

        return Word();
    }

    private SqlValueKind Word()
    {
        var rest = _bytes[_at..];
        var length = 0;
        while (length < rest.Length && (rest[length] == '_' || char.IsAsciiLetterOrDigit((char)rest[length])))
        {
            length++;
        }

        var word = Encoding.ASCII.GetString(rest[..length]).ToUpperInvariant();
        _at += length;
        var isQuoted = _at < _bytes.Length && _bytes[_at] == '\'';
        switch (word)
        {
            case "NULL":
                return SqlValueKind.Null;
            case "TRUE" or "FALSE":
                cells.Bytes.Append(word == "TRUE" ? "true"u8 : "false"u8);
                return SqlValueKind.Text;
            case "E" or "N" when isQuoted:
                return Text(escapes: word == "E" || start.EscapesPlainStrings);
            case "X" or "B" when isQuoted:
                _at++;
                var kind = word == "X" ? Digits(perByte: 2, 16) : Digits(perByte: 8, 2);
                _at++;
                return kind;
            default:
                return word.StartsWith('_') ? Introduced() : Unknown();
        }
    }

    /// <summary>_binary '…' or _utf8mb4 0x…: the dump's bytes are in its one encoding all the same.</summary>
    private SqlValueKind Introduced()
    {
        SkipBlanks();
        return _at < _bytes.Length && _bytes[_at] is (byte)'\'' or (byte)'0' ? Value() : Unknown();
    }

    /// <summary>Passes over what is no value, to the comma or the end.</summary>
    private SqlValueKind Unknown()
    {
        while (_at < _bytes.Length - 1 && _bytes[_at] != ',')
        {
            var isGroup = _bytes[_at] == '(';
            _at += isGroup && new SqlExtent(start, isGroup: true).TryEnd(_bytes[_at..], out var length) ? length : 1;
        }

        return SqlValueKind.Unknown;
    }

    private SqlValueKind Text(bool escapes)
    {
        var quote = _bytes[_at++];
        while (_at < _bytes.Length)
        {
            var next = _bytes[_at..].IndexOfAny(quote, (byte)'\\');
            if (next < 0)
            {
                break;
            }

            cells.Bytes.Append(_bytes.Slice(_at, next));
            _at += next + 1;
            if (_bytes[_at - 1] == quote)
            {
                if (_at >= _bytes.Length || _bytes[_at] != quote)
                {
                    return SqlValueKind.Text;
                }

                cells.Bytes.Append([quote]);
                _at++;
            }
            else if (escapes)
            {
                SqlEscapes.Append(_bytes, ref _at, start.Dialect, cells.Bytes);
            }
            else
            {
                cells.Bytes.Append("\\"u8);
            }
        }

        return SqlValueKind.Unknown;
    }

    private SqlValueKind Digits(int perByte, int radix)
    {
        var rest = _bytes[_at..];
        var length = radix == 16 ? rest.IndexOfAnyExcept(HexDigits) : rest.IndexOfAnyExcept("01"u8);
        if (length <= 0)
        {
            return length == 0 ? SqlValueKind.Text : SqlValueKind.Unknown;
        }

        var at = 0;
        for (var first = length % perByte; at < length; at += first == 0 ? perByte : first, first = 0)
        {
            cells.Bytes.Append([ValueOf(rest.Slice(at, first == 0 ? perByte : first), radix)]);
        }

        _at += length;
        return SqlValueKind.Text;
    }

    private static byte ValueOf(ReadOnlySpan<byte> digits, int radix)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            value = (value * radix) + int.Parse([(char)digit], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return (byte)value;
    }

    private void SkipBlanks()
    {
        while (_at < _bytes.Length && _bytes[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }
}
