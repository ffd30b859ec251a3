using System.Runtime.CompilerServices;

namespace CallTracking.Privacy;

/// <summary>
/// What a model looks at in a unit and around it: numbers of rows in its table. Part of the model's form: whoever changes a
/// feature trains again.
/// </summary>
internal sealed class NameFeatures(int tableBits)
{
    /// <summary>A unit has at most so many.</summary>
    public const int Most = 48;

    private readonly int _shift = 32 - tableBits;

    /// <summary>Writes the rows of the features of a unit and gives their number.</summary>
    /// <param name="text">The text that the units are of.</param>
    /// <param name="reader">The units, marked by <see cref="NameCandidates"/>.</param>
    /// <param name="at">The unit.</param>
    /// <param name="run">The run of candidates that the unit is in.</param>
    /// <param name="rows">At least <see cref="Most"/>.</param>
    public int Write(string text, UnitReader reader, int at, (int First, int End) run, Span<int> rows)
    {
        ref var unit = ref reader.Units[at];
        return unit.Kind switch
        {
            UnitKind.Ideograph => WriteLetter(reader.Units, at, reader.HasKana ? 1u : 0u, rows),
            UnitKind.Thai => WriteThai(reader.Units, at, rows),
            _ => WriteWord(text, reader.Units, at, run, unit.Shape == UnitShape.Caseless ? 64u + (text[unit.Start] / 128u) : reader.Language, rows),
        };
    }

    private int WriteWord(string text, NameUnit[] units, int at, (int First, int End) run, uint language, Span<int> rows)
    {
        ref var unit = ref units[at];
        ref var before = ref units[at - 1];
        ref var after = ref units[at + 1];
        var word = unit.Hash;
        var (first, second, suffix2, suffix3, suffix4) = Ends(text, unit);
        var shape = (uint)unit.Shape | (unit.IsSentenceStart ? 16u : 0) | (unit.IsSpaced ? 32u : 0);
        var lists = unit.Lists | ((uint)unit.Shape << 8) | ((uint)unit.Within << 16);
        var listsBefore = ListsOf(before);
        var listsAfter = ListsOf(after);
        var place = (uint)Math.Min(at - run.First, 3) | ((uint)Math.Min(run.End - at, 4) << 2);
        ref var head = ref units[run.First - 1];
        ref var tail = ref units[run.End];

        var n = 0;
        rows[n++] = Row(1, shape);
        rows[n++] = Row(2, word);
        rows[n++] = Row(3, NameHash.Mix(word, shape));
        rows[n++] = Row(4, before.Hash);
        rows[n++] = Row(5, after.Hash);
        rows[n++] = Row(6, units[at - 2].Hash);
        rows[n++] = Row(7, units[at + 2].Hash);
        rows[n++] = Row(8, NameHash.Mix(before.Hash, word));
        rows[n++] = Row(9, NameHash.Mix(word, after.Hash));
        rows[n++] = Row(10, first);
        rows[n++] = Row(11, second);
        rows[n++] = Row(12, suffix2);
        rows[n++] = Row(13, NameHash.Mix(suffix3, shape & 15));
        rows[n++] = Row(14, (uint)before.Shape | ((uint)unit.Shape << 4) | ((uint)after.Shape << 8) | (before.IsSentenceStart ? 4096u : 0));
        rows[n++] = Row(15, lists);
        rows[n++] = Row(16, NameHash.Mix(lists, listsBefore));
        rows[n++] = Row(17, NameHash.Mix(lists, listsAfter));
        rows[n++] = Row(18, NameHash.Mix(NameHash.Mix(lists, listsBefore), listsAfter));
        rows[n++] = Row(19, NameHash.Mix(before.Hash, lists));
        rows[n++] = Row(20, NameHash.Mix(after.Hash, lists));
        rows[n++] = Row(21, NameHash.Mix(before.Hash, units[at - 2].Hash));
        rows[n++] = Row(22, NameHash.Mix(after.Hash, units[at + 2].Hash));
        rows[n++] = Row(23, NameHash.Mix(head.Hash, place));
        rows[n++] = Row(24, NameHash.Mix(tail.Hash, place));
        rows[n++] = Row(25, NameHash.Mix(NameHash.Mix(head.Hash, units[run.First - 2].Hash), place & 3));
        rows[n++] = Row(26, NameHash.Mix(NameHash.Mix(head.Hash, tail.Hash), place));
        rows[n++] = Row(27, NameHash.Mix(lists, shape));
        rows[n++] = Row(28, NameHash.Mix(lists, place));
        rows[n++] = Row(29, NameHash.Mix(EndOf(text, before), (uint)unit.Shape));
        rows[n++] = Row(30, NameHash.Mix(EndOf(text, after), (uint)unit.Shape));
        rows[n++] = Row(31, NameHash.Mix(NameHash.Mix((uint)units[at - 2].Shape, (uint)before.Shape), NameHash.Mix((uint)after.Shape, (uint)units[at + 2].Shape)));
        rows[n++] = Row(32, NameHash.Mix(suffix3, listsBefore));
        rows[n++] = Row(33, NameHash.Mix(NameHash.Mix(lists, shape), language));
        rows[n++] = Row(34, NameHash.Mix(NameHash.Mix(suffix3, (uint)unit.Shape), language));
        rows[n++] = Row(35, NameHash.Mix(NameHash.Mix(EndOf(text, before), lists), language));
        rows[n++] = Row(36, NameHash.Mix(NameHash.Mix(NameHash.Mix(lists, listsBefore), listsAfter), language));
        rows[n++] = Row(37, NameHash.Mix(suffix4, (uint)unit.Shape));
        rows[n++] = Row(38, NameHash.Mix(NameHash.Mix(lists, (uint)Math.Min(unit.Length, 16)), language));
        rows[n++] = Row(39, NameHash.Mix(NameHash.Mix(before.Hash, after.Hash), (uint)unit.Shape));
        rows[n++] = Row(40, NameHash.Mix(NameHash.Mix((uint)before.Shape, (uint)unit.Shape), language));
        return n;
    }

    private int WriteLetter(NameUnit[] units, int at, uint kana, Span<int> rows)
    {
        ref var unit = ref units[at];
        ref var before = ref units[at - 1];
        ref var after = ref units[at + 1];
        var salt = kana << 28;
        var (b2, b1, c0, a1, a2) = (units[at - 2].Hash, before.Hash, unit.Hash ^ kana, after.Hash, units[at + 2].Hash);
        var lists = HanListsOf(unit) ^ salt;
        var (listsBefore, listsAfter) = (HanListsOf(before), HanListsOf(after));
        var segment = SegmentOf(unit) | salt;
        var (segmentBefore, segmentAfter) = (SegmentOf(before), SegmentOf(after));
        var (wordBefore, wordAfter) = (WordOf(before), WordOf(after));
        var shapes = (uint)units[at - 2].Shape | ((uint)before.Shape << 4) | ((uint)unit.Shape << 8) | ((uint)after.Shape << 12) | ((uint)units[at + 2].Shape << 16)
            | (unit.IsSpaced ? 1u << 20 : 0) | (after.IsSpaced ? 1u << 21 : 0);

        var n = 0;
        rows[n++] = LetterRow(64, segment);
        rows[n++] = LetterRow(65, c0);
        rows[n++] = LetterRow(66, b1);
        rows[n++] = LetterRow(67, a1);
        rows[n++] = LetterRow(68, NameHash.Mix(b2, salt));
        rows[n++] = LetterRow(69, NameHash.Mix(a2, salt));
        rows[n++] = LetterRow(70, NameHash.Mix(b1, c0));
        rows[n++] = LetterRow(71, NameHash.Mix(c0, a1));
        rows[n++] = LetterRow(72, NameHash.Mix(b2, b1));
        rows[n++] = LetterRow(73, NameHash.Mix(a1, a2));
        rows[n++] = LetterRow(75, NameHash.Mix(NameHash.Mix(b1, c0), a1));
        rows[n++] = LetterRow(76, wordBefore);
        rows[n++] = LetterRow(77, wordAfter);
        rows[n++] = LetterRow(78, NameHash.Mix(wordBefore, segment));
        rows[n++] = LetterRow(79, NameHash.Mix(wordAfter, segment));
        rows[n++] = LetterRow(80, NameHash.Mix(shapes, lists));
        rows[n++] = LetterRow(81, NameHash.Mix(lists, segment));
        rows[n++] = LetterRow(82, NameHash.Mix(lists, listsBefore));
        rows[n++] = LetterRow(83, NameHash.Mix(lists, listsAfter));
        rows[n++] = LetterRow(84, NameHash.Mix(b1, lists));
        rows[n++] = LetterRow(85, NameHash.Mix(a1, lists));
        rows[n++] = LetterRow(86, NameHash.Mix(segment, (segmentBefore << 8) | (segmentAfter << 16)));
        rows[n++] = LetterRow(87, NameHash.Mix(segment, (segmentBefore << 8) | (SegmentOf(units[at - 2]) << 16)));
        rows[n++] = LetterRow(88, NameHash.Mix(segment, (segmentAfter << 8) | (SegmentOf(units[at + 2]) << 16)));
        return unit.Sound == 0 ? n : WriteSounds(units, at, rows, n);
    }

    // What stands before and behind the row of characters tells a person ("…说") from a place ("…州").
    private int WriteSounds(NameUnit[] units, int at, Span<int> rows, int n)
    {
        uint sound = units[at].Sound;
        ref var head = ref units[at - NameUnit.FromStart(units[at].Sound) - 1];
        ref var tail = ref units[at + NameUnit.FromEnd(units[at].Sound) + 1];
        rows[n++] = LetterRow(89, sound);
        rows[n++] = LetterRow(90, NameHash.Mix(head.Hash, sound));
        rows[n++] = LetterRow(91, NameHash.Mix(tail.Hash, sound));
        rows[n++] = LetterRow(92, NameHash.Mix(WordOf(tail), sound));
        rows[n++] = LetterRow(93, NameHash.Mix((SegmentOf(head) << 8) | (SegmentOf(tail) << 16), sound));
        return n;
    }

    private static uint HanListsOf(in NameUnit unit) => unit.Lists | ((uint)unit.Begins << 8) | ((uint)unit.Within << 16);

    // Units that no dictionary cuts are told by their shape.
    private static uint SegmentOf(in NameUnit unit) => unit.Kind == UnitKind.Ideograph ? unit.Segment : 64u + (uint)unit.Shape;

    private static uint WordOf(in NameUnit unit) => unit.Kind == UnitKind.Ideograph ? unit.Word : unit.Hash;

    // Words of Thai are longer than what is looked at in Han, and spaces part forename and surname.
    private int WriteThai(NameUnit[] units, int at, Span<int> rows)
    {
        var (b3, b2, b1) = (units[at - 3].Hash, units[at - 2].Hash, units[at - 1].Hash);
        var (c0, a1, a2, a3) = (units[at].Hash, units[at + 1].Hash, units[at + 2].Hash, units[at + 3].Hash);
        var spaces = (units[at].IsSpaced ? 1u : 0) | (units[at + 1].IsSpaced ? 2u : 0) | (units[at - 1].IsSpaced ? 4u : 0);
        var before = NameHash.Mix(NameHash.Mix(units[at - 4].Hash, b3), NameHash.Mix(b2, b1));
        var after = NameHash.Mix(NameHash.Mix(a1, a2), NameHash.Mix(a3, units[at + 4].Hash));

        var n = 0;
        rows[n++] = LetterRow(110, spaces);
        rows[n++] = LetterRow(111, c0);
        rows[n++] = LetterRow(112, b1);
        rows[n++] = LetterRow(113, a1);
        rows[n++] = LetterRow(114, b2);
        rows[n++] = LetterRow(115, a2);
        rows[n++] = LetterRow(116, NameHash.Mix(b1, c0));
        rows[n++] = LetterRow(117, NameHash.Mix(c0, a1));
        rows[n++] = LetterRow(118, NameHash.Mix(b2, b1));
        rows[n++] = LetterRow(119, NameHash.Mix(a1, a2));
        rows[n++] = LetterRow(120, NameHash.Mix(NameHash.Mix(b2, b1), c0));
        rows[n++] = LetterRow(121, NameHash.Mix(NameHash.Mix(b1, c0), a1));
        rows[n++] = LetterRow(122, NameHash.Mix(NameHash.Mix(c0, a1), a2));
        rows[n++] = LetterRow(123, NameHash.Mix(NameHash.Mix(b3, b2), b1));
        rows[n++] = LetterRow(124, NameHash.Mix(NameHash.Mix(a1, a2), a3));
        rows[n++] = LetterRow(128, before);
        rows[n++] = LetterRow(129, after);
        rows[n++] = LetterRow(130, NameHash.Mix(before, spaces));
        rows[n++] = LetterRow(131, NameHash.Mix(c0, spaces));
        rows[n++] = LetterRow(132, NameHash.Mix(NameHash.Mix(b2, b1), spaces));
        rows[n++] = LetterRow(133, NameHash.Mix(NameHash.Mix(a1, a2), spaces));
        rows[n++] = LetterRow(134, NameHash.Mix(NameHash.Mix(b3, b2), NameHash.Mix(b1, spaces)));
        rows[n++] = LetterRow(135, NameHash.Mix(before, c0));
        rows[n++] = LetterRow(136, NameHash.Mix(after, c0));
        return n;
    }

    private static uint ListsOf(in NameUnit unit) => unit.Lists | ((uint)unit.Shape << 8);

    // Hashes of the first two and three letters and of the last two, three and four.
    private static (uint First, uint Second, uint Last2, uint Last3, uint Last4) Ends(string text, in NameUnit unit)
    {
        var length = unit.Length;
        var first = NameHash.Start;
        for (var i = 0; i < 2 && i < length; i++)
        {
            first = NameHash.AddFolded(first, text[unit.Start + i]);
        }

        var second = length > 2 ? NameHash.AddFolded(first, text[unit.Start + 2]) : first;
        var last = NameHash.Start;
        for (var i = 1; i <= 2 && i <= length; i++)
        {
            last = NameHash.AddFolded(last, text[unit.End - i]);
        }

        var last3 = length > 2 ? NameHash.AddFolded(last, text[unit.End - 3]) : last;
        return (first, second, last, last3, length > 3 ? NameHash.AddFolded(last3, text[unit.End - 4]) : last3);
    }

    private static uint EndOf(string text, in NameUnit unit)
    {
        if (unit.Kind is not (UnitKind.Word or UnitKind.Hangul))
        {
            return unit.Hash;
        }

        var last = NameHash.Start;
        for (var i = 1; i <= 3 && i <= unit.Length; i++)
        {
            last = NameHash.AddFolded(last, text[unit.End - i]);
        }

        return last;
    }

    // Letters have a quarter of the table: there are fewer of their features, each unit has many, and what is near in memory is fast.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int LetterRow(uint feature, uint value) => Row(feature, value) >> 2;

    // Values are hashes or small numbers; one multiplication spreads both over the table.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Row(uint feature, uint value) => unchecked((int)(((value ^ (feature * 0x632BE5ABu)) * 0x9E3779B1u) >> _shift));
}
