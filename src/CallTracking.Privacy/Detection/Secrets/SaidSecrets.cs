using System.Buffers;

namespace CallTracking.Privacy;

/// <summary>
/// Secrets and names of users behind their word without a colon: "password is hunter22", 密码是4711, "Passwort blaubeere7",
/// "2FA code 123456". Anchored at digits: what has none looks like any word.
/// </summary>
internal static class SaidSecrets
{
    private const int SaidWidth = 10;
    private const int PinWidth = 2;
    private const int ShortestPin = 4;
    private const int LongestPin = 8;
    private const int CardCodeLength = 3;
    private const int LongestSecret = 256;

    // "username", but not "user" and "login", which speak of much else.
    private const int SureName = 8;
    private const int ShortestQq = 5;
    private const int LongestQq = 11;

    private static readonly SearchValues<char> PinStops = SearchValues.Create(".,;!?\r\n。、");
    // A value behind a colon is the form's.
    private static readonly SearchValues<char> Partings = SearchValues.Create("()（）[/-:：=");

    // Before "PIN" the number is a fault's.
    private static readonly string[] FaultCodes = ["fehlercode", "errorcode", "fehlernummer", "foutcode", "felkod", "fejlkode", "feilkode", "エラーコード", "错误代码", "错误码", "錯誤代碼", "오류코드"];

    public static void Find(TextScan scan)
    {
        var isSecret = scan.Wants(EntityKinds.Credential);
        var hasSecret = isSecret && scan.Nearby.Has(ContextWords.Secret);
        var hasUser = scan.Wants(EntityKinds.UserName) && scan.Nearby.Has(ContextWords.User);
        var (last, codeWord) = (0, -1);
        foreach (var run in scan.Digits)
        {
            if (isSecret && codeWord >= 0 && LabelWords.Skip(scan.Text, codeWord) == run.Start && IsPinLong(run) && IsWhole(scan.Text, run))
            {
                AddNumber(scan, run);
            }

            codeWord = IsTwoFactor(scan.Text, run) ? run.End + 2 : -1;
            if ((hasSecret || hasUser) && run.Start >= last)
            {
                FindAt(scan, run, last, hasSecret, hasUser);
                last = run.End;
            }
        }
    }

    private static void FindAt(TextScan scan, DigitGroup run, int last, bool hasSecret, bool hasUser)
    {
        var text = scan.Text;
        var start = run.Start;
        while (start > last && run.Start - start < LongestSecret && !FormDetector.Ends.Contains(text[start - 1]) && TextSigns.Of(text[start - 1]) != TextSigns.Unspaced && text[start - 1] != '：')
        {
            start--;
        }

        var verb = WordPlace.Before(text, start, 2, overLines: false);
        var isVerb = !verb.IsNone && SecretWords.IsVerb(verb.Of(text));
        if (hasSecret)
        {
            if (isVerb && scan.Nearby.Before(start, ContextWords.Secret) <= SaidWidth)
            {
                FormDetector.AddSecret(scan, start, mustLookLikeOne: true);
            }
            else if (IsRightBehind(scan, start, ContextWords.Password, out _))
            {
                AddPassword(scan, start, run);
            }

            if (IsPin(scan, run))
            {
                AddNumber(scan, run);
            }
        }

        if (hasUser && IsRightBehind(scan, start, ContextWords.User, out var word))
        {
            AddUser(scan, start, run, word, isVerb || (start > 0 && text[start - 1] is '是' or 'は' or '为' or '為'));
        }
    }

    // The word's own ending, "is" and blanks stand between, no bracket or colon.
    private static bool IsRightBehind(TextScan scan, int start, int group, out Mention word)
    {
        word = default;
        if (scan.Nearby.LastBefore(start, group) is not { } mention || start - mention.End > SaidWidth || start == mention.End && TextSigns.Of(scan.Text[start - 1]) != TextSigns.Unspaced)
        {
            return false;
        }

        word = mention;
        return LabelWords.Skip(scan.Text, mention.End) >= start && scan.Text.AsSpan(mention.End, start - mention.End).IndexOfAny(Partings) < 0;
    }

    // Of digits alone as long as a PIN, and no year; otherwise letters and digits.
    private static void AddPassword(TextScan scan, int start, DigitGroup run)
    {
        if (start == run.Start && IsPinLong(run) && IsWhole(scan.Text, run))
        {
            if (!(run.Length == 4 && TextSigns.Plain(scan.Text[start]) is '1' or '2' && TextSigns.Plain(scan.Text[start + 1]) is '9' or '0'))
            {
                AddNumber(scan, run);
            }

            return;
        }

        if (SecretWords.IsMixed(FormDetector.ValueAt(scan.Text, start, out _)))
        {
            FormDetector.AddSecret(scan, start, mustLookLikeOne: true);
        }
    }

    private static void AddUser(TextScan scan, int start, DigitGroup run, Mention word, bool isSaid)
    {
        var text = scan.Text;
        var isQq = text[word.Start] is 'q' or 'Q';
        if (isQq ? start == run.Start && run.Length is >= ShortestQq and <= LongestQq && IsWhole(text, run)
            : (isSaid || word.End - word.Start >= SureName || TextSigns.Of(text[word.Start]) == TextSigns.Unspaced) && SecretWords.IsMixed(FormDetector.ValueAt(text, start, out _)))
        {
            FormDetector.AddName(scan, start);
        }
    }

    // "PIN 4711", "Geheimzahl 123456", "PIN to 4711"; fewer digits are a pin of a plug, and six behind "PIN" a postcode in India.
    private static bool IsPin(TextScan scan, DigitGroup run) =>
        ((IsPinLong(run) && IsSaid(scan, run, ContextWords.SecretNumber)) || (run.Length is CardCodeLength or ShortestPin && IsSaid(scan, run, ContextWords.CardCode)))
        && !Postcodes.IsOfIndia(scan, run)
        && IsWhole(scan.Text, run);

    private static bool IsSaid(TextScan scan, DigitGroup run, int group) =>
        scan.Nearby.LastBefore(run.Start, group) is { } word && IsBehindPin(scan.Text, word.End, run.Start) && !IsOfFault(scan.Text, word.Start);

    private static bool IsBehindPin(string text, int end, int start) =>
        (start - end <= PinWidth && text.AsSpan(end, start - end).IndexOfAny(PinStops) < 0)
        || (start - end <= SaidWidth && text[end] != '.' && LabelWords.Skip(text, end) >= start);

    // "error code PIN 4711", "code erreur PIN 4711", "Fehlercode PIN 4711".
    private static bool IsOfFault(string text, int pin)
    {
        var one = WordPlace.Before(text, pin, 1, overLines: false);
        var two = one.IsNone ? one : WordPlace.Before(text, one.Start, 1, overLines: false);
        return !one.IsNone
            && (IsOneOf(one.Of(text), FaultCodes)
                || (!two.IsNone && IsOneOf(one.Of(text), ["code"]) && IsOneOf(two.Of(text), ["error", "fault"]))
                || (!two.IsNone && IsOneOf(one.Of(text), ["error", "erreur", "errore", "erro"]) && IsOneOf(two.Of(text), ["code", "de", "di"])));
    }

    private static bool IsOneOf(ReadOnlySpan<char> word, ReadOnlySpan<string> words)
    {
        foreach (var other in words)
        {
            if (word.Equals(other, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTwoFactor(string text, DigitGroup run) =>
        run.Length == 1 && run.After == (byte)'F' && text[run.Start] == '2' && run.Before < (byte)'0' && text.AsSpan(run.End).StartsWith("FA", StringComparison.OrdinalIgnoreCase);

    private static bool IsPinLong(DigitGroup run) => run.Length is >= ShortestPin and <= LongestPin;

    // No piece of a word, an amount or a part's number; brackets and slashes may stand beside it, as may another number behind a blank.
    private static bool IsWhole(string text, DigitGroup run) =>
        (run.Start == 0 || !(TextSigns.IsWord(text[run.Start - 1]) || text[run.Start - 1] == '+'))
        && (run.End == text.Length || !TextSigns.IsWord(text[run.End]))
        && !(run.End + 1 < text.Length && text[run.End] is '.' or ',' or ':' or '-' && TextSigns.IsWord(text[run.End + 1]));

    private static void AddNumber(TextScan scan, DigitGroup run) => scan.Add(run.Start, run.End, EntityKinds.Credential, scan.Text[run.Start..run.End], 0.8f);
}
