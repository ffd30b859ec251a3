using System.Buffers;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// Values that a label before them names: "password: …", "user name = …", "NHC: 963852", "Kundennummer: …"; secrets also behind
/// their word alone, see <see cref="SaidSecrets"/>.
/// </summary>
internal sealed class FormDetector() : ValueDetector(ClassSet.Of(DataClass.Credential).Or(ClassSet.Of(DataClass.Handle)).Or(ClassSet.Of(DataClass.CustomerNumber)))
{
    private const int LabelWidth = 1;
    private const int ShortestSecret = 4;
    private const int LongestSecret = 256;
    private const int ShortestName = 3;
    private const int LongestName = 40;
    private const int MostGroups = 4;

    /// <summary>What ends a secret.</summary>
    public static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\u00A0\u3000\"'`<>「」、。，");

    public override void Find(TextScan scan)
    {
        foreach (var colon in scan.Colons)
        {
            if (colon > 0 && (TextSigns.IsWord(scan.Text[colon - 1]) || TextSigns.Of(scan.Text[colon - 1]) is TextSigns.Unspaced or TextSigns.Space || scan.Text[colon - 1] is '"' or '*' or '.'))
            {
                FindBehind(scan, colon);
            }
        }

        SaidSecrets.Find(scan);
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

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && (TextSigns.Of(text[at]) == TextSigns.Space || text[at] is '"' or '\'' or '*' or '「'))
        {
            at++;
        }

        return at;
    }

    /// <summary>A secret that begins at a place; without a digit or sign in it only where nothing else stands on the line.</summary>
    public static void AddSecret(TextScan scan, int start, bool mustLookLikeOne)
    {
        var text = scan.Text;
        var value = ValueAt(text, start, out var isAlone);
        if (value.Length < ShortestSecret || value[0] is '[' or '{' or '(' or '<')
        {
            return;
        }

        if (SecretWords.LooksLikeOne(value) || (!mustLookLikeOne && isAlone && !SecretWords.IsSaidOfSecrets(value)))
        {
            scan.Add(start, start + value.Length, EntityKinds.Credential, value.ToString(), 0.8f);
        }
    }

    /// <summary>What stands at a place up to a blank, a quote, or a script without blanks; and whether it is the last of its line.</summary>
    public static ReadOnlySpan<char> ValueAt(string text, int start, out bool isAlone)
    {
        var rest = text.AsSpan(start, Math.Min(LongestSecret, text.Length - start));
        var length = rest.IndexOfAny(Ends);
        var value = (length < 0 ? rest : rest[..length]).TrimEnd(".,;)");
        isAlone = start + value.Length == text.Length || TextSigns.Of(text[start + value.Length]) == TextSigns.Line;
        return value[..SecretWords.LengthBeforeEnding(value)];
    }

    /// <summary>The name of a user that begins at a place.</summary>
    public static void AddName(TextScan scan, int start)
    {
        var text = scan.Text;
        var end = start;
        while (end < text.Length && end - start <= LongestName && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '_' or '-' or '\\'))
        {
            end++;
        }

        end = start + SecretWords.LengthBeforeEnding(text.AsSpan(start, end - start));
        while (end > start && text[end - 1] is '.' or '-')
        {
            end--;
        }

        if (end - start is >= ShortestName and <= LongestName && (end == text.Length || text[end] is not ('@' or ':' or '(' or '/')) && !SecretWords.IsSaidOfSecrets(text.AsSpan(start, end - start)))
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
