using System.Buffers;

namespace CallTracking.Privacy;

/// <summary>
/// Which number a word for orders, invoices, serial numbers and their like (<see cref="ContextWords.Other"/>) speaks of, beyond how
/// near it stands: of the first one behind it.
/// </summary>
internal static class OrderWords
{
    private static readonly SearchValues<char> Commas = SearchValues.Create(",;!?\r\n，；、。！？");

    /// <summary>Such a word is the last one before a place, and no number stands between.</summary>
    public static bool StandRightBefore(TextScan scan, int start) =>
        scan.Nearby.LastBefore(start, ContextWords.Other) is { } word && LabelWords.Skip(scan.Text, word.End) >= start;

    /// <summary>Another number stands between such a word and a place, and a comma or its like behind that.</summary>
    public static bool AreUsedUp(TextScan scan, int start)
    {
        if (scan.Nearby.LastBefore(start, ContextWords.Other) is not { } word)
        {
            return false;
        }

        var between = scan.Text.AsSpan(word.End, start - word.End);
        var comma = between.LastIndexOfAny(Commas);
        return comma > 0 && HasDigit(between[..comma]);
    }

    /// <summary>A number stands between such a word and a place.</summary>
    public static bool HaveNumberBetween(TextScan scan, int start) =>
        scan.Nearby.LastBefore(start, ContextWords.Other) is { } word && HasDigit(scan.Text.AsSpan(word.End, start - word.End));

    private static bool HasDigit(ReadOnlySpan<char> text)
    {
        foreach (var sign in text)
        {
            if (TextSigns.IsDigit(sign))
            {
                return true;
            }
        }

        return false;
    }
}
