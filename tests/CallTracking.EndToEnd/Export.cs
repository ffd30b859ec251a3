using System.Text;
using CallTracking.Testing;
using Microsoft.VisualBasic.FileIO;

namespace CallTracking.EndToEnd;

/// <summary>A delimited export of the shared data, read by another reader than ours.</summary>
internal sealed class Export
{
    private readonly string[] _header;
    private readonly List<string[]> _rows;

    private Export(string path, string[] header, List<string[]> rows)
    {
        Path = path;
        _header = header;
        _rows = rows;
    }

    public string Path { get; }

    public static Export Read(string relativePath, Encoding encoding)
    {
        var path = SharedData.Path(relativePath.Split('/'));
        using var parser = new TextFieldParser(path, encoding) { TextFieldType = FieldType.Delimited, TrimWhiteSpace = false };
        parser.SetDelimiters(",");
        var header = parser.ReadFields()!;
        var rows = new List<string[]>();
        while (parser.ReadFields() is { } row)
        {
            rows.Add(row);
        }

        return new Export(path, header, rows);
    }

    /// <summary>Values of the columns with 6 characters or more that no other column holds, in any cell, as a part either.</summary>
    public IEnumerable<string> Distinctive(IReadOnlyCollection<string> columns)
    {
        var personal = columns.Select(column => Array.IndexOf(_header, column)).ToHashSet();
        if (personal.Contains(-1))
        {
            throw new InvalidOperationException("The export has no such column.");
        }

        var others = string.Join('\n', _rows.SelectMany(row => row.Where((_, index) => !personal.Contains(index))).Distinct(StringComparer.Ordinal));
        return _rows
            .SelectMany(row => personal.Select(index => row[index].Trim()))
            .Where(value => value.Length >= 6)
            .Distinct(StringComparer.Ordinal)
            .Where(value => !others.Contains(value, StringComparison.Ordinal));
    }
}
