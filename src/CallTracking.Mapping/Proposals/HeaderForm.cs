namespace CallTracking.Mapping.Proposals;

/// <summary>The plain form of a header, in which its turns and abbreviations are one: "Vorgangsnr." and "Vorgangs-Nummer", "N° de ticket" and "ticket no".</summary>
internal static class HeaderForm
{
    private const string Number = "n°";

    // Less says nothing without what was dropped: "né le".
    private const int Shortest = 4;

    private static readonly HashSet<string> Numbers = ["n°", "no", "nr", "nro", "num", "number", "nummer", "numero", "numer", "номер", "numarasi"];

    private static readonly string[] NumberEnds = ["nummer", "nr"];

    // What a time counts is said by its numbers as well.
    private static readonly string[] Units = ["ms", "msec", "millis", "ts", "epoch", "unix", "utc"];

    private static readonly HashSet<string> Dropped =
        ["of", "the", "at", "on", "am", "um", "de", "du", "des", "d", "l", "la", "le", "el", "del", "do", "da", "em", "di", "dell", "il", "op", "w", "dnia", .. Units];

    /// <summary>Null where nothing that tells one field from another is left.</summary>
    /// <param name="folded">By <see cref="WordTable.Fold"/>.</param>
    public static string? Of(string folded)
    {
        var (kept, isNumber) = (new List<string>(), false);
        foreach (var word in folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !Dropped.Contains(word)))
        {
            var end = Numbers.Contains(word) ? word : Array.Find(NumberEnds, end => word.Length > end.Length + 2 && word.EndsWith(end, StringComparison.Ordinal));
            isNumber |= end is not null;
            if (word[..^(end?.Length ?? 0)] is { Length: > 0 } rest)
            {
                kept.Add(rest);
            }
        }

        var plain = string.Join(' ', kept);
        return plain.Length == 0 || (!isNumber && plain.Length < Shortest) ? null : isNumber ? $"{plain} {Number}" : plain;
    }
}
