using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>E-mail addresses, internationalised ones too, anchored at the @ or at a word for it in brackets.</summary>
internal sealed class EmailDetector() : ValueDetector(ClassSet.Of(DataClass.Email))
{
    private const int LongestLocal = 64;

    public override void Find(TextScan scan)
    {
        var last = 0;
        foreach (var at in scan.Ats)
        {
            last = at >= last ? Add(scan, at, at + 1, isParted: false, last) : last;
        }

        last = 0;
        for (var at = scan.Blocks.NextOpen(0); at >= 0; at = scan.Blocks.NextOpen(at + 1))
        {
            if (at >= last && SpelledSigns.EndOf(scan.Text, at, SpelledSigns.Ats) is >= 0 and var behind
                && SpelledSigns.SkipBlanks(scan.Text, behind) is var domain && domain < scan.Text.Length && char.IsLetterOrDigit(scan.Text[domain]))
            {
                var localEnd = WithoutBlanks(scan.Text, at);
                last = Add(scan, localEnd, domain, isParted: localEnd < at || domain > behind, last);
            }
        }
    }

    // The end of the address whose local part ends at a place and whose domain begins at another; the last one's when there is none.
    private static int Add(TextScan scan, int localEnd, int domainStart, bool isParted, int last)
    {
        var text = scan.Text;
        var domain = new EmailDomain(stackalloc char[EmailDomain.Longest]);
        if (LocalStart(text, localEnd) is var start && start < localEnd && domain.Read(text, domainStart) is var end && end >= 0 && (!isParted || domain.IsKnown()))
        {
            var local = text[start..localEnd];
            for (var before = BeforeDot(text, start, domain.IsKnown());
                before > last && LocalStart(text, before) is var next && next < before && next >= last && local.Length + before - next < LongestLocal;
                before = BeforeDot(text, start, domain.IsKnown()))
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
    private static int BeforeDot(string text, int start, bool mayHaveBlanks)
    {
        var bracket = SpelledSigns.StartOf(text, mayHaveBlanks ? WithoutBlanks(text, start) : start, SpelledSigns.Dots);
        return bracket >= 0 && mayHaveBlanks ? WithoutBlanks(text, bracket) : bracket;
    }

    private static int WithoutBlanks(string text, int end)
    {
        for (var blanks = 0; blanks < SpelledSigns.MostBlanks && end > 0 && TextSigns.Of(text[end - 1]) == TextSigns.Space; blanks++)
        {
            end--;
        }

        return end;
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
