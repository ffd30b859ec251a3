using System.Buffers;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// Postal addresses: parts that a number shows (street, flat, code), put together with what stands between them and a country
/// behind; lines of forms; and postal codes behind a word for them.
/// </summary>
internal sealed class AddressDetector() : ValueDetector(ClassSet.Of(DataClass.PostalAddress).Or(ClassSet.Of(DataClass.Postcode)))
{
    private static readonly SearchValues<char> CityEnds = SearchValues.Create(":;!?@.");

    // Between two parts of one address: a city, a country, line breaks.
    private const int WidestGap = 48;
    private const int MostWordsBetween = 5;
    private const int MostCityWords = 6;

    // From a number to a word for streets.
    private const int SignalWidth = 32;

    public override void Find(TextScan scan)
    {
        AddressLines.Find(scan);
        EastAsianStreets.Find(scan);
        var open = default(AddressPart);
        var isSaid = scan.Nearby.Has(ContextWords.AddressPart) || scan.Nearby.Has(ContextWords.Address);
        var mayNameCodes = Postcodes.AreNamed(scan);
        var digits = scan.Digits;
        for (var i = 0; i < digits.Length; i++)
        {
            var run = digits[i];
            if (run.Start < open.End)
            {
                continue;
            }

            if (!open.IsNone && run.Start - open.End > WidestGap)
            {
                Close(scan, open);
                open = default;
            }

            if (open.IsNone && !(isSaid && IsNear(scan, run)) && !MayBegin(scan.Text, run))
            {
                if (mayNameCodes)
                {
                    Postcodes.FindSaid(scan, i);
                }

                continue;
            }

            var part = AddressParts.At(scan.Text, run);
            part = part.Kind <= AddressPartKind.Numbers && AddressParts.Said(scan, run) is { IsNone: false } said ? said : part;
            if (part.IsNone)
            {
                Postcodes.FindSaid(scan, i);
                open = GoOn(scan, open, i);
            }
            else if (!open.IsNone && IsOneAddress(scan.Text, open.End, part.Start))
            {
                AddCode(scan, part);
                open = open with { End = part.End, Kind = open.Kind > part.Kind ? open.Kind : part.Kind, Count = open.Count + 1 };
            }
            else
            {
                Close(scan, open);
                AddCode(scan, part);
                open = WithNumbersBefore(scan.Text, part);
            }
        }

        Close(scan, open);
    }

    private static bool IsNear(TextScan scan, DigitGroup run) =>
        scan.Nearby.Distance(run.Start, run.End, ContextWords.AddressPart) <= SignalWidth || scan.Nearby.Before(run.Start, ContextWords.Address) <= Reach.Width;

    // Letters such as a state's stand right before, or a compound for a street.
    private static bool MayBegin(string text, DigitGroup run) =>
        AddressWords.EndsInCompound(text, run.Start)
        || (run.Length is 4 or 5 && run.Start > 2 && run.Before == TextSigns.Space && char.IsAsciiLetterUpper(text[run.Start - 2]) && IsBehindState(text, run));

    private static bool IsBehindState(string text, DigitGroup run) => AddressWords.IsState(text, WordPlace.Before(text, run.Start, 1, overLines: false));

    private static void AddCode(TextScan scan, AddressPart part)
    {
        if (part.Kind == AddressPartKind.Code)
        {
            scan.Add(part.CodeStart, part.End, EntityKinds.Postcode, scan.Text[part.CodeStart..part.End], 0.8f);
        }
    }

    // A number that is no part by itself: the code behind a street and city, or the rest of a house.
    private static AddressPart GoOn(TextScan scan, AddressPart open, int index)
    {
        var (text, run) = (scan.Text, scan.Digits[index]);
        if (open.IsNone || run.Length > 7 || SentenceEnds(text, open.End, run.Start))
        {
            return open;
        }

        // "Barcelona. Tel 93 2746809".
        if (scan.Nearby.Before(run.Start, ContextWords.Phone) <= run.Start - open.End)
        {
            return open;
        }

        if (open.Kind > AddressPartKind.Weak && Postcodes.IsParted(scan, index) && text.AsSpan(open.End, run.Start - open.End).IndexOfAny(',', '\n') >= 0 && IsOneAddress(text, open.End, run.Start))
        {
            var end = scan.Digits[index + 1].End;
            scan.Add(run.Start, end, EntityKinds.Postcode, text[run.Start..end], 0.7f);
            return open with { End = end, Count = open.Count + 1 };
        }

        if (open.Kind > AddressPartKind.Weak && run.Length is >= 4 and <= 7 && Postcodes.EndOf(text, run) is > 0 and var code && ((code > run.End && scan.Country is "NL" or "") || !IsYear(text, run, open.End)) && IsOneAddress(text, open.End, run.Start))
        {
            scan.Add(run.Start, code, EntityKinds.Postcode, text[run.Start..code], 0.7f);
            return open with { End = code, Count = open.Count + 1 };
        }

        // ", 3º B", "- Local 3", " 5A".
        return run.Length <= 3 && run.Start - open.End <= 10 && open.Kind == AddressPartKind.Street && IsHouseRest(text, open.End, run.Start) ? open with { End = WithLetters(text, run.End) } : open;
    }

    // "22, Київ. Замовлення 4412345": behind a point that is no shortening's, a word that is not the code's own line begins a sentence.
    private static bool SentenceEnds(string text, int from, int to)
    {
        var word = WordPlace.Before(text, to, WidestGap, overLines: true);
        while (!word.IsNone && word.Start > from)
        {
            var before = WordPlace.Before(text, word.Start, WidestGap, overLines: true);
            if (!before.IsNone && before.End >= from && before.Length > AddressParts.LongestShortened && text.AsSpan(before.End, word.Start - before.End).StartsWith(". "))
            {
                return true;
            }

            word = before;
        }

        return false;
    }

    private static bool IsHouseRest(string text, int from, int to)
    {
        var between = text.AsSpan(from, to - from);
        return between.IndexOfAny('\n', ':', ';') < 0 && between.IndexOfAny(',', '-', '.') >= 0 && !between.Contains('(');
    }

    private static int WithLetters(string text, int end)
    {
        var at = end;
        while (at < text.Length && at - end < 3 && (TextSigns.IsWord(text[at]) || text[at] is 'º' or 'ª'))
        {
            at++;
        }

        return at < text.Length && TextSigns.IsWord(text[at]) ? end : at;
    }

    // "in 2019" behind a street is a year.
    private static bool IsYear(string text, DigitGroup run, int from) =>
        run.Length == 4 && CheckDigits.Number([TextSigns.Plain(text[run.Start]), TextSigns.Plain(text[run.Start + 1])]) is 19 or 20 && text.AsSpan(from, run.Start - from).IndexOfAny(',', '\n') < 0;

    private static bool IsOneAddress(string text, int from, int to)
    {
        if (to - from > WidestGap || to < from)
        {
            return false;
        }

        var at = from;
        for (var words = 0; ; words++)
        {
            var word = WordPlace.After(text, at, WidestGap, overLines: true);
            if (word.IsNone || word.End > to)
            {
                return text.AsSpan(at, to - at).IndexOfAny(":;!@") < 0;
            }

            if (words == MostWordsBetween || text.AsSpan(at, word.Start - at).IndexOfAny(":;!@") >= 0 || AddressWords.Of(text, word) == AddressWord.Sentence)
            {
                return false;
            }

            at = word.End;
        }
    }

    // Before "Suite 501" on a line of its own stand number and street: "20789 Allika 46".
    private static AddressPart WithNumbersBefore(string text, AddressPart part)
    {
        if (part.Kind is not (AddressPartKind.Unit or AddressPartKind.Weak or AddressPartKind.Code))
        {
            return part;
        }

        var start = part.Start;
        var first = start;
        for (var words = 0; words < 6; words++)
        {
            var word = WordPlace.Before(text, start, 4, overLines: true);
            if (word.IsNone || text.AsSpan(word.End, start - word.End).IndexOfAny(":;!") >= 0 || AddressWords.Of(text, word) == AddressWord.Sentence)
            {
                break;
            }

            start = word.Start;
            first = word.IsNumber(text) && word.Length <= 6 ? word.Start : first;
        }

        return part with { Start = first };
    }

    private static void Close(TextScan scan, AddressPart open)
    {
        if (open.Kind <= AddressPartKind.Numbers || (open.Kind == AddressPartKind.Weak && open.Count < 2))
        {
            return;
        }

        var end = open.Kind >= AddressPartKind.Unit ? WithCountry(scan.Text, open.End) : open.End;
        scan.Add(open.Start, end, EntityKinds.Street, scan.Text[open.Start..end].ToUpperInvariant(), open.Kind == AddressPartKind.Street ? 0.8f : 0.6f);
    }

    // ", Gdańsk, Poland": names up to a country or a state.
    private static int WithCountry(string text, int end)
    {
        var at = end;
        for (var words = 0; words < MostCityWords; words++)
        {
            var word = WordPlace.After(text, at, 4, overLines: true);
            if (word.IsNone || word.IsNumber(text) || text.AsSpan(at, word.Start - at).ContainsAny(CityEnds) || AddressWords.Of(text, word) == AddressWord.Sentence)
            {
                return end;
            }

            if (AddressWords.IsCountry(text, word) || AddressWords.IsState(text, word))
            {
                return word.End;
            }

            at = word.End;
        }

        return end;
    }
}
