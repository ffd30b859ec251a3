using System.Buffers;

namespace CallTracking.Privacy;

/// <summary>Ages of persons: "31 years old", "63 años de edad", "Edad: 54", "aged 31", "when he was 78"; never of devices or warranties.</summary>
internal static class AgeReader
{
    private const int Oldest = 120;
    private const int PersonWidth = 12;

    // Say by themselves that a person is meant.
    private static readonly string[] Units =
    [
        "years old", "year old", "years-old", "year-old", "yrs old", "yr old", "y/o", "yo ", "years of age", "años de edad", "ans révolus", "jahre alt", "jahren alt", "jährig", "歳", "才です", "岁", "歲", "살", "anni di età",
        "anos de idade", "yaşında", "år gammal", "år gammel", "tuổi", "jaar oud", "lat życia", "-jährig", "días de vida", "años de vida", "meses de edad", "meses de vida",
    ];

    // Count with a word for a person or an age before them.
    private static readonly string[] WeakUnits = ["años", "año", "meses", "ans", "anni", "anos", "jahre", "jaar", "lat", "лет", "года", "год", "рок", "år", "years", "yrs"];

    private static readonly string[] Persons = ["he was ", "she was ", "i was ", "he is ", "she is ", "i am ", "i'm ", "i’m ", "he's ", "she's ", "just turned ", "turned ", "turning ", "turns "];

    private static readonly SearchValues<char> UnitStarts = SearchValues.Create([.. Units.Concat(WeakUnits).SelectMany(unit => new[] { unit[0], char.ToUpperInvariant(unit[0]) }).Distinct()]);

    public static DatePlace At(TextScan scan, DigitGroup run)
    {
        var text = scan.Text;
        var age = DateReader.Value(text, run);
        if (age is 0 or > Oldest || !Stands(text, run))
        {
            return default;
        }

        var unit = run.End;
        while (unit < text.Length && unit - run.End < 2 && text[unit] is ' ' or '-' or '\u00A0')
        {
            unit++;
        }

        if (Starts(text, unit, Units) is > 0 and var length)
        {
            return new DatePlace(run.Start, unit + length);
        }

        if (Starts(text, unit, WeakUnits) is > 0 and var weak && (unit + weak == text.Length || !TextSigns.IsWord(text[unit + weak]))
            && (IsPersonBefore(scan, run) || IsAgeBefore(scan, run)))
        {
            return new DatePlace(run.Start, unit + weak);
        }

        return IsAgeBefore(scan, run) || IsSaid(text, run) ? new DatePlace(run.Start, run.End) : default;
    }

    private static bool Stands(string text, DigitGroup run) =>
        (run.Start == 0 || !(TextSigns.IsWord(text[run.Start - 1]) || text[run.Start - 1] is '.' or ',' or '-' or '/' or '_' or '+' or '$'))
        && (run.End == text.Length || !(TextSigns.Of(text[run.End]) is TextSigns.Letter or >= (byte)'0' || text[run.End] is '%' or '°' or '/' or '_'))
        && !(run.End + 1 < text.Length && text[run.End] is '.' or ',' or ':' && TextSigns.IsDigit(text[run.End + 1]));

    private static int Starts(string text, int at, string[] units)
    {
        if (at >= text.Length || !UnitStarts.Contains(text[at]))
        {
            return 0;
        }

        var first = char.ToLowerInvariant(text[at]);
        foreach (var unit in units)
        {
            if (unit[0] == first && text.AsSpan(at).StartsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                return unit.TrimEnd().Length;
            }
        }

        return 0;
    }

    private static bool IsAgeBefore(TextScan scan, DigitGroup run) => scan.Nearby.Before(run.Start, ContextWords.Age) <= 2;

    private static bool IsPersonBefore(TextScan scan, DigitGroup run) => scan.Nearby.Before(run.Start, ContextWords.Person) <= PersonWidth;

    // "Written when he was 78.": nothing that is counted follows.
    private static bool IsSaid(string text, DigitGroup run)
    {
        if (run.Length < 2 || run.Start < 5 || text[run.Start - 1] != ' ' || text[run.Start - 2] is not ('s' or 'm' or 'd' or 'g' or 'S' or 'M') || (run.End < text.Length && text[run.End] is not ('.' or ',' or ';' or '!' or '?' or ')' or '\n' or '"')))
        {
            return false;
        }

        foreach (var person in Persons)
        {
            if (run.Start >= person.Length && text.AsSpan(run.Start - person.Length, person.Length).Equals(person, StringComparison.OrdinalIgnoreCase)
                && (run.Start == person.Length || !TextSigns.IsWord(text[run.Start - person.Length - 1])))
            {
                return true;
            }
        }

        return false;
    }
}
