namespace CallTracking.Privacy;

/// <summary>
/// Cuts a text into units, a stretch at a time so that buffers stay small however long the text is. Before and behind the units
/// stand <see cref="Margin"/> breaks, so features may look at neighbours without asking. Reusable, not thread-safe.
/// </summary>
internal sealed class UnitReader
{
    public const int Margin = 4;

    // A stretch ends at a line's end from the first on, anywhere at the second.
    private const int Enough = 1_000;
    private const int Most = 2_000;

    private static readonly NameUnit Edge = new() { Kind = UnitKind.Break, Shape = UnitShape.Break, Hash = 0x0B5EA4E5, IsSpaced = true };

    private NameUnit[] _units = new NameUnit[256];

    public NameUnit[] Units => _units;

    /// <summary>Index of the first unit.</summary>
    public static int First => Margin;

    /// <summary>Index behind the last unit.</summary>
    public int End { get; private set; }

    /// <summary>Some letter of the stretch is hiragana or katakana: Han is Japanese.</summary>
    public bool HasKana { get; private set; }

    public bool HasHangul { get; private set; }

    /// <summary>The words with case are German.</summary>
    public bool IsGerman { get; set; }

    /// <summary>Of words with case: <see cref="NameLanguages"/>.</summary>
    public byte Language { get; set; }

    /// <summary>Reads units from a place in the text; gives the place behind them.</summary>
    public int Read(string text, int from)
    {
        End = Margin;
        HasKana = HasHangul = false;
        for (var i = 0; i < Margin; i++)
        {
            _units[i] = Edge;
        }

        var at = from;
        var spaced = true;
        while (at < text.Length && End - Margin < Most)
        {
            var kind = LetterKinds.Of(text[at]);
            if (kind == LetterKind.Space)
            {
                spaced = true;
                at++;
                continue;
            }

            ref var unit = ref Next();
            unit = new NameUnit { Start = at, IsSpaced = spaced };
            at = ReadUnit(text, at, kind, ref unit);
            unit.End = at;
            spaced = kind == LetterKind.Break;
            End++;
            if (kind == LetterKind.Break && End - Margin >= Enough)
            {
                break;
            }
        }

        Close();
        return at;
    }

    private ref NameUnit Next()
    {
        if (End + Margin + 1 >= _units.Length)
        {
            Array.Resize(ref _units, _units.Length * 2);
        }

        return ref _units[End];
    }

    private void Close()
    {
        for (var i = 0; i < Margin; i++)
        {
            _units[End + i] = Edge;
        }

        var isStart = true;
        for (var i = Margin; i < End; i++)
        {
            ref var unit = ref _units[i];
            unit.IsSentenceStart = isStart;
            isStart = unit.Kind switch
            {
                UnitKind.Break => true,
                UnitKind.Punctuation => unit.Hash is '.' or '!' or '?' or '。' or '！' or '？' or '…' or '*' || (isStart && unit.Hash is not ('@' or '#')),
                _ => false,
            };
        }
    }

    private int ReadUnit(string text, int at, LetterKind kind, ref NameUnit unit)
    {
        switch (kind)
        {
            case LetterKind.Lower:
            case LetterKind.Upper:
            case LetterKind.Caseless:
                return ReadWord(text, at, ref unit);
            case LetterKind.Digit:
                return ReadNumber(text, at, ref unit);
            case LetterKind.Katakana:
                HasKana = true;
                return ReadRun(text, at, kind, UnitKind.Word, UnitShape.Katakana, ref unit);
            case LetterKind.Hangul:
                HasHangul = true;
                return ReadRun(text, at, kind, UnitKind.Hangul, UnitShape.Hangul, ref unit);
            case LetterKind.Han:
            case LetterKind.Hiragana:
                HasKana |= kind == LetterKind.Hiragana;
                return ReadOne(text, at, UnitKind.Ideograph, kind == LetterKind.Han ? UnitShape.Han : UnitShape.Hiragana, ref unit);
            case LetterKind.Thai:
                return ReadOne(text, at, UnitKind.Thai, UnitShape.Thai, ref unit);
            default:
                return ReadSign(text, at, kind, ref unit);
        }
    }

    private static int ReadWord(string text, int at, ref NameUnit unit)
    {
        var hash = NameHash.Start;
        var (letters, uppers, digits) = (0, 0, 0);
        var isUpperFirst = false;
        var isCaseless = false;
        for (; at < text.Length; at++)
        {
            var letter = text[at];
            var kind = LetterKinds.Of(letter);
            if (kind == LetterKind.Upper)
            {
                uppers++;
                isUpperFirst |= letters == 0;
            }
            else if (kind == LetterKind.Digit)
            {
                digits++;
            }
            else if (kind == LetterKind.Caseless)
            {
                isCaseless = true;
            }
            else if (kind is not (LetterKind.Lower or LetterKind.Mark))
            {
                break;
            }

            letters += kind == LetterKind.Mark ? 0 : 1;
            hash = NameHash.AddFolded(hash, letter);
        }

        unit.Hash = hash;
        unit.Kind = UnitKind.Word;
        unit.Shape = digits > 0 ? UnitShape.WithDigit
            : isCaseless ? UnitShape.Caseless
            : uppers == 0 ? UnitShape.Lower
            : letters == 1 ? UnitShape.Initial
            : uppers == letters ? UnitShape.Capitals
            : uppers == 1 && isUpperFirst ? UnitShape.Title
            : UnitShape.Mixed;
        return at;
    }

    // How many digits, not which: a number says nothing else about names.
    private static int ReadNumber(string text, int at, ref NameUnit unit)
    {
        var start = at;
        while (at < text.Length && LetterKinds.Of(text[at]) is LetterKind.Digit or LetterKind.Lower or LetterKind.Upper)
        {
            at++;
        }

        unit.Hash = NameHash.Add(NameHash.Start, (uint)Math.Min(at - start, 6));
        unit.Kind = UnitKind.Number;
        unit.Shape = UnitShape.Number;
        return at;
    }

    private static int ReadRun(string text, int at, LetterKind kind, UnitKind unitKind, UnitShape shape, ref NameUnit unit)
    {
        var hash = NameHash.Start;
        for (; at < text.Length && LetterKinds.Of(text[at]) is var next && (next == kind || next == LetterKind.Mark); at++)
        {
            hash = NameHash.AddFolded(hash, text[at]);
        }

        unit.Hash = hash;
        unit.Kind = unitKind;
        unit.Shape = shape;
        return at;
    }

    private static int ReadOne(string text, int at, UnitKind kind, UnitShape shape, ref NameUnit unit)
    {
        var hash = NameHash.Add(NameHash.Start, text[at]);
        for (at++; at < text.Length && LetterKinds.Of(text[at]) == LetterKind.Mark; at++)
        {
            hash = NameHash.Add(hash, text[at]);
        }

        unit.Hash = hash;
        unit.Kind = kind;
        unit.Shape = shape;
        return at;
    }

    private static int ReadSign(string text, int at, LetterKind kind, ref NameUnit unit)
    {
        var first = text[at];
        if (char.IsHighSurrogate(first) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            var isHan = LetterKinds.IsHighHan(first);
            unit.Hash = NameHash.Add(NameHash.Add(NameHash.Start, first), text[at + 1]);
            unit.Kind = isHan ? UnitKind.Ideograph : UnitKind.Punctuation;
            unit.Shape = isHan ? UnitShape.Han : UnitShape.Punctuation;
            return at + 2;
        }

        var isBreak = kind == LetterKind.Break;
        unit.Hash = isBreak ? Edge.Hash : Plain(first);
        unit.Kind = isBreak ? UnitKind.Break : UnitKind.Punctuation;
        unit.Shape = isBreak ? UnitShape.Break : UnitShape.Punctuation;
        // A line's end is one break, whichever system wrote it.
        return first == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;
    }

    // Signs that differ in width or curl only are one.
    private static char Plain(char sign) => sign switch
    {
        '’' or '‘' or '`' or '´' or 'ʼ' or '＇' => '\'',
        '‐' or '‑' or '－' => '-',
        '–' or '—' or '―' => '–',
        '“' or '”' or '„' or '«' or '»' or '「' or '」' or '『' or '』' or '《' or '》' => '"',
        '：' => ':',
        '，' or '、' => ',',
        '．' => '.',
        '（' => '(',
        '）' => ')',
        '·' or '•' or '･' or '‧' or '・' => '・',
        '＝' or '゠' => '=',
        _ => sign,
    };
}
