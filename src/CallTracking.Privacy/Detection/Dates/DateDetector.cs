using System.Buffers;
using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>
/// Dates of birth behind a word for them; other dates only where they are most of a short text, for whose date it is cannot be
/// told there, and in longer texts dates are the case's. Ages of persons.
/// </summary>
internal sealed class DateDetector() : ValueDetector(ClassSet.Of(DataClass.BirthDate).Or(ClassSet.Of(DataClass.PersonalDate)).Or(ClassSet.Of(DataClass.Demographic)))
{
    private const int BirthWidth = 24;
    private const int LongestShort = 64;
    private const double MostOfText = 0.4;

    private static readonly SearchValues<char> Stops = SearchValues.Create(".,;:!?|/()\t\r\n0123456789。，、：；！？（）｜・؛،।");

    [ThreadStatic]
    private static FoldedText? _folded;

    [ThreadStatic]
    private static DateSearch? _search;

    public override void Find(TextScan scan)
    {
        FindNumbers(scan);
        if (scan.Wants(EntityKinds.BirthDate) && scan.Nearby.Has(ContextWords.Birth))
        {
            FindBirths(scan);
        }
    }

    // Behind a word for birth a date may be spelled in any way.
    private static void FindBirths(TextScan scan)
    {
        var folded = _folded ??= new FoldedText();
        folded.Load(scan.Text);
        var search = _search ??= new DateSearch();
        var (last, numbers) = (0, search.Begin(folded, scan.Text));
        for (var number = 0; number < numbers; number++)
        {
            foreach (ref readonly var date in search.At(folded, scan.Text, number))
            {
                if (date.Start >= last && date is { IsUsual: true, IsCompact: false } && IsOfBirth(scan, date.Start, date.End))
                {
                    scan.Add(date.Start, date.End, EntityKinds.BirthDate, scan.Text[date.Start..date.End], 0.9f);
                    last = date.End;
                }
            }
        }
    }

    private static bool IsOfBirth(TextScan scan, int start, int end) => scan.Nearby.Before(start, ContextWords.Birth) <= BirthWidth || IsBorn(scan, end);

    // "am 3.4.1971 in Köln geboren": in the same breath, and without a date behind the word, which would be the word's own.
    private static bool IsBorn(TextScan scan, int end)
    {
        if (scan.Nearby.FirstAfter(end, ContextWords.Born) is not { } word || word.Start - end > BirthWidth)
        {
            return false;
        }

        for (var at = word.End; at < scan.Text.Length && at - word.End < BirthWidth; at++)
        {
            if (TextSigns.IsDigit(scan.Text[at]))
            {
                return false;
            }
        }

        return scan.Text.AsSpan(end, word.Start - end).IndexOfAny(Stops) < 0;
    }

    private static void FindNumbers(TextScan scan)
    {
        var runs = scan.Digits;
        var last = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            if (runs[i].Start < last || !MayBe(runs[i]))
            {
                continue;
            }

            if (runs[i].Length is 1 or 2 or 4 && DateReader.At(scan.Text, runs, i) is { IsNone: false } date)
            {
                AddDate(scan, date);
                last = date.End;
            }
            else if (runs[i].Length is 4 or 8)
            {
                AddDigits(scan, runs[i]);
            }
            else if (runs[i].Length <= 3 && scan.Wants(EntityKinds.Age) && AgeReader.At(scan, runs[i]) is { IsNone: false } age)
            {
                scan.Add(age.Start, age.End, EntityKinds.Age, scan.Text[age.Start..age.End], 0.8f);
            }
        }
    }

    // A number of another length, or one that goes on a word, is neither a day nor a year nor an age.
    private static bool MayBe(DigitGroup run) => run.Length is 4 or 8 || (run.Length < 4 && !(run.Before is TextSigns.Letter or >= (byte)'0'));

    private static void AddDate(TextScan scan, DatePlace date)
    {
        if (IsOfBirth(scan, date.Start, date.End))
        {
            scan.Add(date.Start, date.End, EntityKinds.BirthDate, scan.Text[date.Start..date.End], 0.9f);
        }
        else if (scan.Text.Length <= LongestShort && IsMostOf(scan.Text, date))
        {
            scan.Add(date.Start, date.End, EntityKinds.Date, scan.Text[date.Start..date.End], 0.5f);
        }
    }

    // 19550313 behind a word for birth; a year that is the whole text.
    private static void AddDigits(TextScan scan, DigitGroup run)
    {
        if (run.Length == 4)
        {
            if (scan.Text.Length == 4 && DateReader.Value(scan.Text, run) is >= 1900 and <= 2100)
            {
                scan.Add(run.Start, run.End, EntityKinds.Date, scan.Text, 0.4f);
            }

            return;
        }

        if (!scan.Nearby.Has(ContextWords.Birth))
        {
            return;
        }

        var text = scan.Text;
        Span<char> digits = stackalloc char[8];
        for (var i = 0; i < 8; i++)
        {
            digits[i] = TextSigns.Plain(text[run.Start + i]);
        }

        if (CheckDigits.IsYearMonthDay(digits, 2) && CheckDigits.Two(digits, 0) is 19 or 20
            && scan.Nearby.Before(run.Start, ContextWords.Birth) <= BirthWidth && !ValueEdges.ContinuesBefore(text, run.Start) && !ValueEdges.ContinuesAfter(text, run.End))
        {
            scan.Add(run.Start, run.End, EntityKinds.BirthDate, text[run.Start..run.End], 0.85f);
        }
    }

    private static bool IsMostOf(string text, DatePlace date)
    {
        var letters = 0;
        foreach (var sign in text)
        {
            letters += TextSigns.Of(sign) is TextSigns.Space or TextSigns.None ? 0 : 1;
        }

        return date.End - date.Start >= MostOfText * letters;
    }
}
