namespace CallTracking.Privacy;

/// <summary>Postal codes that a word right before them names: "CP: 28016", "PLZ 80331", "〒862-0951".</summary>
internal static class Postcodes
{
    private const int SaidWidth = 4;
    private const int IndianLength = 6;
    private const int DutchDigits = 4;

    /// <summary>A word for postal codes stands somewhere in the text.</summary>
    public static bool AreNamed(TextScan scan) => scan.Nearby.Has(ContextWords.Postcode) || scan.Nearby.Has(ContextWords.Pin);

    /// <summary>Looks at one run of digits, and the next where a dash joins them.</summary>
    public static void FindSaid(TextScan scan, int index)
    {
        var run = scan.Digits[index];
        if (run.Length is < 3 or > 7 || !AreNamed(scan) || !scan.Wants(EntityKinds.Postcode))
        {
            return;
        }

        var end = run.End;
        if (index + 1 < scan.Digits.Length && scan.Digits[index + 1] is var next && next.Start == end + 1 && TextSigns.Of(scan.Text[end]) == TextSigns.Dash)
        {
            end = next.Length is 3 or 4 ? next.End : end;
        }

        if ((end > run.End || (run.Length > 3 && StandsAlone(scan.Text, run))) && IsSaid(scan, run))
        {
            scan.Add(run.Start, end, EntityKinds.Postcode, scan.Text[run.Start..end], 0.85f);
        }
    }

    /// <summary>Where a code behind a street ends: "80331", "1015 CJ", "3512JK"; -1 where the number is a piece of something else.</summary>
    public static int EndOf(string text, DigitGroup run)
    {
        var letters = WordPlace.After(text, run.End, 1, overLines: false);
        return run.Length == DutchDigits && letters.Length == 2 && BeginsAlone(text, run) && EuropeanChecks.DutchPostcode($"{text.AsSpan(run.Start, run.Length)}{letters.Of(text)}") && letters.Of(text).IndexOfAnyExceptInRange('A', 'Z') < 0
            ? letters.End
            : StandsAlone(text, run) ? run.End : -1;
    }

    /// <summary>"114 55", as Sweden, Greece, Czechia and Slovakia write them.</summary>
    public static bool IsParted(TextScan scan, int index) =>
        index + 1 < scan.Digits.Length && scan.Digits[index] is { Length: 3 } first && scan.Digits[index + 1] is { Length: 2 } second
        && BeginsAlone(scan.Text, first) && (first.Start == 0 || TextSigns.Of(scan.Text[first.Start - 1]) != TextSigns.Dash) && second.Start == first.End + 1 && TextSigns.Of(scan.Text[first.End]) == TextSigns.Space && StandsAlone(scan.Text, second);

    private static bool IsSaid(TextScan scan, DigitGroup run) =>
        scan.Nearby.Before(run.Start, ContextWords.Postcode) <= SaidWidth
        || IsOfIndia(scan, run);

    /// <summary>"PIN 560001", where the country may be India: elsewhere a PIN is a secret.</summary>
    public static bool IsOfIndia(TextScan scan, DigitGroup run) =>
        run.Length == IndianLength && scan.Country is "IN" or "" && scan.Nearby.Before(run.Start, ContextWords.Pin) <= SaidWidth;

    // 62704-1234
    private static bool IsPlusFour(string text, int dash) =>
        dash + 4 < text.Length && TextSigns.IsDigit(text[dash + 1]) && TextSigns.IsDigit(text[dash + 4]) && (dash + 5 == text.Length || !TextSigns.IsWord(text[dash + 5]));

    public static bool StandsAlone(string text, DigitGroup run) =>
        BeginsAlone(text, run)
        && (run.End == text.Length || !(TextSigns.IsWord(text[run.End]) || text[run.End] is '/' or ':' or '@' || (text[run.End] == '-' && run.End + 1 < text.Length && TextSigns.IsWord(text[run.End + 1]) && !IsPlusFour(text, run.End))))
        && !(run.End + 1 < text.Length && text[run.End] is '.' or ',' or ' ' && TextSigns.IsDigit(text[run.End + 1]));

    private static bool BeginsAlone(string text, DigitGroup run) =>
        run.Start == 0 || !(TextSigns.IsWord(text[run.Start - 1]) || text[run.Start - 1] is '+' or '/' or '(' || (text[run.Start - 1] == '.' && run.Start > 1 && TextSigns.IsDigit(text[run.Start - 2])));
}
