using CallTracking.Contracts;

namespace CallTracking.Privacy;

/// <summary>Places on earth: two decimals with four digits behind the point or more, in range; or degrees with a letter for the direction.</summary>
internal sealed class CoordinateDetector : IValueDetector
{
    private const int FewestDecimals = 4;
    private const int WidestGap = 3;

    public ClassSet Classes { get; } = ClassSet.Of(DataClass.Coordinates);

    public void Find(TextScan scan)
    {
        var runs = scan.Digits;
        for (var i = 0; i + 3 < runs.Length; i++)
        {
            if (Decimal(scan.Text, runs, i) is var (start, end) && end > 0
                && Decimal(scan.Text, runs, i + 2) is var (second, last) && last > 0 && second - end is >= 1 and <= WidestGap + 3
                && Between(scan.Text, end, second)
                && DateReader.Value(scan.Text, runs[i]) <= 90 && DateReader.Value(scan.Text, runs[i + 2]) <= 180)
            {
                scan.Add(start, last, EntityKinds.Coordinates, scan.Text[start..last], 0.8f);
                i += 3;
            }
        }
    }

    // Start with sign, and end; an end of 0 when it is none.
    private static (int Start, int End) Decimal(string text, ReadOnlySpan<DigitGroup> runs, int index)
    {
        var (whole, part) = (runs[index], runs[index + 1]);
        if (whole.Length > 3 || part.Length is < FewestDecimals or > 12 || part.Start != whole.End + 1 || text[whole.End] != '.')
        {
            return default;
        }

        var start = whole.Start > 0 && text[whole.Start - 1] is '-' or '−' or '+' ? whole.Start - 1 : whole.Start;
        return start > 0 && (TextSigns.IsWord(text[start - 1]) || text[start - 1] is '$' or '€') ? default : (start, part.End);
    }

    private static bool Between(string text, int from, int to)
    {
        var comma = false;
        for (var i = from; i < to; i++)
        {
            if (text[i] is not (' ' or ',' or ';' or '/' or '°' or 'N' or 'S' or '-' or '−' or '+'))
            {
                return false;
            }

            comma |= text[i] is ',' or ';' or '/' or '°';
        }

        return comma;
    }
}
