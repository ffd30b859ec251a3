namespace CallTracking.Privacy;

/// <summary>
/// Streets that are numbers, as in Colombia: "Calle 64 # 52-59", "Cra. 13 A Nº 66 B-16": a road and its number, behind the sign the road
/// that crosses it and the metres from there. Source: DANE, Sistema Estándar de Nomenclatura de Direcciones.
/// </summary>
internal static class GridStreets
{
    private const int Gap = 3;
    private const int MostLetters = 2;
    private const int LongestLetters = 3;
    private const int LongestNumber = 4;
    private const int LongestFolded = 16;

    /// <summary>Words for such roads, folded; "TV" and "cl" mean other things oftener.</summary>
    public const string Roads = "calle cll carrera cra kra kr diagonal dg transversal transv avenida autopista";

    private const string Signs = "no nro num numero n";

    /// <summary>The address whose crossing road is this number; none when it is no such.</summary>
    public static AddressPart At(string text, DigitGroup crossing, WordPlace before)
    {
        var end = EndOf(text, crossing.End);
        if (end < 0 || before.IsNone)
        {
            return default;
        }

        var word = before;
        if (!text.AsSpan(word.End, crossing.Start - word.End).Contains('#'))
        {
            if (!Is(text, word, Signs))
            {
                return default;
            }

            word = WordPlace.Before(text, word.Start, Gap, overLines: false);
        }

        for (var letters = 0; letters < MostLetters && !word.IsNone && !word.IsNumber(text) && word.Length <= LongestLetters; letters++)
        {
            word = WordPlace.Before(text, word.Start, Gap, overLines: false);
        }

        if (word.IsNone || !word.IsNumber(text) || word.Length > LongestNumber)
        {
            return default;
        }

        var road = WordPlace.Before(text, word.Start, Gap, overLines: false);
        return !road.IsNone && Is(text, road, Roads) ? new AddressPart(road.Start, end, AddressPartKind.Street) : default;
    }

    // "-59", " B-16", "A - 21": behind the crossing road stand letters and, behind a dash, metres; else -1.
    private static int EndOf(string text, int at)
    {
        for (var letters = 0; letters < MostLetters && WordPlace.After(text, at, 1, overLines: false) is { IsNone: false, Length: <= LongestLetters } word && !word.IsNumber(text); letters++)
        {
            at = word.End;
        }

        var end = at;
        while (end < text.Length && end - at < Gap && (text[end] == ' ' || TextSigns.Of(text[end]) == TextSigns.Dash))
        {
            end++;
        }

        if (end == at || text.AsSpan(at, end - at).IndexOfAnyExcept(' ') < 0)
        {
            return -1;
        }

        var digits = end;
        while (digits < text.Length && digits - end <= LongestNumber && TextSigns.IsDigit(text[digits]))
        {
            digits++;
        }

        return digits - end is > 0 and <= LongestNumber && (digits == text.Length || !TextSigns.IsWord(text[digits])) ? digits : -1;
    }

    private static bool Is(string text, WordPlace word, string list)
    {
        Span<char> letters = stackalloc char[LongestFolded];
        var folded = word.Fold(text, letters);
        foreach (var range in list.AsSpan().Split(' '))
        {
            if (folded.SequenceEqual(list.AsSpan()[range]))
            {
                return true;
            }
        }

        return false;
    }
}
