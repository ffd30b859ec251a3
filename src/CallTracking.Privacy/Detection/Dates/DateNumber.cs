using System.Buffers;

namespace CallTracking.Privacy;

/// <summary>A number of a folded text, in digits of any script or in Han numerals.</summary>
/// <param name="First">Its first folded letter.</param>
/// <param name="End">One past its last.</param>
/// <param name="Value">0 for one of more than eight digits.</param>
/// <param name="Digits">How many digits it has.</param>
internal readonly record struct DateNumber(int First, int End, int Value, int Digits)
{
    private const int MostDigits = 8;
    private const int MostValue = 99_999_999;
    private const string Numerals = "零一二三四五六七八九";
    private const string Tens = "十廿卅";

    private static readonly SearchValues<char> Signs = SearchValues.Create("0123456789元" + Numerals + Tens);

    /// <summary>Adds all numbers of a text, in order.</summary>
    public static void Collect(FoldedText text, string original, List<DateNumber> numbers)
    {
        var letters = text.Letters;
        var starts = text.Starts;
        var ends = text.Ends;
        for (var at = 0; at < letters.Length;)
        {
            var next = letters[at..].IndexOfAny(Signs);
            if (next < 0)
            {
                return;
            }

            at += next;
            if (!char.IsAsciiDigit(letters[at]))
            {
                var number = Han(text, original, at);
                numbers.Add(number);
                at = number.End;
                continue;
            }

            var (first, value) = (at, 0);
            do
            {
                value = at - first < MostDigits ? (value * 10) + letters[at] - '0' : 0;
                at++;
            }
            while (at < letters.Length && char.IsAsciiDigit(letters[at]) && starts[at] <= ends[at - 1]);

            numbers.Add(new DateNumber(first, at, at - first > MostDigits ? 0 : value, at - first));
        }
    }

    // 四十六, 一九七一, 二〇二五 (whose circle folds to nothing), and 元 for an era's first year.
    private static DateNumber Han(FoldedText text, string original, int first)
    {
        var (value, unit, digits) = (0L, 0L, 0);
        var place = text.Starts[first];
        for (; place < original.Length && digits <= MostDigits; place++, digits++)
        {
            var sign = original[place];
            if (Tens.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var tens)
            {
                value = Math.Max(unit, 1L) * 10 * (tens + 1);
                unit = 0;
            }
            else if (sign == '元' || sign is '〇' or '○' || Numerals.Contains(sign, StringComparison.Ordinal))
            {
                unit = (unit * 10) + (sign == '元' ? 1 : Math.Max(0, Numerals.IndexOf(sign, StringComparison.Ordinal)));
            }
            else
            {
                break;
            }
        }

        var end = first + 1;
        while (end < text.Count && text.Starts[end] < place)
        {
            end++;
        }

        value += unit;
        return digits > MostDigits || value > MostValue ? new DateNumber(first, end, 0, MostDigits + 1) : new DateNumber(first, end, (int)value, value > 999 ? 4 : value > 99 ? 3 : value > 9 ? 2 : 1);
    }
}
