namespace CallTracking.Mapping.Proposals;

/// <summary>The columns of a sample, in the order of the file.</summary>
internal sealed record ColumnSamples(IReadOnlyList<ColumnSample> Columns, int Rows, bool IsTree)
{
    // More paths than a mapping could name; an object whose keys are values has any number.
    private const int MostColumns = 2000;

    /// <summary>Texts that stand for nothing.</summary>
    public IReadOnlyList<string> Nulls { get; private init; } = [];

    /// <summary>Columns without any value.</summary>
    public IReadOnlyList<string> Empty { get; private init; } = [];

    /// <summary>Lists of objects, as lines of a mapping's <c>fields</c>.</summary>
    public IReadOnlyList<string> Lists { get; private init; } = [];

    public static async Task<ColumnSamples> ReadAsync(
        FormatGuess format, IReadOnlyList<string> files, int mostRows, IReadOnlySet<string> nulls, CancellationToken cancellationToken)
    {
        var probe = SampleProbe.Of(format.Yaml);
        var columns = new Dictionary<string, ColumnSample>(StringComparer.Ordinal);
        var parents = new Dictionary<string, Dictionary<string, ColumnSample>>(StringComparer.Ordinal);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var rows = 0;
        IReadOnlyList<string> first = [];
        foreach (var file in files)
        {
            await probe.ReadAsync(file, mostRows - rows, Take, cancellationToken).ConfigureAwait(false);
            first = first.Count == 0 ? probe.Header : first;
            if (format.HasNames && probe.Header.Count > 0 && !first.Intersect(probe.Header, StringComparer.Ordinal).Any())
            {
                throw new SourceFormatException(SampleKinds.Unfit(file, $"The file has no column of {Path.GetFileName(files[0])}: files of one source have one header"));
            }
        }

        // Lines of a table are records of a sort whatever stands in them; this is no JSON, or none with records.
        if (rows == 0 && probe is { IsTree: true, Broken: { } broken })
        {
            throw new SourceFormatException(broken with { Message = $"No record of the sample can be read. The first: {broken.Message}", Cure = "Take an export whose cases are objects of JSON or elements of XML." });
        }

        foreach (var column in columns.Values.Where(column => parents.Keys.Any(parent => column.Name.StartsWith(parent + ".", StringComparison.Ordinal))))
        {
            column.IsOfElements = true;
        }

        foreach (var (path, children) in parents)
        {
            if (ElementLists.TelephonesOf(path, [.. children.Values]) is { } telephones && columns.TryAdd(telephones.Name, telephones))
            {
                parents.Remove(path);
            }
        }

        // One program writes all times of a file: what has two digits in each of one column may have one in the next export.
        var times = columns.Values.Where(column => column.Time.IsTime).ToList();
        var shapes = times.Select(column => column.Time).Distinct().ToList();
        times.ForEach(column => column.WriteAs(shapes));

        var names = probe.IsTree ? [.. columns.Keys] : probe.Header.Where(name => name.Length > 0).ToList();
        return new ColumnSamples([.. names.Where(columns.ContainsKey).Select(name => columns[name])], rows, probe.IsTree)
        {
            Nulls = [.. found],
            Empty = [.. names.Where(name => !columns.TryGetValue(name, out var column) || column.Count == 0)],
            Lists = ListsOf(parents),
        };

        void Take(IReadOnlyList<SampleCell> cells, int line)
        {
            rows++;
            foreach (var cell in cells)
            {
                var table = cell.Parent is null ? columns : Children(cell.Parent);
                if (!table.TryGetValue(cell.Name, out var column) && table.Count < MostColumns)
                {
                    table[cell.Name] = column = new ColumnSample(cell.Name, format.HasNames) { IsList = cell.IsList };
                }

                if (nulls.Contains(cell.Value))
                {
                    found.Add(cell.Value);
                }
                else if (cell.Value.Length > 0)
                {
                    column?.Add(cell.Value);
                }
            }
        }

        Dictionary<string, ColumnSample> Children(string parent) =>
            parents.TryGetValue(parent, out var known) ? known : parents[parent] = new Dictionary<string, ColumnSample>(StringComparer.Ordinal);
    }

    private static List<string> ListsOf(Dictionary<string, Dictionary<string, ColumnSample>> parents)
    {
        var (all, isTaken) = (new List<string>(), false);
        foreach (var (path, children) in parents)
        {
            var lines = ElementLists.Of(path, [.. children.Values], !isTaken);
            isTaken |= ElementLists.IsMessages(lines);
            all.AddRange(lines);
        }

        return all;
    }
}
