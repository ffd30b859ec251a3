using System.Text.Json;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Checks;

/// <summary>Rows of a database that were written down by hand: an array of JSON objects, a property for each cell that is not empty.</summary>
internal sealed class WrittenRows : RowFeed
{
    private readonly IReadOnlyList<string> _columns;
    private readonly JsonDocument _rows;
    private int _next;

    /// <param name="text">The rows.</param>
    /// <param name="columns">All that the mapping reads; those that no row has are empty.</param>
    /// <param name="name">What faults call them.</param>
    /// <exception cref="SourceFormatException">The text is no such array.</exception>
    public WrittenRows(string text, IEnumerable<string> columns, string name)
    {
        try
        {
            _rows = JsonDocument.Parse(text);
            _columns = [.. columns.Concat(_rows.RootElement.EnumerateArray().SelectMany(row => row.EnumerateObject().Select(cell => cell.Name))).Distinct(StringComparer.Ordinal)];
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            throw new SourceFormatException(new Fault(name, 0, 0, "The rows of a database are written as a JSON array of objects.", "Write text: '[{\"id\": 1, \"body\": \"It hums\"}, …]'."));
        }
    }

    public override ValueTask<IReadOnlyList<string>> ReadColumnsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_columns);

    public override ValueTask<bool> ReadAsync(FeedRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (_next == _rows.RootElement.GetArrayLength())
        {
            return ValueTask.FromResult(false);
        }

        var cells = _rows.RootElement[_next++];
        foreach (var column in _columns)
        {
            Add(row, cells.TryGetProperty(column, out var cell) ? cell : default);
        }

        return ValueTask.FromResult(true);
    }

    public override ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public override void Dispose() => _rows.Dispose();

    private static void Add(FeedRow row, JsonElement cell)
    {
        switch (cell.ValueKind)
        {
            case JsonValueKind.Number:
                row.AddNumber(cell.GetRawText());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                row.AddFlag(cell.GetBoolean());
                break;
            case JsonValueKind.String:
                row.AddText(cell.GetString()!);
                break;
            default:
                row.AddNothing();
                break;
        }
    }
}
