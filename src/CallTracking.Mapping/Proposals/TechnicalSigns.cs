using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Proposals;

/// <summary>
/// What proves that a column of few words tells nothing of a person, so that it may leave in the clear. That its words are few proves nothing: five
/// hundred rows have twenty callers, or twenty postcodes.
/// </summary>
internal static partial class TechnicalSigns
{
    // Levels and counts; larger numbers may be ages.
    private const int LargestCount = 15;

    private static readonly string[] Tables = ["status", "priority", "channel", "kind", "repair.warranty"];

    private static readonly HashSet<string> PlainFields = new(StringComparer.Ordinal)
    {
        "status", "priority", "channel", "kind", "language", "product.category", "product.model", "product.firmware", "brand", "repair.warranty", "satisfaction.csat", "satisfaction.nps",
        FieldKinds.OnlyClass + "technical",
    };

    /// <summary>The proof; null where there is none.</summary>
    public static string? Of(ColumnSample column)
    {
        if (!column.IsNamed || !column.IsOfFewWords || PersonalWords.Has(column.Label))
        {
            return null;
        }

        return WordTable.Fields.Find(HeaderPath.Split(column.Label).Last).Where(match => match.IsWhole).ToList() is { Count: > 0 } whole && whole.TrueForAll(match => PlainFields.Contains(match.Key)) ? $"header '{whole[0].Word}' ({whole[0].Language})"
            : column.Share(value => int.TryParse(value, out var count) && count is >= 0 and <= LargestCount) >= 1 ? "small whole numbers"
            : column.Share(value => Code().IsMatch(value)) >= 1 ? "codes"
            : column.Share(IsKnown) >= 1 ? "words of states, channels or flags"
            : null;
    }

    private static bool IsKnown(string value) => Array.Exists(Tables, table => ColumnCandidates.ValueOf(table, value) is { IsWhole: true });

    [GeneratedRegex(@"^[A-Z]{1,4}[-_]?\d{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
