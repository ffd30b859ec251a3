using System.Buffers;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// Values that a label before them names: "password: …", "user name = …", "NHC: 963852", "Kundennummer: …"; passwords also behind
/// "is" and its like, when a digit stands in them, and PINs right behind their word.
/// </summary>
internal sealed class FormDetector() : ValueDetector(ClassSet.Of(DataClass.Credential).Or(ClassSet.Of(DataClass.Handle)).Or(ClassSet.Of(DataClass.CustomerNumber)))
{
    private const int LabelWidth = 1;
    private const int SaidWidth = 10;
    private const int PinWidth = 2;
    private const int LongestPin = 8;
    private const int ShortestSecret = 4;
    private const int LongestSecret = 256;
    private const int ShortestName = 3;
    private const int LongestName = 40;
    private const int MostGroups = 4;

    private static readonly SearchValues<char> PinStops = SearchValues.Create(".,;!?\r\n。、");
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\u00A0\u3000\"'`<>「」、。，");

    // Said of passwords, and none.
    private static readonly string[] NoSecrets =
        ["invalid", "expired", "wrong", "incorrect", "reset", "missing", "required", "null", "none", "failed", "error", "falsch", "ungültig", "abgelaufen", "vergessen", "forgotten", "changed", "yes", "no", "the", "please"];

    private static readonly string[] Verbs = ["is", "was", "ist", "war", "lautet", "heißt", "est", "était", "era", "es", "é", "jest", "är", "er", "è", "on", "は", "是", "为"];

    public override void Find(TextScan scan)
    {
        foreach (var colon in scan.Colons)
        {
            if (colon > 0 && (TextSigns.IsWord(scan.Text[colon - 1]) || TextSigns.Of(scan.Text[colon - 1]) is TextSigns.Unspaced or TextSigns.Space || scan.Text[colon - 1] is '"' or '*' or '.'))
            {
                FindBehind(scan, colon);
            }
        }

        if (!scan.Wants(EntityKinds.Credential) || !scan.Nearby.Has(ContextWords.Secret))
        {
            return;
        }

        var last = 0;
        foreach (var run in scan.Digits)
        {
            last = run.Start >= last ? FindSaid(scan, run, last) : last;
        }
    }

    private static void FindBehind(TextScan scan, int colon)
    {
        var text = scan.Text;
        var start = SkipBlanks(text, colon + 1);
        if (start >= text.Length)
        {
            return;
        }

        if (scan.Nearby.Before(colon, ContextWords.Secret) <= LabelWidth)
        {
            AddSecret(scan, start, mustLookLikeOne: false);
        }
        else if (scan.Nearby.Before(colon, ContextWords.User) <= LabelWidth)
        {
            AddName(scan, start);
        }
        else if (scan.Nearby.Before(colon, ContextWords.FormNumber) <= LabelWidth)
        {
            AddNumber(scan, start);
        }
    }

    private static int FindSaid(TextScan scan, DigitGroup run, int last)
    {
        var text = scan.Text;
        var start = run.Start;
        while (start > last && run.Start - start < LongestSecret && !Ends.Contains(text[start - 1]))
        {
            start--;
        }

        var verb = WordPlace.Before(text, start, 2, overLines: false);
        if (!verb.IsNone && IsVerb(verb.Of(text)) && scan.Nearby.Before(start, ContextWords.Secret) <= SaidWidth)
        {
            AddSecret(scan, start, mustLookLikeOne: true);
        }

        if (IsPin(scan, run))
        {
            scan.Add(run.Start, run.End, EntityKinds.Credential, text[run.Start..run.End], 0.8f);
        }

        return run.End;
    }

    // "PIN 4711", "Geheimzahl 123456"; fewer digits are a pin of a plug, and six behind "PIN" a postcode in India.
    private static bool IsPin(TextScan scan, DigitGroup run) =>
        run.Length is >= ShortestSecret and <= LongestPin
        && scan.Nearby.Before(run.Start, ContextWords.SecretNumber) is var width and <= PinWidth
        && scan.Text.AsSpan(run.Start - width, width).IndexOfAny(PinStops) < 0
        && !Postcodes.IsOfIndia(scan, run)
        && IsWhole(scan.Text, run);

    // No piece of a word, an amount or a part's number; brackets and slashes may stand beside it, as may another number behind a blank.
    private static bool IsWhole(string text, DigitGroup run) =>
        (run.Start == 0 || !(TextSigns.IsWord(text[run.Start - 1]) || text[run.Start - 1] == '+'))
        && (run.End == text.Length || !TextSigns.IsWord(text[run.End]))
        && !(run.End + 1 < text.Length && text[run.End] is '.' or ',' or ':' or '-' && TextSigns.IsWord(text[run.End + 1]));

    private static bool IsVerb(ReadOnlySpan<char> word)
    {
        foreach (var verb in Verbs)
        {
            if (word.Equals(verb, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && (TextSigns.Of(text[at]) == TextSigns.Space || text[at] is '"' or '\'' or '*' or '「'))
        {
            at++;
        }

        return at;
    }

    private static void AddSecret(TextScan scan, int start, bool mustLookLikeOne)
    {
        var text = scan.Text;
        var rest = text.AsSpan(start, Math.Min(LongestSecret, text.Length - start));
        var length = rest.IndexOfAny(Ends);
        var value = (length < 0 ? rest : rest[..length]).TrimEnd(".,;)");
        if (value.Length < ShortestSecret || value[0] is '[' or '{' or '(' or '<')
        {
            return;
        }

        var isAlone = start + value.Length == text.Length || TextSigns.Of(text[start + value.Length]) == TextSigns.Line;
        if (LooksLikeOne(value) || (!mustLookLikeOne && isAlone && !IsSaidOfSecrets(value)))
        {
            scan.Add(start, start + value.Length, EntityKinds.Credential, value.ToString(), 0.8f);
        }
    }

    private static bool LooksLikeOne(ReadOnlySpan<char> value)
    {
        var (letters, digits, signs) = (0, 0, 0);
        foreach (var sign in value)
        {
            letters += char.IsLetter(sign) ? 1 : 0;
            digits += char.IsDigit(sign) ? 1 : 0;
            signs += sign is '!' or '#' or '$' or '%' or '&' or '*' or '_' or '@' or '^' or '+' or '?' ? 1 : 0;
        }

        return digits > 0 || (letters > 0 && signs > 0);
    }

    private static bool IsSaidOfSecrets(ReadOnlySpan<char> value)
    {
        foreach (var word in NoSecrets)
        {
            if (value.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static void AddName(TextScan scan, int start)
    {
        var text = scan.Text;
        var end = start;
        while (end < text.Length && end - start <= LongestName && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '_' or '-' or '\\'))
        {
            end++;
        }

        while (end > start && text[end - 1] is '.' or '-')
        {
            end--;
        }

        if (end - start is >= ShortestName and <= LongestName && (end == text.Length || text[end] is not ('@' or ':' or '(' or '/')) && !IsSaidOfSecrets(text.AsSpan(start, end - start)))
        {
            scan.Add(start, end, EntityKinds.UserName, text[start..end].ToUpperInvariant(), 0.7f);
        }
    }

    // "95-16275568-30", "28 28 45612", "nhc-6326226".
    private static void AddNumber(TextScan scan, int start)
    {
        var text = scan.Text;
        var at = start;
        var end = start;
        var hasDigits = false;
        for (var groups = 0; groups < MostGroups; groups++)
        {
            var from = at;
            var digits = 0;
            while (at < text.Length && TextSigns.IsPlain(text[at]))
            {
                digits += TextSigns.IsDigit(text[at]) ? 1 : 0;
                at++;
            }

            if (at == from || (digits == 0 && (groups > 0 || at - from > 5)) || (groups > 0 && hasDigits && digits < at - from))
            {
                break;
            }

            end = at;
            hasDigits |= digits > 0;
            if (at + 1 >= text.Length || TextSigns.Of(text[at]) is not (TextSigns.Space or TextSigns.Dash or TextSigns.Slash))
            {
                break;
            }

            at++;
        }

        if (hasDigits && end - start >= 4)
        {
            scan.Add(start, end, EntityKinds.FormNumber, text[start..end].ToUpperInvariant(), 0.75f);
        }
    }
}
