using System.Buffers;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>E-mail addresses, internationalised ones too, anchored at the @, a code of it, a word for it in brackets, or its name.</summary>
internal sealed class EmailDetector() : ValueDetector(ClassSet.Of(DataClass.Email))
{
    private const int LongestLocal = 64;

    private static readonly SearchValues<char> Names = SearchValues.Create("/=?&");

    private enum Spelling
    {
        /// <summary>With the sign, or a word in brackets for it.</summary>
        Sign,

        /// <summary>Blanks stand around the brackets.</summary>
        Parted,

        /// <summary>With a code of the sign.</summary>
        Coded,

        /// <summary>With the sign's name.</summary>
        Named,
    }

    public override void Find(TextScan scan)
    {
        var last = 0;
        foreach (var at in scan.Ats)
        {
            last = at >= last ? Add(scan, at, at + 1, Spelling.Sign, last) : last;
        }

        FindCoded(scan);
        FindNamed(scan);
        last = 0;
        for (var at = scan.Blocks.NextOpen(0); at >= 0; at = scan.Blocks.NextOpen(at + 1))
        {
            if (at >= last && SpelledSigns.EndOf(scan.Text, at, SpelledSigns.Ats) is >= 0 and var behind
                && SpelledSigns.SkipBlanks(scan.Text, behind) is var domain && domain < scan.Text.Length && char.IsLetterOrDigit(scan.Text[domain]))
            {
                var localEnd = SpelledSigns.SkipBlanksBack(scan.Text, at);
                last = Add(scan, localEnd, domain, localEnd < at || domain > behind ? Spelling.Parted : Spelling.Sign, last);
            }
        }
    }

    // hans%40gmx.de, hans&#64;gmx.de, hans_at_gmx.de
    private static void FindCoded(TextScan scan)
    {
        var text = scan.Text;
        var last = 0;
        foreach (var run in scan.Digits)
        {
            if (run.Length >= 2 && run.Start > last && text[run.Start - 1] is '%' or '#' && LengthOfCode(text, run) is > 0 and var length)
            {
                var start = text[run.Start - 1] == '%' ? run.Start - 1 : run.Start - 2;
                last = Add(scan, start, start + length, Spelling.Coded, last);
            }
        }

        last = 0;
        for (var at = 0; text.AsSpan(at).IndexOf('_') is >= 0 and var next; at++)
        {
            at += next;
            if (at >= last && text.AsSpan(at).StartsWith("_at_", StringComparison.OrdinalIgnoreCase))
            {
                last = Add(scan, at, at + "_at_".Length, Spelling.Coded, last);
            }
        }
    }

    private static int LengthOfCode(string text, DigitGroup run)
    {
        var number = text.AsSpan(run.Start, run.Length);
        return number.StartsWith("40") && text[run.Start - 1] == '%' ? "%40".Length
            : number is "64" && text.AsSpan(0, run.Start).EndsWith("&#") && run.End < text.Length && text[run.End] == ';' ? "&#64;".Length
            : 0;
    }

    // "juan punto perez arroba gmail punto com"
    private static void FindNamed(TextScan scan)
    {
        if (!scan.Nearby.Has(ContextWords.SpelledAt))
        {
            return;
        }

        var last = 0;
        for (var word = scan.Nearby.Next(0, ContextWords.SpelledAt); word is { } sign; word = scan.Nearby.Next(sign.End, ContextWords.SpelledAt))
        {
            var (localEnd, domain) = (SpelledSigns.SkipBlanksBack(scan.Text, sign.Start), SpelledSigns.SkipBlanks(scan.Text, sign.End));
            if (sign.Start >= last && domain < scan.Text.Length)
            {
                last = Add(scan, localEnd, domain, Spelling.Named, last);
            }
        }
    }

    // The end of the address whose local part ends at a place and whose domain begins at another; the last one's when there is none.
    private static int Add(TextScan scan, int localEnd, int domainStart, Spelling spelling, int last)
    {
        var text = scan.Text;
        var domain = new EmailDomain(stackalloc char[EmailDomain.Longest], isBare: spelling == Spelling.Named);
        if (StartOfLocal(text, localEnd, spelling, last) is var start && start < localEnd && domain.Read(text, domainStart) is var end && end >= 0
            && (spelling == Spelling.Sign || domain.IsKnown()) && !(spelling == Spelling.Coded && domain.IsFile())
            && !(spelling == Spelling.Named && IsSaidOfThing(text, start, localEnd, domainStart, end)))
        {
            var local = text[start..localEnd];
            for (var before = BeforeDot(text, start, domain.IsKnown(), spelling);
                before > last && LocalStart(text, before) is var next && next < before && next >= last && local.Length + before - next < LongestLocal;
                before = BeforeDot(text, start, domain.IsKnown(), spelling))
            {
                local = $"{text.AsSpan(next, before - next)}.{local}";
                start = next;
            }

            scan.Add(start, end, EntityKinds.Email, PseudonymForm.Of(DataClass.Email, $"{local}@{domain.Name}", ""), 1);
            return end;
        }

        return last;
    }

    // Where what stands before a dot in words ends: "hans[dot]meier", with blanks around before a known top level only; -1 without one.
    private static int BeforeDot(string text, int start, bool mayHaveBlanks, Spelling spelling)
    {
        if (spelling == Spelling.Named && SpelledSigns.StartOfBare(text, start, SpelledSigns.Dots) is >= 0 and var bare)
        {
            return bare;
        }

        var bracket = SpelledSigns.StartOf(text, mayHaveBlanks ? SpelledSigns.SkipBlanksBack(text, start) : start, SpelledSigns.Dots);
        return bracket >= 0 && mayHaveBlanks ? SpelledSigns.SkipBlanksBack(text, bracket) : bracket;
    }

    // Of a dog, a monkey or a snail: "моя собака example.com" has neither a name in Latin letters nor a word for the dot.
    private static bool IsSaidOfThing(string text, int start, int localEnd, int domainStart, int end) =>
        !System.Text.Ascii.IsValid(text.AsSpan(start, localEnd - start)) && text.AsSpan(domainStart, end - domainStart).IndexOfAny('.', '．') >= 0;

    // In a page's address a value begins behind what names it: ?mail=hans%40gmx.de.
    // Behind the last address: of "a@x.de|b@y.de" the signs between are no one's.
    private static int StartOfLocal(string text, int end, Spelling spelling, int last)
    {
        var start = LocalStart(text, end);
        if (start < last)
        {
            start = last;
            while (start < end && !char.IsLetterOrDigit(text[start]))
            {
                start++;
            }
        }

        return spelling == Spelling.Coded ? start + text.AsSpan(start, end - start).LastIndexOfAny(Names) + 1 : start;
    }

    private static int LocalStart(string text, int at)
    {
        var unspaced = at > 0 && EmailDomain.IsUnspaced(text[at - 1]);
        var start = at;
        while (start > 0 && at - start < LongestLocal && IsLocal(text[start - 1], unspaced))
        {
            start--;
        }

        while (start < at && text[start] is '.' or '-' or '\'' or '．')
        {
            start++;
        }

        return start;
    }

    private static bool IsLocal(char letter, bool unspaced) =>
        EmailDomain.IsWord(letter, unspaced) || letter is '.' or '_' or '%' or '+' or '-' or '\'' or '!' or '#' or '&' or '*' or '/' or '=' or '?' or '^' or '{' or '|' or '}' or '~' or '．';
}
