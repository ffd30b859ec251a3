namespace CallTracking.Privacy;

/// <summary>
/// Looks units up in the lists and marks those that may be part of a name: most words of most texts are ordinary ones in lower
/// case, and are passed over.
/// </summary>
internal sealed class NameCandidates(NameLexicon lexicon)
{
    private readonly GermanNouns _nouns = new(lexicon.Nouns);
    private readonly WordCutter _chinese = new(lexicon.Chinese);
    private readonly WordCutter _japanese = new(lexicon.Japanese);

    /// <param name="text">The text that the units are of.</param>
    /// <param name="reader">The units to mark.</param>
    /// <param name="language">BCP 47, or empty when not known.</param>
    public void Mark(string text, UnitReader reader, string language)
    {
        reader.Language = lexicon.Languages.Of(reader, language);
        reader.IsGerman = reader.Language != 0 && reader.Language == lexicon.Languages.German;
        var units = reader.Units;
        for (var i = UnitReader.First; i < reader.End; i++)
        {
            ref var unit = ref units[i];
            switch (unit.Kind)
            {
                case UnitKind.Word:
                    unit.Lists = lexicon.Lists.Of(unit.Hash);
                    unit.IsCandidate = unit.Shape == UnitShape.Lower ? IsLowerCandidate(unit.Lists) : !IsPartOfNumber(units, i);
                    unit.Within = reader.IsGerman && unit.Shape == UnitShape.Title ? _nouns.Of(text, unit) : (byte)0;
                    break;
                case UnitKind.Ideograph:
                    i = (reader.HasKana ? _japanese : _chinese).Cut(units, i, reader.End) - 1;
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
}
