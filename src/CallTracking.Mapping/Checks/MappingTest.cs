using CallTracking.Contracts;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Feed;
using CallTracking.Mapping.Reading.Joins;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Checks;

/// <summary>One test of a mapping: a record given by its cells or as a file's text, and what it must become.</summary>
internal sealed record MappingTest(string Name, int Line, IReadOnlyList<KeyValuePair<string, string>>? Cells, string? Text, TestVerdict Verdict)
{
    /// <summary>Content of the files that the mapping joins, by what it calls them.</summary>
    public IReadOnlyDictionary<string, string> Joined { get; init; } = new Dictionary<string, string>();

    /// <summary>Why the mapping's format cannot take the record as it is written; null when it can.</summary>
    public Fault? Unfit(SourceMapping mapping, string file) => (Cells, mapping.Format) switch
    {
        ({ }, { IsTree: true }) => new Fault(file, Line, 1, "'row' has columns, and the mapping's records are trees or composed of several.", "Write text: the content of a file with one record."),
        (null, ComposedFormat { OfFile: TableFormat }) => null,
        (null, { OfFile: var format }) when format.BytesOf(string.Empty) is null => new Fault(file, Line, 1, "'text' is for files of text, and the mapping's are none.", "Write row: {column: text}."),
        (null, _) when Joined.Keys.FirstOrDefault(name => !JoinsOf(mapping).Any(join => join.As == name)) is { } stray =>
            new Fault(file, Line, 1, $"Nothing that the mapping joins is called '{stray}'.", NearestNames.Cure(stray, JoinsOf(mapping).Select(join => join.As))),
        _ => null,
    };

    public async Task<IReadOnlyList<MappingDifference>> RunAsync(SourceMapping mapping, CancellationToken cancellationToken)
    {
        List<RowOutcome> outcomes;
        try
        {
            outcomes = Cells is not null ? [mapping.MapRow(new NamedRow(mapping.ColumnTable, Cells))] : await ReadAsync(mapping, cancellationToken).ConfigureAwait(false);
        }
        catch (SourceFormatException unreadable)
        {
            return [new MappingDifference("the text", "one record", $"unreadable: {unreadable.Faults[0].Message}")];
        }

        return outcomes.Count == 1 ? Advised(Compare(outcomes[0]), mapping) : [new MappingDifference("the text", "one record", $"{outcomes.Count} records")];
    }

    private async Task<List<RowOutcome>> ReadAsync(SourceMapping mapping, CancellationToken cancellationToken)
    {
        var outcomes = new List<RowOutcome>();
        await using var reader = Open(mapping);
        reader.TakeAsExcerpt();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { } outcome)
        {
            if (outcome is not (RowOutcome.Blank or RowOutcome.Folded))
            {
                outcomes.Add(outcome);
            }
        }

        return outcomes;
    }

    private static IReadOnlyList<JoinRule> JoinsOf(SourceMapping mapping) => (mapping.Format as ComposedFormat)?.Joins ?? [];

    // Of a test that fails: what it names in vain, or does not give.
    private List<MappingDifference> Advised(List<MappingDifference> differences, SourceMapping mapping)
    {
        if (differences.Count == 0)
        {
            return differences;
        }

        var read = mapping.Columns;
        var unread = mapping.KeepsUnmapped || Cells is null ? [] : Cells.Select(cell => cell.Key).Where(name => !read.Any(column => HeaderNames.Find([name], column).Count > 0));
        differences.AddRange(unread.Select(name => new MappingDifference("row", "columns that the mapping reads", $"the test names a column '{name}' that the mapping does not read. {NearestNames.Cure(name, read)}")));
        differences.AddRange(JoinsOf(mapping).Where(join => !Joined.ContainsKey(join.As) && SideFiles.Find(join.Files, null, mapping.File).Count == 0).Select(join => new MappingDifference(
            $"join '{join.As}'", "records to join", $"none: the test gives none, and '{join.Files}' does not lie beside the mapping. Write joined: {{{join.As}: text}} into the test, the text being such a file's content")));
        return differences;
    }

    private SourceReader Open(SourceMapping mapping)
    {
        if (mapping.Format is ComposedFormat { OfFile: TableFormat } composed)
        {
            return mapping.OpenReader(new WrittenRows(Text!, composed.Primary.Columns.Columns.Select(column => column.Name), Name), Name);
        }

        return mapping.OpenReader(new MemoryStream(mapping.Format.OfFile.BytesOf(Text!)!), Name, ReadingPlace.InMemory() with { Given = Joined });
    }

    private List<MappingDifference> Compare(RowOutcome outcome) => (Verdict, outcome) switch
    {
        (TestVerdict.Mapped expected, RowOutcome.Mapped { IsGone: false } mapped) => Compare(expected, mapped),
        (TestVerdict.Gone expected, RowOutcome.Mapped { IsGone: true } mapped) => [.. KeyDifference(expected.Key, mapped.LocalId)],
        (TestVerdict.Rejected expected, RowOutcome.Rejected rejected) => Compare(expected, rejected),
        (TestVerdict.Filtered expected, RowOutcome.Filtered filtered) => expected.Rule == filtered.Rule ? [] : [new("filtered", expected.Rule, filtered.Rule)],
        _ => [new MappingDifference("the record", Said(Verdict), Said(outcome))],
    };

    private static List<MappingDifference> Compare(TestVerdict.Mapped expected, RowOutcome.Mapped mapped)
    {
        var lines = CaseText.Lines(mapped.Case);
        return [.. KeyDifference(expected.Key, mapped.LocalId), .. expected.Fields.Select(field => field.Compare(lines)).OfType<MappingDifference>()];
    }

    private static List<MappingDifference> Compare(TestVerdict.Rejected expected, RowOutcome.Rejected rejected)
    {
        var differences = new List<MappingDifference>();
        if (expected.Reason is not null && expected.Reason != rejected.Reason)
        {
            differences.Add(new("rejected.reason", expected.Reason, $"{rejected.Reason}: {rejected.Message}"));
        }

        if (expected.Field is not null && expected.Field != rejected.Field)
        {
            differences.Add(new("rejected.field", expected.Field, rejected.Field ?? "nothing"));
        }

        return differences;
    }

    private static IEnumerable<MappingDifference> KeyDifference(string? expected, string actual)
    {
        var shown = LocalIdText.Shown(actual);
        return expected is null || expected == shown ? [] : [new MappingDifference("key", expected, shown)];
    }

    private static string Said(TestVerdict verdict) => verdict switch
    {
        TestVerdict.Rejected rejected => $"rejected {rejected.Reason}".TrimEnd(),
        TestVerdict.Filtered filtered => $"filtered by {filtered.Rule}",
        TestVerdict.Gone => "gone",
        _ => "a case",
    };

    private static string Said(RowOutcome outcome) => outcome switch
    {
        RowOutcome.Rejected rejected => $"rejected {rejected.Reason}, {rejected.Field ?? "the record"}: {rejected.Message}",
        RowOutcome.Filtered filtered => $"filtered by {filtered.Rule}",
        RowOutcome.Mapped { IsGone: true } => "gone",
        RowOutcome.Blank => "blank",
        RowOutcome.Folded => "folded",
        _ => "a case",
    };

    /// <summary>A record of columns that was written down by hand.</summary>
    private sealed class NamedRow : TableRow
    {
        private readonly IReadOnlyList<KeyValuePair<string, string>> _cells;

        public NamedRow(ColumnTable table, IReadOnlyList<KeyValuePair<string, string>> cells)
            : base(table)
        {
            _cells = cells;
            Bind([.. cells.Select(cell => cell.Key)]);
        }

        protected override int CellCount => _cells.Count;

        protected override CellText Cell(int ordinal) => new(_cells[ordinal].Value);
    }
}

/// <summary>A local id as people write it: the parts of a key of several columns stand between bars.</summary>
public static class LocalIdText
{
    public static string Shown(string localId) => localId.Replace('\u001F', '|');

    /// <summary>Whether a person may have written this id so: as it is, or its parts with bars or strokes between them.</summary>
    public static bool Means(string written, string localId)
    {
        ArgumentNullException.ThrowIfNull(localId);
        return localId == written || Shown(localId) == written || localId.Replace('\u001F', '/') == written;
    }

    /// <summary>The id that a text with bars means, if its key has several columns.</summary>
    public static string Of(string shown) => shown.Replace('|', '\u001F');
}
