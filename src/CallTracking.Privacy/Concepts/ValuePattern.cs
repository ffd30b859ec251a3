using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace CallTracking.Privacy;

/// <summary>
/// The form of a value such as a lot: a regular expression of letters, digits, <c>[classes]</c>, <c>\d</c>, groups, <c>|</c>, <c>?</c> and
/// <c>{m,n}</c>, without anything that repeats without end. It is tried at the start of words only, on a few characters, without backtracking.
/// </summary>
internal sealed class ValuePattern
{
    /// <summary>Characters of a value.</summary>
    public const int Longest = 32;

    private const int LongestExpression = 100;
    private const int MostRepeats = 32;
    // What may be skipped before and within is little: the rest is not looked at.
    private const int Reach = 160;
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789[]{}()|?,-_./\\");
    private static readonly Regex RepeatForm = new(@"\{(?:\d{1,4},)?(?<most>\d{1,4})\}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex OpenForm = new(@"\{\d{0,9},\}|\{,|\(\?", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private static readonly Regex EscapeForm = new(@"\\[^d.\-/\\]|\\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    private readonly Regex _form;

    private ValuePattern(Regex form) => _form = form;

    /// <summary>Reads an expression as it stands between slashes.</summary>
    public static ValuePattern? Parse(string expression, out PatternTrouble? trouble)
    {
        trouble = null;
        if (expression.Length is 0 or > LongestExpression || expression.AsSpan().ContainsAnyExcept(Allowed))
        {
            trouble = new PatternTrouble(
                $"The value '/{expression}/' has something other than letters, digits, [classes], \\d, groups, |, ? and {{m,n}}, or over {LongestExpression} characters.",
                @"Write it such as /[A-Z]{2}\d{6}/; nothing may repeat without end.");
            return null;
        }

        try
        {
            var isBounded = RepeatForm.Matches(expression).All(match => int.Parse(match.Groups["most"].Value, System.Globalization.CultureInfo.InvariantCulture) <= MostRepeats);
            if (isBounded && !OpenForm.IsMatch(expression) && !EscapeForm.IsMatch(expression) && !HasAnySign(expression))
            {
                // Expressions come from signed dictionaries, and this engine's time is linear whatever they are.
                return new ValuePattern(new Regex($@"\A(?:{expression})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture));
            }
        }
        catch (Exception broken) when (broken is ArgumentException or NotSupportedException or OverflowException)
        {
            // Told below.
        }

        trouble = new PatternTrouble(
            $"The value '/{expression}/' does not hold together.", $@"Close what opens, repeat at most {MostRepeats} times ({{m,n}}, not {{m,}}), and escape nothing but d . - / \.");
        return null;
    }

    /// <summary>The value at one of the next words, in capitals and plain width; null when there is none.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="from">Where the words before it end.</param>
    /// <param name="gap">So many words may be passed over.</param>
    public string? Find(string text, int from, int gap)
    {
        var near = text.AsSpan(from, Math.Min(Reach, text.Length - from));
        var plain = near.IndexOfAnyExceptInRange(' ', '~') < 0 ? near.ToString() : Normal(near);
        var at = 0;
        for (var passed = 0; passed <= gap; passed++)
        {
            while (at < plain.Length && !char.IsLetterOrDigit(plain[at]))
            {
                if (plain[at++] is '\n' or '\u3002')
                {
                    return null;
                }
            }

            if (!IsPieceOfNumber(plain, at) && At(plain, at) is { } value)
            {
                return value;
            }

            at = WordEnd(plain, at);
        }

        return null;
    }

    // "03.12" of "1980.03.12" is no value: nobody writes one so, and it may be somebody's birthday.
    private static bool IsPieceOfNumber(string plain, int at) =>
        at > 1 && at < plain.Length && char.IsAsciiDigit(plain[at]) && plain[at - 1] is '.' or '-' or '/' && char.IsAsciiDigit(plain[at - 2]);

    // A value may stand right behind letters of a script without spaces: "番号はAB123456です".
    private static int WordEnd(string plain, int at)
    {
        var isUnspaced = at < plain.Length && ConceptLetters.IsUnspaced(plain[at]);
        while (at < plain.Length && char.IsLetterOrDigit(plain[at]) && ConceptLetters.IsUnspaced(plain[at]) == isUnspaced)
        {
            at++;
        }

        return at;
    }

    // Half of a pair, where the reach ends, is no text.
    private static string Normal(ReadOnlySpan<char> near) => new string(char.IsHighSurrogate(near[^1]) ? near[..^1] : near) is var text && text.IsNormalized(NormalizationForm.FormKC)
        ? text
        : text.Normalize(NormalizationForm.FormKC);

    private string? At(string plain, int at)
    {
        foreach (var match in _form.EnumerateMatches(plain.AsSpan(at)))
        {
            var (length, end) = (match.Length, at + match.Length);
            var isWhole = end == plain.Length || !(char.IsAsciiLetterOrDigit(plain[end]) || (plain[end] is '-' or '.' or '/' && end + 1 < plain.Length && char.IsAsciiLetterOrDigit(plain[end + 1])));
            return isWhole && length is > 0 and <= Longest && plain.AsSpan(at, length).ContainsAnyInRange('0', '9') ? plain.Substring(at, length).ToUpperInvariant() : null;
        }

        return null;
    }

    // A point that is not escaped stands for any character, and a value is no text.
    private static bool HasAnySign(string expression)
    {
        for (var i = 0; i < expression.Length; i++)
        {
            if (expression[i] == '\\')
            {
                i++;
            }
            else if (expression[i] == '.')
            {
                return true;
            }
        }

        return false;
    }
}
