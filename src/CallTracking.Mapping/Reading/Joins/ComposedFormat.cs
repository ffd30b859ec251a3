using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Shapes;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Values;
using YamlDotNet.Core;

namespace CallTracking.Mapping.Reading.Joins;

/// <summary>
/// Records that are composed of several: those of a primary file, with records of side files joined to them, or of several rows of one
/// case. The mapping sees trees, whatever the files are.
/// </summary>
internal sealed record ComposedFormat(FilePart Primary, MappingLines Lines) : RecordFormat
{
    public IReadOnlyList<JoinRule> Joins { get; init; } = [];

    public FoldRule? Fold { get; init; }

    /// <summary>The paths that lead from the primary record to others.</summary>
    public ColumnTable References { get; } = new();

    public override bool IsTree => true;

    public override RecordFormat OfFile => Primary.Format;

    public override string Manner => Primary.Format.Manner;

    /// <summary>
    /// Whether something of the mapping reads what these names lead to: of a fold's rows the last stands in the record and all among its events, and
    /// keys and references are read before there is a record.
    /// </summary>
    /// <param name="names">From the composed record.</param>
    /// <param name="read">Places that the fields read.</param>
    public bool Reads(IReadOnlyList<string> names, IReadOnlySet<string> read)
    {
        var ofRow = names is [FoldRule.Events, ..] ? [.. names.Skip(1)] : names;
        var place = string.Join('.', ofRow);
        if (Fold is not null && (read.Contains(place) || read.Contains($"{FoldRule.Events}.{place}")))
        {
            return true;
        }

        return JoinPath.Of(ofRow, Joins, out var behind) is { } through
            ? !behind.Any() || Names(Joins[through].Side.Columns, behind)
            : Names(Primary.Columns, ofRow) || Names(References, ofRow);
    }

    /// <summary>What a join is called, with the joins that lead to it.</summary>
    public string PathOf(JoinRule join) => join.Through is { } index ? $"{PathOf(Joins[index])}.{join.As}" : join.As;

    /// <summary>Shows a composed record that was kept; null when the bytes are none.</summary>
    public static RowOutcome? Shown(ReadOnlyMemory<byte> record, ColumnTable columns, Func<SourceRow, RowOutcome> map)
    {
        using var kept = new JsonRecord(columns, ComposedReader.MaxDepth);
        try
        {
            return kept.Parse(record, out _) is null ? map(kept.Row) : null;
        }
        catch (Exception refused) when (Unworkable.IsBehind(refused))
        {
            return null;
        }
    }

    private static bool Names(ColumnTable columns, IEnumerable<string> names)
    {
        var place = string.Join('.', names);
        return columns.Columns.Any(column => column.Name == place || (column.Path is { LevelsUp: 0 } path && string.Join('.', path.Names.OfType<string>()) == place));
    }

    public override RecordReader Open(Stream content, string fileName, ColumnTable columns, HeaderCheck check) =>
        Open(content, fileName, columns, ReadingPlace.InMemory(), new HeaderSeen());

    public ComposedReader Open(Stream content, string fileName, ColumnTable columns, ReadingPlace place, HeaderSeen header) =>
        new(this, OpenPrimary(content, fileName, header), columns, place, header);

    /// <summary>A reader of several files whose rows are folded together.</summary>
    public ComposedReader Open(IReadOnlyList<InputPart> parts, ColumnTable columns, ReadingPlace place, HeaderSeen header) =>
        new(this, new PartsReader(parts, (content, name) => OpenPrimary(content, name, header)), columns, place, header);

    private RecordReader OpenPrimary(Stream content, string fileName, HeaderSeen header) =>
        Primary.Open(content, fileName, check => header.OfPart(null, check, fileName), Lines, Joins);
}

/// <summary>One kind of file that takes part: how it is written, and which of its columns or paths are read.</summary>
internal sealed record FilePart(RecordFormat Format)
{
    public ColumnTable Columns { get; } = new();

    /// <summary>Of tables: columns that nothing names are shown too.</summary>
    public bool ShowsAll { get; set; }

    // What is watched sees a header before it is checked.
    public RecordReader Open(Stream content, string fileName, Func<HeaderCheck, HeaderCheck> watched, MappingLines lines, IReadOnlyList<JoinRule>? beside = null) =>
        Format.Open(content, fileName, Columns, watched(names => new HeaderDemand(lines, Format, Columns) { Joins = beside ?? [], IsComposed = true }.Check(names, fileName)));
}

/// <summary>Several rows are one case.</summary>
/// <param name="By">Rows with these values are one case.</param>
/// <param name="Order">Of the rows; null for the file's.</param>
/// <param name="LastStands">The last row's values stand for the case, else the first's.</param>
internal sealed record FoldRule(KeyRule By, OrderRule? Order, bool LastStands)
{
    /// <summary>What the rows are called in the composed record.</summary>
    public const string Events = "events";

    /// <summary>What rows are gathered and ordered by, as it is written.</summary>
    public string Spelled { get; init; } = string.Empty;

    /// <summary>A case of which a file with earlier rows is gone is folded from the rest all the same.</summary>
    public bool AcceptsIncomplete { get; init; }

    /// <summary>The mapping reads the rows themselves.</summary>
    public bool ShowsEvents { get; set; }

    /// <summary>Of a row without the values that its case is told by.</summary>
    public RowFault NoCase => new(RejectReason.MissingKey, "It is empty: the row does not say which case it belongs to.", "fold") { Place = By.Place };
}

/// <summary>Records of side files stand under a name in the record that leads to them: the primary one, or one that is joined itself.</summary>
/// <param name="As">The name.</param>
/// <param name="Files">Where the records are.</param>
/// <param name="Side">How they are written.</param>
/// <param name="Key">What they are found by.</param>
/// <param name="On">What leads to them, of the primary record or of that of <see cref="Through"/>.</param>
/// <param name="At">In the mapping.</param>
internal sealed record JoinRule(string As, string Files, FilePart Side, KeyRule Key, KeyRule On, Mark At)
{
    /// <summary>The earlier join, by its number, whose records lead to these; null for the primary one.</summary>
    public int? Through { get; init; }

    /// <summary>Which records of the files are meant; null for all.</summary>
    public Condition? Where { get; init; }

    public OrderRule? Order { get; init; }

    /// <summary>An array of all that match; else one object.</summary>
    public bool IsMany { get; init; }

    /// <summary>Without the file there is nothing to join, which is no fault.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The column of its own, of what leads to these records, that has their name: it is hidden, whether they are there or not.</summary>
    public required int Hidden { get; init; }

    /// <summary>A reference that leads to no record rejects the primary one.</summary>
    public bool RejectsMissing { get; init; }

    /// <summary>What becomes of a case to which it gives fewer records than before.</summary>
    public JoinLossRule Incomplete { get; init; }
}

/// <summary>What becomes of a case to which a join gives fewer records than before.</summary>
internal enum JoinLossRule
{
    /// <summary>It is taken, and told; a contract that freezes what vanishes stops the source.</summary>
    Tell,

    /// <summary>It is taken: records of the join come and go.</summary>
    Accept,

    /// <summary>It waits in the quarantine.</summary>
    Reject,
}

/// <summary>Where a record stands among those of its key: a whole number or a time.</summary>
internal sealed class OrderRule(RulePlace place, ValueSource source, TimeRules times, bool isTime)
{
    public RowFault? Read(SourceRow row, out long order)
    {
        order = 0;
        try
        {
            return ReadWorkable(row, out order);
        }
        catch (Exception refused) when (Unworkable.IsBehind(refused))
        {
            return Unworkable.Fault with { Field = "order" };
        }
    }

    private RowFault? ReadWorkable(SourceRow row, out long order)
    {
        order = 0;
        var fault = source.Single(row, out var text, out var isPresent);
        if (fault is null && !isPresent)
        {
            fault = new RowFault(RejectReason.BadValue, "It is empty: there is no telling where the record stands among those of its key.");
        }

        if (fault is not null || (!isTime && long.TryParse(text.Span, System.Globalization.NumberStyles.AllowLeadingSign, null, out order)))
        {
            return fault?.At(place) is { } unread ? unread with { Field = "order" } : null;
        }

        fault = times.Read(text, out var reading);
        order = reading.At.UtcTicks;
        return fault is null ? null : new RowFault(fault.Reason, isTime ? fault.Message : "Expected a whole number or a time in ISO 8601: for times written otherwise write order: {from: …, format: …}.", "order") { Place = place };
    }
}
