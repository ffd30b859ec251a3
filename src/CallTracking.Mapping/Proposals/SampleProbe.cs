using System.Text.Json;
using CallTracking.Contracts;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Proposals;

/// <summary>Reads a sample's records as the mapping itself will, each as names and texts.</summary>
internal sealed class SampleProbe
{
    private readonly RecordFormat _format;

    private SampleProbe(RecordFormat format) => _format = format;

    public bool IsTree => _format.IsTree;

    /// <summary>The header of the last file, where it has one.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>Why the first record that could not be read is none; null where each could, or where its letters alone are in doubt.</summary>
    public Fault? Broken { get; private set; }

    public static SampleProbe Of(string formatYaml)
    {
        var load = SourceMapping.Parse("proposal", $"source: probe\nformat: {formatYaml}\ntime_zone: Etc/UTC\nkey: id\nfields: {{kind: {{const: inquiry}}}}\n");
        return load.Mapping is { } mapping ? new SampleProbe(mapping.Format) : throw new SourceFormatException(load.Faults);
    }

    /// <summary>Hands each record to <paramref name="take"/> with its line; answers how many could not be read.</summary>
    /// <exception cref="SourceFormatException">The file as a whole cannot be read so.</exception>
    public async Task<int> ReadAsync(string path, int most, Action<IReadOnlyList<SampleCell>, int> take, CancellationToken cancellationToken)
    {
        await using var reader = _format.Open(File.OpenRead(path), Path.GetFileName(path), new ColumnTable(), names =>
        {
            Header = names;
            return [];
        });
        var (taken, broken) = (0, 0);
        while (taken + broken < most && await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is not ReadKind.End and var kind)
        {
            if (kind == ReadKind.Broken)
            {
                broken++;
                Broken ??= reader.Fault is { Reason: RejectReason.BrokenRecord } fault ? new Fault(path, (int)reader.Position.Line, 1, fault.Message, string.Empty) : null;
            }
            else if (kind == ReadKind.Row)
            {
                taken++;
                take(Cells(reader), (int)reader.Position.Line);
            }
        }

        return broken;
    }

    private IReadOnlyList<SampleCell> Cells(RecordReader reader)
    {
        if (IsTree)
        {
            using var tree = JsonDocument.Parse(reader.Raw);
            return SampleCell.Of(tree.RootElement);
        }

        var cells = new List<(string Name, string Text)>();
        reader.Row.TryCells(cells);
        return [.. cells.Select(cell => new SampleCell(cell.Name, cell.Text.Trim()))];
    }
}

/// <summary>A value of a record of a sample.</summary>
/// <param name="Name">The column, or the path that a mapping writes.</param>
/// <param name="Value">Personal data; trimmed.</param>
/// <param name="IsList">One of several texts under this name.</param>
/// <param name="Parent">The array whose objects have it; null for values of the record itself.</param>
internal readonly record struct SampleCell(string Name, string Value, bool IsList = false, string? Parent = null)
{
    private const int Deepest = 6;

    public static IReadOnlyList<SampleCell> Of(JsonElement record)
    {
        var cells = new List<SampleCell>();
        Add(record, string.Empty, null, 0, cells);
        return cells;
    }

    private static void Add(JsonElement value, string path, string? parent, int depth, List<SampleCell> into)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when AtlassianText.Is(value):
                if (AtlassianText.Read(value, out var text) is null)
                {
                    into.Add(new SampleCell(path, text.ToString().Trim(), Parent: parent));
                }

                break;
            case JsonValueKind.Object when depth < Deepest:
                foreach (var property in value.EnumerateObject())
                {
                    if (JsonText.NameOf(property) is { } name)
                    {
                        Add(property.Value, path.Length == 0 ? Step(name) : $"{path}.{Step(name)}", parent, depth + 1, into);
                    }
                }

                break;
            case JsonValueKind.Array:
                Items(value, path, parent, depth, into);
                break;
            case JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                if (TextOf(value) is { } said)
                {
                    into.Add(new SampleCell(path, said.Trim(), Parent: parent));
                }

                break;
        }
    }

    private static void Items(JsonElement array, string path, string? parent, int depth, List<SampleCell> into)
    {
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                if (JsonText.TryGet(item, "id", out var id) && JsonText.TryGet(item, "value", out var named) && TextOf(id) is { } number)
                {
                    Add(named, $"{path}[id={number}].value", parent, depth + 1, into);
                }
                else if (parent is null)
                {
                    Add(item, string.Empty, path, depth + 1, into);
                }
            }
            else if (item.ValueKind is JsonValueKind.String or JsonValueKind.Number && TextOf(item) is { } text)
            {
                into.Add(new SampleCell(path, text.Trim(), IsList: true, parent));
            }
        }
    }

    // Null for what is no text: half a surrogate pair, a list.
    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonText.Single(value, out var text) is null ? text.ToString() : null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    private static string Step(string name) => name.Length > 0 && name.All(sign => char.IsLetterOrDigit(sign) || sign is '_' or '-' or '@' or '#' or ' ')
        ? name
        : $"['{name}']";
}
