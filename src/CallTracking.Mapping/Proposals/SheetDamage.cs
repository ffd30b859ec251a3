using System.Text.RegularExpressions;

namespace CallTracking.Mapping.Proposals;

/// <summary>What a spreadsheet does to numbers that are none: it wraps them in formulas, or keeps only their first digits.</summary>
internal static partial class SheetDamage
{
    /// <summary>Takes the text out of a formula, and any other as it is.</summary>
    public const string Unwrapping = "pattern: '^=\"(?<text>.*)\"$', unmatched: keep";

    /// <summary>Most values are formulas that give a text: <c>="000012"</c>.</summary>
    public static bool IsOfFormulas(ColumnSample column) => column.Share(value => Formula().IsMatch(value)) > 0.5;

    /// <summary>What to know of the columns that a spreadsheet wrote so.</summary>
    public static IReadOnlyList<string> Questions(IReadOnlyList<ColumnSample> columns) =>
    [
        .. columns.Where(IsOfFormulas).Select(column => $"'{column.Name}' holds formulas of a spreadsheet (=\"…\"), which are read as they are written: can the export be had without them? A field takes the text out with {{from: {YamlText.Of(column.Name)}, {Unwrapping}}}; a key cannot, and cases of a later export without formulas would be new ones."),
        .. columns.Where(column => column.Share(value => Exponent().IsMatch(value)) > 0).Select(column => $"'{column.Name}' has numbers with an exponent (…E+10): a spreadsheet kept their first digits only, and nobody can bring the others back. Can the export be had as the help desk wrote it, or with that column as text?"),
    ];

    [GeneratedRegex("^=\".*\"$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Formula();

    // As spreadsheets write what is too wide; numbers of fewer digits they leave as they are.
    [GeneratedRegex(@"^[+-]?\d([.,]\d+)?E\+(0[5-9]|[1-9]\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Exponent();
}
