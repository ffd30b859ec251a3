namespace CallTracking.Privacy;

/// <summary>Finds the parts of postal addresses around one number of a text: street with house number, flat, box, state with code.</summary>
internal static class AddressParts
{
    private const int LongestHouse = 6;
    private const int NameWords = 4;
    private const int BackWords = 6;
    private const int Gap = 3;

    /// <summary>"St.", "Dr.": behind longer words a point ends a sentence.</summary>
    public const int LongestShortened = 3;

    /// <summary>The part that a run of digits belongs to; none when it belongs to no address.</summary>
    public static AddressPart At(string text, DigitGroup run)
    {
        if (run.Length > LongestHouse)
        {
            return default;
        }

        var before = WordPlace.Before(text, run.Start, Gap, overLines: false);
        if (IsKilometre(text, before))
        {
            return NumberBehindStreet(text, WithMetres(text, run), WordPlace.Before(text, before.Start, Gap, overLines: false));
        }

        if (IsAmount(text, run))
        {
            return default;
        }

        var number = Whole(text, run);
        if (IsNumberSign(text, before) && NumberBehindStreet(text, number, WordPlace.Before(text, before.Start, Gap, overLines: false)) is { IsNone: false } numbered)
        {
            return numbered;
        }

        var part = GridStreets.At(text, run, before);
        part = part.IsNone ? Box(text, number, before) : part;
        part = part.IsNone ? ZipBehindState(text, run, before) : part;
        part = part.IsNone ? NumberBehindStreet(text, number, before) : part;
        part = part.IsNone ? StreetsBehind.At(text, number) : part;
        part = part.IsNone ? CodeBehindCountry(text, run, before) : part;
        return part.IsNone ? TwoNumbers(text, number) : part;
    }

    // "Atatürk Caddesi No: 12", "Hauptstraße Nr. 5"; "no" alone is a word of Portuguese.
    private static bool IsNumberSign(string text, WordPlace word) => word.Length == 2 && text[word.End] is '.' or ':' && (word.Of(text).Equals("no", StringComparison.OrdinalIgnoreCase) || word.Of(text).Equals("nr", StringComparison.OrdinalIgnoreCase));

    // A house by a country road: "Ctra. Nacional IV, Km 665".
    private static bool IsKilometre(string text, WordPlace word) => word.Length == 2 && word.Of(text).Equals("km", StringComparison.OrdinalIgnoreCase);

    // "9,100".
    private static WordPlace WithMetres(string text, DigitGroup run)
    {
        var end = run.End;
        if (end + 1 < text.Length && text[end] is ',' or '.' && TextSigns.IsDigit(text[end + 1]))
        {
            for (end++; end < text.Length && end - run.End <= Gap + 1 && TextSigns.IsDigit(text[end]); end++)
            {
            }
        }

        return new WordPlace(run.Start, end);
    }

    // 12a, 59-61.
    private static WordPlace Whole(string text, DigitGroup run)
    {
        var end = run.End;
        if (end + 1 < text.Length && TextSigns.Of(text[end]) == TextSigns.Dash && TextSigns.IsDigit(text[end + 1]))
        {
            for (end++; end < text.Length && end - run.End <= LongestHouse && TextSigns.IsDigit(text[end]); end++)
            {
            }

            return new WordPlace(run.Start, end);
        }

        while (end < text.Length && end - run.End < 3 && TextSigns.IsWord(text[end]))
        {
            end++;
        }

        var isPlain = end < text.Length && TextSigns.IsWord(text[end]);
        return new WordPlace(run.Start, isPlain ? run.End : end);
    }

    private static bool IsAmount(string text, DigitGroup run)
    {
        var before = run.Start > 0 ? text[run.Start - 1] : ' ';
        var after = run.End < text.Length ? text[run.End] : ' ';
        return before is '$' or '€' or '£' or '¥' or '+' or '@' or '=' or '_' or '%' || TextSigns.IsWord(before)
            || after is '%' or '°' or '€' or '$' or '@' or '=' or '_'
            || (run.End + 1 < text.Length && after is '.' or ',' or ':' && TextSigns.IsDigit(text[run.End + 1]) && !(after == ',' && HasLetterBehind(text, run.End + 1)))
            || (run.Start > 1 && before is '.' or ',' or ':' && TextSigns.IsDigit(text[run.Start - 2]) && !HasLetterBehind(text, run.Start));
    }

    // "28,3A": house and flat, no decimal.
    private static bool HasLetterBehind(string text, int at)
    {
        while (at < text.Length && TextSigns.IsDigit(text[at]))
        {
            at++;
        }

        return at < text.Length && TextSigns.IsWord(text[at]);
    }

    // "Apt. 656", "P.O. Box 242", "Suite #12".
    private static AddressPart Box(string text, WordPlace number, WordPlace before)
    {
        if (before.IsNone || AddressWords.Of(text, before) != AddressWord.Unit)
        {
            return default;
        }

        if (before.Start >= 5 && text.AsSpan(before.Start - 5, 5) is "P.O. " or "p.o. " or "P.O.\u00A0" or "Post ")
        {
            return new AddressPart(before.Start - 5, number.End, AddressPartKind.Unit);
        }

        return new AddressPart(before.Start, number.End, AddressWords.IsWeakUnit(before.Of(text)) ? AddressPartKind.Weak : AddressPartKind.Unit);
    }

    // "Estonia 62488": counts beside other parts only.
    private static AddressPart CodeBehindCountry(string text, DigitGroup run, WordPlace before) =>
        run.Length is >= 4 and <= 6 && !before.IsNone && AddressWords.IsCountry(text, before)
            ? new AddressPart(before.Start, run.End, AddressPartKind.Weak) { CodeStart = run.Start }
            : default;

    // "5850 Jana Nerudy 894": counts beside other parts only.
    private static AddressPart TwoNumbers(string text, WordPlace number)
    {
        var (at, last) = (number.End, number);
        for (var names = 0; names < NameWords; names++)
        {
            var word = WordPlace.After(text, at, 2, overLines: false);
            if (word.IsNone || AddressWords.Of(text, word) == AddressWord.Sentence || text.AsSpan(at, word.Start - at).ContainsAny(',', ':', ';')
                || (last.Length > LongestShortened && text.AsSpan(at, word.Start - at).Contains('.')))
            {
                return default;
            }

            if (word.IsNumber(text))
            {
                return names > 0 && word.Length <= 4 ? new AddressPart(number.Start, word.End, AddressPartKind.Numbers) : default;
            }

            if (!word.IsName(text) || word.Length < 3)
            {
                return default;
            }

            (at, last) = (word.End, word);
        }

        return default;
    }

    private static AddressPart ZipBehindState(string text, DigitGroup run, WordPlace before)
    {
        if (run.Length is not (4 or 5) || before.IsNone || !AddressWords.IsState(text, before) || !Postcodes.StandsAlone(text, run) || text.AsSpan(before.End, run.Start - before.End).Contains('-') || !IsCityBefore(text, before))
        {
            return default;
        }

        var end = run.End;
        if (end + 5 <= text.Length && text[end] == '-' && TextSigns.IsDigit(text[end + 1]) && TextSigns.IsDigit(text[end + 4]))
        {
            end += 5;
        }

        return new AddressPart(before.Start, end, AddressPartKind.Code) { CodeStart = run.Start };
    }

    // "Austin, TX 78701", "APO AA 61487".
    private static bool IsCityBefore(string text, WordPlace state) =>
        WordPlace.Before(text, state.Start, Gap, overLines: true) is { IsNone: false } city && !city.IsNumber(text);

    // "Musterstraße 12", "Villacher Strasse 89", "calle de la Paz, 23", "ul. Miła 53".
    private static AddressPart NumberBehindStreet(string text, WordPlace number, WordPlace before)
    {
        if (before.IsNone)
        {
            return default;
        }

        var word = before;
        var names = 0;
        for (var i = 0; i < BackWords && !word.IsNone; i++)
        {
            var sort = AddressWords.Of(text, word);
            if (i == 0 && sort == AddressWord.StreetBehind && StreetsBehind.IsWholeWord(text, word) && (word.IsName(text) || AddressWords.IsCompound(text, word)) && !IsMarket(text, word))
            {
                return new AddressPart(NameBefore(text, word), number.End, AddressPartKind.Street);
            }

            if (names > 0 && AddressWords.CanBegin(text, word) && IsStreetMark(text, word))
            {
                return new AddressPart(WithNumberBefore(text, word.Start), number.End, AddressPartKind.Street);
            }

            if (sort == AddressWord.Sentence || (i > 0 && word.IsNumber(text)))
            {
                break;
            }

            names += word.IsName(text) || char.IsLower(text[number.Start - 1]) ? 1 : 0;
            word = WordPlace.Before(text, word.Start, Gap, overLines: false);
        }

        return default;
    }

    /// <summary>Names and a number behind a word for an address: "lives at Joaquín Suárez 2906".</summary>
    public static AddressPart Said(TextScan scan, DigitGroup run)
    {
        var text = scan.Text;
        if (run.Length > 4 || !scan.Nearby.Has(ContextWords.Address) || IsAmount(text, run))
        {
            return default;
        }

        var start = run.Start;
        for (var i = 0; i < NameWords; i++)
        {
            var word = WordPlace.Before(text, start, 2, overLines: false);
            if (word.IsNone || !(word.IsName(text) || word.IsNumber(text)) || AddressWords.Of(text, word) == AddressWord.Sentence || text.AsSpan(word.End, start - word.End).ContainsAny(':', '.', ';'))
            {
                break;
            }

            start = word.Start;
        }

        return start < run.Start && scan.Nearby.Before(start, ContextWords.Address) <= 1
            ? new AddressPart(start, Whole(text, run).End, AddressPartKind.Street)
            : default;
    }

    // Short marks need their point or slash: "c/", "ul.", "p." and "C." are streets, "c" and "p" are not.
    private static bool IsStreetMark(string text, WordPlace word)
    {
        var after = word.End < text.Length ? text[word.End] : ' ';
        return word.Length > 2 || after is '.' or '/' or 'º' || (word.Length == 2 && (text[word.End - 1] == 'º' || (word.IsName(text) && word.Of(text) is not ("La" or "Os" or "Al"))));
    }

    private static bool IsMarket(string text, WordPlace word) => word.Of(text) is "Way" or "View" or "Port" or "Point" or "Green" or "Ring" or "Place" or "Close" or "Square" or "Route" or "Bridge" or "Extension" or "Weg" or "Put" or "U" or "Ut" or "Tie" or "Row" or "Walk" or "Rise" or "Loop" or "Court" or "Drive" or "CT" or "DR" or "ST" or "AV" or "SQ" or "PL" or "TER";

    private static int NameBefore(string text, WordPlace street)
    {
        var start = street.Start;
        if (AddressWords.IsCompound(text, street))
        {
            return WithNumberBefore(text, start);
        }

        for (var i = 0; i < NameWords - 1; i++)
        {
            var word = WordPlace.Before(text, start, 2, overLines: false);
            if (word.IsNone || !(word.IsName(text) || (word.IsNumber(text) && text[word.End] != ',')) || AddressWords.Of(text, word) is AddressWord.Sentence)
            {
                break;
            }

            start = word.Start;
        }

        return start;
    }

    // "4844 Søndergade 52": the code or number before it belongs to it.
    private static int WithNumberBefore(string text, int start) =>
        WordPlace.Before(text, start, 2, overLines: false) is { IsNone: false } word && word.IsNumber(text) && word.Length <= LongestHouse && text[word.End] != ',' ? word.Start : start;
}
