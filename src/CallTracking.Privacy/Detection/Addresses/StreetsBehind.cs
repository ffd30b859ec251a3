namespace CallTracking.Privacy;

/// <summary>Streets whose name stands behind the house number.</summary>
internal static class StreetsBehind
{
    private const int LongestHouse = 6;
    private const int NameWords = 4;
    private const int Gap = 3;

    // "370 3911 Fourth Avenue".
    private const int MostNumbers = 1;

    /// <summary>"1690 Hospital Way", "370 3911 Fourth Avenue", "12 rue de la Paix".</summary>
    public static AddressPart At(string text, WordPlace number)
    {
        var at = WithSuffix(text, number.End);
        var isPiece = EndsNumber(text, number.Start);
        var (isParted, names, numbers) = (false, 0, 0);
        for (var i = 0; i <= NameWords; i++)
        {
            var word = WordPlace.After(text, at, Gap, overLines: false);
            if (word.IsNone || EndsSentence(text, at, word.Start) || (i == 0 && text[at] == '.'))
            {
                return default;
            }

            isParted |= text.AsSpan(at, word.Start - at).Contains(',');
            numbers += word.IsNumber(text) ? 1 : 0;
            // "0532 123 45 67, Atatürk Caddesi", "03/14/1988, 742 Evergreen Terrace": what stands before the comma is another value.
            if (numbers > MostNumbers || (isParted && (isPiece || numbers > 0)))
            {
                return default;
            }

            var sort = AddressWords.Of(text, word);
            if (names == 0 && word.Length > 2 && sort is AddressWord.StreetBehind or AddressWord.StreetBefore && AddressWords.CanBegin(text, word) && NameBehind(text, word) is > 0 and var nameEnd)
            {
                return new AddressPart(number.Start, nameEnd, AddressPartKind.Street);
            }

            if (sort == AddressWord.StreetBehind && (names > 0 || AddressWords.IsCompound(text, word)) && !IsSaint(text, word) && IsWholeWord(text, word))
            {
                var end = WithNumberBehind(text, word.End);
                // "1234, Nørregade 5" and "44, Frau Dr. Maier": behind a comma the street has its own number, and a doctor is none.
                return isParted && ((end > word.End && text[word.End] != ',') || word.Of(text) is "Dr") ? default : new AddressPart(number.Start, end, AddressPartKind.Street);
            }

            if (sort is AddressWord.Sentence or AddressWord.Unit || (!word.IsName(text) && !word.IsNumber(text) && sort != AddressWord.Particle && i > 2))
            {
                return default;
            }

            names += word.IsNumber(text) ? 0 : 1;
            at = word.End;
        }

        return default;
    }

    // The digits before belong to the same number: "123 45", "14/1988".
    private static bool EndsNumber(string text, int start) =>
        start > 1 && TextSigns.IsDigit(text[start - 2]) && (text[start - 1] is ' ' or '\u00A0' or '.' or '/' || TextSigns.Of(text[start - 1]) == TextSigns.Dash);

    // "14 bis rue des Acacias", "14 B rue Victor Hugo": before a word that begins a street's name alone ("60 C via Bluetooth" is none).
    private static int WithSuffix(string text, int end)
    {
        var suffix = WordPlace.After(text, end, 1, overLines: false);
        return !suffix.IsNone && suffix.Of(text) is "bis" or "ter" or "quater" or "B" or "C" or "D"
            && WordPlace.After(text, suffix.End, 2, overLines: false) is { IsNone: false } street && AddressWords.CanBegin(text, street) && !street.Of(text).Equals("via", StringComparison.OrdinalIgnoreCase)
            ? suffix.End : end;
    }

    /// <summary>"u", "st" and the like need their point or a capital.</summary>
    public static bool IsWholeWord(string text, WordPlace word) =>
        word.Length > 3 || word.Of(text) is "ave" or "str" or "way" || (word.End < text.Length && text[word.End] == '.') || (word.Length > 1 && char.IsUpper(text[word.Start]) && char.IsLower(text[word.Start + 1]));

    private static int WithNumberBehind(string text, int end) =>
        WordPlace.After(text, end, 2, overLines: false) is { IsNone: false } word && word.IsNumber(text) && word.Length <= LongestHouse ? word.End : end;

    // "St Georges", "Dr Brown": a name goes on.
    private static bool IsSaint(string text, WordPlace word) =>
        word.Length == 2 && word.End < text.Length && text[word.End] == ' ' && WordPlace.After(text, word.End, 1, overLines: false) is { IsNone: false } next && next.IsName(text)
        && AddressWords.Of(text, next) == AddressWord.None && word.Of(text) is "St" or "Dr";

    // The end of the name behind "rue", or 0.
    private static int NameBehind(string text, WordPlace street)
    {
        var end = 0;
        var at = street.End;
        for (var i = 0; i < NameWords + 1; i++)
        {
            var word = WordPlace.After(text, at, 2, overLines: false);
            if (word.IsNone || EndsSentence(text, at, word.Start) || text.AsSpan(at, word.Start - at).Contains(','))
            {
                break;
            }

            var sort = AddressWords.Of(text, word);
            if (sort == AddressWord.Sentence || word.IsNumber(text) || (sort != AddressWord.Particle && !word.IsName(text) && !IsElided(text, word)))
            {
                break;
            }

            end = sort == AddressWord.Particle ? end : word.End;
            at = word.End;
        }

        return end;
    }

    // "rue de l'Église".
    private static bool IsElided(string text, WordPlace word) => word.Length > 2 && text[word.Start + 1] is '\'' or '’' && char.IsUpper(text[word.Start + 2]);

    private static bool EndsSentence(string text, int from, int to) => text.AsSpan(from, to - from).ContainsAny(';', ':', '!') || text.AsSpan(from, to - from).ContainsAny('?', '|');
}
