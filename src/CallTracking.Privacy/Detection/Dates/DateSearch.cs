using System.Runtime.InteropServices;

namespace CallTracking.Privacy;

/// <summary>
/// Reads all dates of a text, in any spelling: numbers parted by separators or by the words of East Asia and Vietnam, the month as
/// a word of any language before, between or behind day and year, eras. It hangs on the numbers, and looks at so many letters
/// around each, so it is linear. A date without year is none. Reusable; one thread at a time.
/// </summary>
internal sealed class DateSearch
{
    // What a usual text needs; more than that is given back.
    private const int MostKept = 4096;

    private readonly List<DateReading> _readings = [];
    private List<DateNumber> _numbers = [];

    /// <summary>Gathers the numbers of a text, and says how many there are: each may begin a date.</summary>
    public int Begin(FoldedText text, string original)
    {
        _numbers = _numbers.Capacity > MostKept ? [] : _numbers;
        _numbers.Clear();
        DateNumber.Collect(text, original, _numbers);
        return _numbers.Count;
    }

    /// <summary>The readings of the dates that begin with a number; one place may have several. Valid until the next call.</summary>
    public ReadOnlySpan<DateReading> At(FoldedText text, string original, int number)
    {
        _readings.Clear();
        ReadAt(new DateLetters(text, original), CollectionsMarshal.AsSpan(_numbers), number);
        return CollectionsMarshal.AsSpan(_readings);
    }

    private void ReadAt(in DateLetters letters, ReadOnlySpan<DateNumber> numbers, int index)
    {
        var first = numbers[index];
        if (first.Digits == 6 && !letters.IsGlued(first.First) && !letters.IsGlued(first.End))
        {
            AddCompact(letters, first);
        }

        if (first.Digits > 4 || index + 1 == numbers.Length || numbers[index + 1] is not { Digits: <= 4 } second)
        {
            return;
        }

        var joint = letters.Join(first.End, second.First);
        if (joint < 0)
        {
            return;
        }

        if ((joint & DateWords.Months) != 0)
        {
            AddPair(letters, first.First, second.End, first, second, joint);
            return;
        }

        if (joint <= DateWords.Joint)
        {
            ReadWithMonthOutside(letters, first, second);
        }

        if (index + 2 < numbers.Length && numbers[index + 2] is { Digits: <= 4 } third
            && letters.Join(second.End, third.First) is >= 0 and var other && (other & DateWords.Months) == 0)
        {
            ReadThree(letters, numbers, index, joint, other);
        }
    }

    // "March 4, 1971", and "1971. gada 4. martā".
    private void ReadWithMonthOutside(in DateLetters letters, in DateNumber first, in DateNumber second)
    {
        if (first.Digits <= 2 && second.Digits is 2 or 4 && letters.MonthBefore(first.First) is { Word: > 0 } before)
        {
            Add(letters, before.At, second.End, second, before.Word, first.Value);
        }

        if (first.Digits == 4 && second.Digits <= 2 && !letters.EndsPart(first) && letters.MonthBehind(second.End) is { Word: > 0 } behind)
        {
            Add(letters, first.First, behind.At, first, behind.Word, second.Value);
        }
    }

    // The month between day and year, whichever is first.
    private void AddPair(in DateLetters letters, int from, int to, in DateNumber first, in DateNumber second, int month)
    {
        if (first.Digits <= 2 && second.Digits is 2 or 4)
        {
            Add(letters, from, to, second, month, first.Value);
        }

        if (first.Digits is 2 or 4 && second.Digits <= 2 && !letters.EndsPart(first))
        {
            Add(letters, from, to, first, month, second.Value);
        }
    }

    private void ReadThree(in DateLetters letters, ReadOnlySpan<DateNumber> numbers, int index, int joint, int other)
    {
        var (first, second, third) = (numbers[index], numbers[index + 1], numbers[index + 2]);
        if (first.Digits <= 3 && DateEras.At(letters.Text, first.First) is { Before: > 0 } era)
        {
            var year = new DateNumber(first.First, first.End, first.Value + era.Before, 4);
            Add(letters, era.First, letters.PastDayUnit(third.End), year, Month(second.Value), third.Value);
        }

        if ((joint & DateWords.YearUnit) != 0)
        {
            Add(letters, first.First, letters.PastDayUnit(third.End), first, Month(second.Value), third.Value);
            return;
        }

        // Vietnam's day is before its month, China's behind it, also where the year comes last.
        if ((joint & DateWords.MonthUnit) != 0)
        {
            var (day, month) = (other & DateWords.DayUnit) == 0 ? (first.Value, second.Value) : (second.Value, first.Value);
            Add(letters, first.First, third.End, third, Month(month), day);
            return;
        }

        var isShort = first.Digits < 4 && third.Digits < 4;
        if (!letters.IsParted(first.End, second.First) || !letters.IsParted(second.End, third.First)
            || (isShort && (letters.IsGlued(first.First) || GoesOn(letters, numbers, index))))
        {
            return;
        }

        if (third.Digits is 2 or 4)
        {
            Add(letters, first.First, third.End, third, Month(second.Value), first.Value);
            Add(letters, first.First, third.End, third, Month(first.Value), second.Value);
        }

        if (first.Digits >= 2)
        {
            Add(letters, first.First, third.End, first, Month(second.Value), third.Value);
        }
    }

    // 10.4.3.71 is no date, nor is 04 03 71 22 33: one more number behind the same separator.
    private static bool GoesOn(in DateLetters letters, ReadOnlySpan<DateNumber> numbers, int index)
    {
        var separator = letters.Between(numbers[index], numbers[index + 1]);
        return (index > 0 && letters.Between(numbers[index - 1], numbers[index]).SequenceEqual(separator) && numbers[index - 1].End == numbers[index].First)
            || (index + 3 < numbers.Length && numbers[index + 2].End == numbers[index + 3].First && letters.Between(numbers[index + 2], numbers[index + 3]).SequenceEqual(separator));
    }

    private void AddCompact(in DateLetters letters, in DateNumber number)
    {
        var (one, two, three) = (number.Value / 10_000, number.Value / 100 % 100, number.Value % 100);
        AddReading(letters, number.First, number.End, one, YearForm.Short, Month(two), three, isCompact: true);
        AddReading(letters, number.First, number.End, three, YearForm.Short, Month(two), one, isCompact: true);
        AddReading(letters, number.First, number.End, three, YearForm.Short, Month(one), two, isCompact: true);
    }

    private static int Month(int number) => number is >= 1 and <= 12 ? 1 << number : 0;

    private void Add(in DateLetters letters, int from, int to, in DateNumber year, int months, int day)
    {
        if (year.Digits == 4)
        {
            AddReading(letters, from, to, year.Value, YearForm.Full, months, day);
            return;
        }

        if (year.Digits == 2)
        {
            AddReading(letters, from, to, year.Value, (months & DateWords.Thai) != 0 ? YearForm.ShortBuddhist : YearForm.Short, months, day);
        }

        AddReading(letters, from, to, year.Value, YearForm.Minguo, months, day);
    }

    private void AddReading(in DateLetters letters, int from, int to, int year, YearForm form, int months, int day, bool isCompact = false)
    {
        if (day is >= 1 and <= 31 && (months & DateWords.Months) is > 0 and var named)
        {
            _readings.Add(new DateReading(letters.StartOf(from), letters.EndOf(to - 1), year, form, named, day) { IsCompact = isCompact });
        }
    }
}
