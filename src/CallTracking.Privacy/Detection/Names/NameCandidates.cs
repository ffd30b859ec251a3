namespace CallTracking.Privacy;

/// <summary>
/// Looks units up in the lists and marks those that may be part of a name: most words of most texts are ordinary ones in lower
/// case, and are passed over.
/// </summary>
internal sealed class NameCandidates(NameLists lists, NameLanguages languages)
{
    private const int LongestSurname = 3;
    private const int LongestForename = 4;
    private const int ShortestPart = 4;
    private const int ShortestCompound = 8;
    private const int LongestCompound = 40;

    /// <param name="text">The text that the units are of.</param>
    /// <param name="reader">The units to mark.</param>
    /// <param name="language">BCP 47, or empty when not known.</param>
    public void Mark(string text, UnitReader reader, string language)
    {
        reader.Language = languages.Of(reader, language);
        reader.IsGerman = reader.Language != 0 && reader.Language == languages.German;
        var units = reader.Units;
        for (var i = UnitReader.First; i < reader.End; i++)
        {
            ref var unit = ref units[i];
            switch (unit.Kind)
            {
                case UnitKind.Word:
                    unit.Lists = lists.Of(unit.Hash);
                    unit.IsCandidate = unit.Shape == UnitShape.Lower ? IsLowerCandidate(unit.Lists) : !IsPartOfNumber(units, i);
                    unit.Within = (byte)(unit.Lists == 0 && unit.Shape == UnitShape.Title && EndsOrdinarily(text, unit) ? 1 : 0);
                    break;
                case UnitKind.Ideograph:
                    MarkIdeograph(units, i);
                    unit.IsCandidate = unit.Shape == UnitShape.Han || IsHiraganaCandidate(units, i);
                    break;
                case UnitKind.Thai:
                    unit.IsCandidate = true;
                    break;
                case UnitKind.Punctuation:
                    unit.IsCandidate = IsInside(unit) && IsNameLike(units[i - 1]) && MayGoOn(units, i, reader.End);
                    break;
            }
        }
    }

    /// <summary>Signs that stand inside names: never a name alone.</summary>
    public static bool IsInside(in NameUnit unit) => unit.Hash is '-' or '\'' or '.' or '・' or '=';

    private static bool IsLowerCandidate(byte lists)
    {
        var word = NameLists.WordOf(lists);
        return word == NameLists.Particle
            || (word == 0 && (NameLists.ForenameOf(lists) == NameLists.Usual || NameLists.SurnameOf(lists) == NameLists.Usual));
    }

    // "WX-310", "310-AB": letters of a model or an order.
    private static bool IsPartOfNumber(NameUnit[] units, int at) =>
        units[at].Shape is UnitShape.Capitals or UnitShape.Initial
        && ((IsJoined(units, at + 1) && IsJoined(units, at + 2) && units[at + 1].Hash == '-' && units[at + 2].Kind == UnitKind.Number)
            || (IsJoined(units, at) && IsJoined(units, at - 1) && units[at - 1].Hash == '-' && units[at - 2].Kind == UnitKind.Number));

    private static bool IsJoined(NameUnit[] units, int at) => !units[at].IsSpaced;

    private static bool IsNameLike(in NameUnit unit) => unit.IsCandidate && unit.Kind is UnitKind.Word or UnitKind.Ideograph or UnitKind.Thai;

    // Beside another script, or in a name of three letters or more that lists have: most hiragana are endings and particles.
    private static bool IsHiraganaCandidate(NameUnit[] units, int at) =>
        units[at - 1].Shape is UnitShape.Han or UnitShape.Katakana || units[at + 1].Shape is UnitShape.Han or UnitShape.Katakana
        || ((units[at].Begins >> 1) & 7) > 2 || (units[at].Begins >> 5) > 2 || (units[at].Within & 5) != 0
        || ((units[at].Within & 10) != 0 && (units[at - 1].Within & 5) != 0);

    // "J. K.", "Jean-Paul", "O'Brien": what follows begins a name again.
    private static bool MayGoOn(NameUnit[] units, int at, int end)
    {
        if (at + 1 >= end)
        {
            return units[at].Hash == '.';
        }

        ref var next = ref units[at + 1];
        return units[at].Hash == '.' ? units[at - 1].Length <= 3 || units[at - 1].Kind == UnitKind.Thai : next.Kind is UnitKind.Word or UnitKind.Ideograph or UnitKind.Thai && next.Shape != UnitShape.WithDigit;
    }

    // Whether an unknown long word ends with an ordinary one, as compounds do.
    private bool EndsOrdinarily(string text, in NameUnit unit)
    {
        if (unit.Length is < ShortestCompound or > LongestCompound)
        {
            return false;
        }

        var hash = NameHash.TailStart;
        for (var i = 1; i <= unit.Length - 3; i++)
        {
            hash = NameHash.AddFolded(hash, text[unit.End - i]);
            if (i >= ShortestPart && NameLists.WordOf(lists.Of(hash)) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private void MarkIdeograph(NameUnit[] units, int at)
    {
        ref var unit = ref units[at];
        var hash = NameHash.Start;
        var (surname, forename) = (0, 0);
        var longest = unit.Shape == UnitShape.Hiragana ? LongestForename : LongestSurname;
        for (var length = 1; length <= longest; length++)
        {
            ref var next = ref units[at + length - 1];
            if (next.Kind != UnitKind.Ideograph)
            {
                break;
            }

            hash = NameHash.Mix(hash, next.Hash);
            var value = lists.Of(hash);
            unit.Lists |= length == 1 ? value : (byte)(value & NameLists.Thing);
            if (length > 1 && NameLists.WordOf(value) > 0)
            {
                unit.Within |= 32;
                Spread(units, at, length, insideBit: 32, endBit: 32);
            }

            if (value >= NameLists.Thing)
            {
                Spread(units, at, length, insideBit: 16, endBit: 16);
            }

            if (NameLists.SurnameOf(value) > 0 && length <= LongestSurname)
            {
                surname = (length << 1) | (NameLists.SurnameOf(value) - 1);
            }

            if (NameLists.ForenameOf(value) > 0)
            {
                forename = (length << 1) | (NameLists.ForenameOf(value) - 1);
            }
        }

        unit.Begins = (byte)(surname | (forename << 4));
        Spread(units, at, surname >> 1, insideBit: 1, endBit: 2);
        Spread(units, at, forename >> 1, insideBit: 4, endBit: 8);
    }

    private static void Spread(NameUnit[] units, int at, int length, int insideBit, int endBit)
    {
        for (var i = 1; i < length; i++)
        {
            units[at + i].Within |= (byte)(i == length - 1 ? endBit : insideBit);
        }
    }
}
