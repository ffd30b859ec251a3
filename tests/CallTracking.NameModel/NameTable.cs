using System.Globalization;

namespace CallTracking.NameTraining;

/// <summary>The lists of forenames and surnames: <c>names.tsv</c>.</summary>
internal sealed class NameTable(IReadOnlyList<NameTable.Row> rows)
{
    /// <summary>A row of the lists.</summary>
    public sealed record Row(string Country, string Kind, string Native, string Romanised, double Weight, string Source)
    {
        public bool IsSurname => Kind == "surname";
    }

    public IReadOnlyList<Row> Rows => rows;

    public static NameTable Read(string file) => new([.. File.ReadLines(file).Skip(1).Select(Parse)]);

    private static Row Parse(string line)
    {
        var cells = line.Split('\t');
        var weight = double.TryParse(cells[4], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
        return new Row(cells[0], cells[1], cells[2], cells[3], weight, cells[6]);
    }
}
