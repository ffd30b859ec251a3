using CallTracking.Mapping.Reading.Lines;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Fixed;

/// <summary>Reads fixed-width records.</summary>
internal sealed class FixedReader : TextTableReader
{
    private const char WideSpace = '\u3000';

    private readonly FixedFormat _format;
    private readonly FixedRow _row;
    private readonly int _width;

    // A record has something of each column from here on, and its key whole.
    private readonly int _least;

    public FixedReader(Stream stream, FixedFormat format, string fileName, ColumnTable table, HeaderCheck checkHeader)
        : base(stream, format, fileName, format.RecordBytes is { } length ? new RecordLength(length) : QuotedRecordEnd.OfLines(), checkHeader)
    {
        _format = format;
        _width = format.Width;
        _least = format.Columns.Max(column => table.KeyColumns.Contains(column.Name) ? column.LeastEnd : column.Start + 1);
        _row = new FixedRow(format.Columns.Count, table);
    }

    public override SourceRow Row => _row;

    protected override void Bind(IReadOnlyList<string> names) => _row.Bind(names);

    protected override ReadKind Show()
    {
        if (Record.IsEmpty)
        {
            return ReadKind.Blank;
        }

        _row.Begin();
        var kind = _format.CountsBytes ? ShowBytes() : ShowCharacters();
        return kind == ReadKind.Row && _row.IsBlank ? ReadKind.Blank : kind;
    }

    private ReadKind ShowBytes()
    {
        var isShort = Record.Length < _width;
        var used = 0;
        (string, string)? undecodable = null;
        for (var ordinal = 0; ordinal < _format.Columns.Count; ordinal++)
        {
            var column = _format.Columns[ordinal];
            var start = Math.Min(column.Start, Record.Length);
            if (!TryDecode(start, Record[start..Math.Min(column.End, Record.Length)], used, out var written))
            {
                undecodable ??= (Fault!.Message, column.Name);
                _row.SetUnsound(ordinal);
                continue;
            }

            if (!TrySet(ordinal, column, used, written))
            {
                return ReadKind.Broken;
            }

            used += written;
        }

        if (undecodable is var (message, name))
        {
            // Which columns a short record has is not known.
            if (!isShort)
            {
                Remain(_row);
            }

            return Broken(RejectReason.Undecodable, message, name);
        }

        return Checked(isShort, Record.Length);
    }

    private ReadKind ShowCharacters()
    {
        if (!TryDecode(0, Record, 0, out var written))
        {
            return ReadKind.Broken;
        }

        // Outside the basic plane a character is two chars.
        var text = Chars.AsSpan(0, written);
        var pairs = text.ContainsAnyInRange('\uD800', '\uDBFF');
        for (var ordinal = 0; ordinal < _format.Columns.Count; ordinal++)
        {
            var column = _format.Columns[ordinal];
            var start = pairs ? PlaceOf(text, column.Start) : Math.Min(column.Start, written);
            var end = pairs ? PlaceOf(text, column.End) : Math.Min(column.End, written);
            if (!TrySet(ordinal, column, start, end - start))
            {
                return ReadKind.Broken;
            }
        }

        var length = pairs ? written - CountPairs(text) : written;
        return Checked(length < _width, length);
    }

    private ReadKind Checked(bool isShort, int length) => !isShort || _row.IsBlank ? ReadKind.Row
        : _format.PadsShortRecords ? Padded(_format.Columns.Count(column => column.LeastEnd <= length), _format.Columns.Count, lacksWhole: length < _least)
        : Broken(RejectReason.RaggedRow, $"Expected {_width} {(_format.CountsBytes ? "bytes" : "characters")} as in the mapping, got {length}.");

    private bool TrySet(int ordinal, FixedColumn column, int start, int length)
    {
        var cell = Chars.AsSpan(start, length);
        var value = column.IsRightAligned ? TrimStart(cell, column.Pad) : TrimEnd(cell, column.Pad);
        if (value.Contains('\0'))
        {
            Broken(RejectReason.NulCharacter, $"Column '{column.Name}': U+0000; the text of a case cannot hold it.");
            return false;
        }

        _row.Set(ordinal, Chars, column.IsRightAligned ? start + length - value.Length : start, value.Length);
        return true;
    }

    // Filling is most of a record: it is searched through, not stepped through.
    private static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> cell, char pad) =>
        cell[..((pad == ' ' ? cell.LastIndexOfAnyExcept(' ', WideSpace) : cell.LastIndexOfAnyExcept(pad)) + 1)];

    // Of zeros alone one is the value.
    private static ReadOnlySpan<char> TrimStart(ReadOnlySpan<char> cell, char pad)
    {
        var value = pad == ' ' ? cell.TrimStart([' ', WideSpace]) : cell.TrimStart(pad);
        return value.IsEmpty && pad == '0' && !cell.IsEmpty ? cell[^1..] : value;
    }

    private static int CountPairs(ReadOnlySpan<char> text)
    {
        var pairs = 0;
        foreach (var unit in text)
        {
            pairs += char.IsHighSurrogate(unit) ? 1 : 0;
        }

        return pairs;
    }

    private static int PlaceOf(ReadOnlySpan<char> text, int characters)
    {
        var at = 0;
        for (; characters > 0 && at < text.Length; characters--)
        {
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
        }

        return at;
    }
}
