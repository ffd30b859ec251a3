namespace CallTracking.Privacy;

/// <summary>Eras that stand before a year: 昭和46年, S46.3.4, 民國60年.</summary>
internal static class DateEras
{
    /// <summary>Taiwan's years count from 1912.</summary>
    public const int Minguo = 1911;

    private const int WidestGap = 2;

    private static readonly (string Name, int Before)[] Names =
    [
        ("民國", Minguo), ("民国", Minguo), ("令和", 2018), ("平成", 1988), ("昭和", 1925), ("大正", 1911), ("明治", 1867),
        ("roc", Minguo), ("r", 2018), ("h", 1988), ("s", 1925), ("t", 1911), ("m", 1867),
    ];

    /// <summary>The year before an era's first, and where the era's name begins; 0 when none stands before this letter.</summary>
    public static (int Before, int First) At(FoldedText text, int at)
    {
        var letters = text.Letters;
        var starts = text.Starts;
        var ends = text.Ends;
        if (at == 0 || starts[at] - ends[at - 1] > WidestGap)
        {
            return default;
        }

        foreach (var (name, before) in Names)
        {
            var first = at - name.Length;
            if (first >= 0 && letters[first..at].SequenceEqual(name)
                && (!char.IsAsciiLetter(name[0]) || first == 0 || starts[first] > ends[first - 1] || Folding.IsUnspaced(letters[first - 1])))
            {
                return (before, first);
            }
        }

        return default;
    }
}
