using CallTracking.SampleData.Files;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Desks;

/// <summary>A table of a help desk and what stands in it of a case. All values are texts that the database reads as its types.</summary>
/// <param name="Name">As the database names it.</param>
/// <param name="Columns">Their names, in the order of the rows' values.</param>
/// <param name="Rows">The rows of a case.</param>
internal sealed record DeskTable(string Name, string[] Columns, Func<Cells, IEnumerable<string?[]>> Rows)
{
    /// <summary>A table with one row a case.</summary>
    public static DeskTable OfCases(string name, params Column[] columns) =>
        new(name, Headers(columns), cells => [Values(columns, cells)]);

    /// <summary>A table with one row per entry of a case's conversation.</summary>
    /// <param name="name">As the database names it.</param>
    /// <param name="columns">A name and what stands there, by the entry and its rank in the conversation.</param>
    public static DeskTable OfRemarks(string name, params (string Name, Func<Cells, Remark, int, string?> Value)[] columns) =>
        new(
            name,
            [.. columns.Select(column => column.Name)],
            cells => cells.Draft.Remarks.Select((remark, rank) => columns.Select(column => column.Value(cells, remark, rank)).ToArray()));

    private static string[] Headers(Column[] columns) => [.. columns.Select(column => column.Header)];

    private static string?[] Values(Column[] columns, Cells cells) =>
        [.. columns.Select(column => column.Take(cells) is { Length: > 0 } value ? value : null)];
}
