using CallTracking.Contracts;
using CallTracking.Mapping.Packs;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Feed;
using CallTracking.Mapping.Reading.Joins;
using CallTracking.Mapping.Reading.Json;
using CallTracking.Mapping.Shapes;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping;

/// <summary>
/// How one source's files become cases, read from one YAML file (its reference is this project's README). Immutable, thread-safe.
/// </summary>
public sealed class SourceMapping
{
    private readonly MappingLines _lines;
    private readonly RecordFormat _format;
    private readonly ColumnTable _columns;
    private readonly CaseMapper _mapper;

    internal SourceMapping(
        MappingLines lines, string sourceName, ulong digest, RecordFormat format, ColumnTable columns, CaseMapper mapper, DuplicateRule duplicates)
    {
        _lines = lines;
        SourceName = sourceName;
        Digest = digest;
        _format = format;
        _columns = columns;
        _mapper = mapper;
        Duplicates = duplicates;
    }

    /// <summary>The mapping file.</summary>
    public string File => _lines.File;

    /// <summary>Letters a-z, digits and dashes. Part of every case's identity.</summary>
    public string SourceName { get; }

    /// <summary>64 bits of a hash of the YAML text, of the pack below it and of its lookups' files and code tables, for run reports: two runs with one digest used one mapping.</summary>
    public ulong Digest { get; }

    /// <summary>What two records with one key in one run mean. The caller, who sees the keys, acts on it.</summary>
    public DuplicateRule Duplicates { get; }

    /// <summary>Ways in which a record can be rejected that the mapping does not speak of: tables and lookups without <c>unknown</c>.</summary>
    public IReadOnlyList<Fault> Notes { get; internal init; } = [];

    /// <summary>Lines of the mapping file with words whose meaning nobody has said yet (<c>word: null   # ?</c>): cases with them leave the field empty.</summary>
    public IReadOnlyList<int> Unanswered { get; internal init; } = [];

    /// <summary>Lists of objects that the mapping leaves out, and of which nobody has said yet what they are (<c># ? The list …</c>).</summary>
    public IReadOnlyList<OpenList> UnansweredLists { get; internal init; } = [];

    /// <summary>The zone of times without an offset.</summary>
    public TimeZoneInfo TimeZone => Clock.Zone;

    /// <summary>True once any reader has read a time of day without an offset in <see cref="TimeZone"/>: never for sources that write offsets.</summary>
    public bool HasReadLocalTimes => Clock.IsUsed;

    /// <summary>Where its own file names <see cref="TimeZone"/>, as "mapping.yaml:3"; null when a pack does, which knows its help desk.</summary>
    public string? PlaceOfTimeZone => _lines.Of(TimeZoneLine) is var (file, line) && file == File ? PlaceOf(line) : null;

    /// <summary>True when the records are rows of a <see cref="RowFeed"/>; false when they are cut from a stream.</summary>
    public bool ReadsRows => _format.OfFile is TableFormat;

    /// <summary>True when its files are text in some encoding; false for workbooks and rows.</summary>
    public bool ReadsText => _format.OfFile is TextFormat;

    /// <summary>The encoding that the mapping names; null where files say it themselves or it is detected.</summary>
    public string? EncodingName => _format.OfFile is TextFormat { Encoding: { LeastConfidence: null } encoding } ? encoding.Name : null;

    /// <summary>Names from the root of a JSON document in UTF-8 to the array of records; null when the source is written otherwise.</summary>
    public IReadOnlyList<string>? RecordsPath => _format.OfFile is JsonArrayFormat { Encoding.IsUtf8: true, IsOfMembers: false } json ? json.RecordsPath : null;

    /// <summary>True when its files end in a mark, and one without it was cut off.</summary>
    public bool EndsMarked => _format.OfFile is Reading.Lines.TextTableFormat { Framing.IsFooterRequired: true };

    /// <summary>True when the stream that a reader is given must be one that can seek.</summary>
    public bool NeedsSeeking => _format.NeedsSeeking;

    /// <summary>The columns or paths that the mapping reads, in the order in which it first names them.</summary>
    public IReadOnlyList<string> Columns => [.. _columns.Columns.Select(column => column.Name)];

    /// <summary>True when cases depend on other files than the one that is read: one that did not change may give other cases.</summary>
    public bool ReadsOtherFiles => Composed is { Joins.Count: > 0 };

    /// <summary>True when rows of one case may stand in all inputs of the source: they are read as one, by <see cref="OpenReader(IReadOnlyList{InputPart}, ReadingPlace)"/>.</summary>
    public bool FoldsRows => Composed is { Fold: not null };

    /// <summary>What rows of a fold are gathered and ordered by, as it is written, with the zone of their times; null where they have no order.</summary>
    public string? FoldOrder => Composed is { Fold: { Order: not null } fold } ? $"{fold.Spelled} {TimeZone.Id}" : null;

    /// <summary>True when events of a case are put in the order of files and rows, whatever their times.</summary>
    public bool FoldsUnordered => Composed is { Fold.Order: null };

    /// <summary>True when the mapping says when a record was last changed: which of two versions of a case is the newer one.</summary>
    public bool OrdersVersions => _mapper.UpdatedRule is not null || HasField("updated");

    /// <summary>True when a folded case of which rows are gone is made of those that are there.</summary>
    public bool AcceptsIncomplete => Composed is { Fold.AcceptsIncomplete: true };

    /// <summary>The country that fills <c>customer_country</c> because neither the mapping nor its pack names one; null when one does.</summary>
    public string? AssumedCountry { get; internal init; }

    /// <summary>True when the time of the last change orders versions, and no case shows it: the field <c>updated</c> is filled by nothing.</summary>
    public bool HidesUpdated => OrdersVersions && !HasField("updated");

    private bool HasField(string field) => _mapper.Fields.Any(binding => binding.Field == field);

    /// <summary>True when a join that keeps such cases back gives one less than before.</summary>
    public bool KeepsBack(JoinYields now, JoinYields before)
    {
        ArgumentNullException.ThrowIfNull(now);
        return Composed is { } composed && now.LostOf(before).Any(lost => composed.Joins.Any(join => join.Incomplete == JoinLossRule.Reject && JoinYields.MarkOf(composed.PathOf(join)) == lost.Join));
    }

    /// <summary>True when the contract can stop the source.</summary>
    public bool CanFreeze => Terms.Contract.Freezes;

    /// <summary>True when the start of each input shows whether the contract stops the source.</summary>
    public bool FreezesByHeader => _format.IsTree ? !Terms.Contract.FreezesByMore : !Terms.Contract.FreezesByValue;

    /// <summary>Records of each input that have to be looked at for it behind the first: none where headers tell, all where any value may.</summary>
    public int RecordsToFreeze => Terms.Contract.RecordsToFreeze(FreezesByHeader);

    /// <summary>Values that the mapping names nowhere become custom fields.</summary>
    public bool KeepsUnmapped => _mapper.KeepsUnmapped;

    /// <summary>The group's code tables that it uses, by name.</summary>
    public IReadOnlyList<CodeTableUse> CodeTables { get; internal init; } = [];

    internal ZoneClock Clock { get; init; } = new(TimeZoneInfo.Utc);

    internal int TimeZoneLine { get; init; }

    internal RecordFormat Format => _format;

    /// <summary>The contract, and what is known of columns for it.</summary>
    internal ContractTerms Terms { get; init; } = ContractTerms.None;

    /// <summary>A fault at a line of the mapping file, or of the pack below it.</summary>
    internal Fault FaultAt(int line, string message, string cure) => _lines.FaultAt(line, line == 0 ? 0 : 1, message, cure);

    /// <summary>A line of the mapping's own, where it is laid over a pack.</summary>
    internal bool IsOverPack(int line) => _lines.IsOverPack(line);

    /// <summary>Where a word that a field's table lacks is to be written, as "values at mapping.yaml:11"; the keys to write where the table is a pack's.</summary>
    /// <param name="word">The word.</param>
    /// <param name="field">What it was for, as in <see cref="RowOutcome.Rejected.Field"/>.</param>
    public string PlaceFor(UnknownWord word, string field)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(field);
        var (file, line) = _lines.Of(word.Line);
        if (file == File)
        {
            return $"values at {Path.GetFileName(file)}:{line}";
        }

        // A list is replaced whole: it takes all that the pack says there.
        var list = field.IndexOf('[', StringComparison.Ordinal);
        var keys = (field.StartsWith("custom_fields.", StringComparison.Ordinal), list) switch
        {
            (true, _) => $"custom_fields: {field["custom_fields.".Length..]}: values",
            (_, >= 0) => $"fields: {field[..list]}, with the rest of what {file}:{line} says there,",
            _ => $"fields: {field}: values",
        };
        return $"{(IsWithin ? "override: " : string.Empty)}{keys} in {Path.GetFileName(File)}";
    }

    /// <summary>True when its text stands within the configuration, as what is laid over a pack.</summary>
    internal bool IsWithin { get; init; }

    internal ColumnTable ColumnTable => _columns;

    /// <summary>What the mapping reads of the header of its own records' files, where these have one.</summary>
    internal ColumnTable HeaderColumns => Composed?.Primary.Columns ?? _columns;

    /// <summary>Reads a mapping file. Never throws for what is in it or for a missing file: all faults come back at once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="use">How a pack below it is used.</param>
    /// <param name="tables">The group's code tables; null for files beside the mapping.</param>
    public static MappingLoad Load(string path, PackUse? use = null, ICodeTables? tables = null) => MappingParser.Load(path, use, tables);

    /// <summary>As <see cref="Load"/>, from text; <paramref name="fileName"/> is what faults name.</summary>
    public static MappingLoad Parse(string fileName, string yaml, PackUse? use = null, ICodeTables? tables = null) => MappingParser.Parse(fileName, yaml, use, tables);

    /// <summary>A reader that owns <paramref name="content"/>; <paramref name="fileName"/> is what positions and faults name.</summary>
    public SourceReader OpenReader(Stream content, string fileName) => OpenReader(content, fileName, ReadingPlace.InMemory());

    /// <summary>As <see cref="OpenReader(Stream, string)"/>, for mappings that read other files too or fold rows: where those are and where records wait.</summary>
    public SourceReader OpenReader(Stream content, string fileName, ReadingPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        var header = new HeaderSeen();
        return new(Composed?.Open(content, fileName, _columns, place, header) ?? Open(content, fileName, header), _mapper, Duplicates, header);
    }

    /// <summary>A reader of several files as one, for a mapping that folds rows: those of a case are folded wherever they stand, in the order of the parts.</summary>
    /// <exception cref="SourceFormatException">The mapping does not fold.</exception>
    public SourceReader OpenReader(IReadOnlyList<InputPart> parts, ReadingPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        var header = new HeaderSeen();
        return FoldsRows
            ? new(Composed!.Open(parts, _columns, place, header), _mapper, Duplicates, header)
            : throw new SourceFormatException(new Fault(_lines.File, 0, 0, "The mapping reads each file by itself.", "Write fold: {by: column} when rows of one case stand in several."));
    }

    /// <summary>What fills a field, as "Column 'X', mapping.yaml:8"; null where nothing is read for it. The source's own time of the last change goes for <c>updated</c>.</summary>
    public string? SourceOf(string field)
    {
        var place = _mapper.Fields.FirstOrDefault(binding => binding.Field == field)?.Origin.Place ?? (field == "updated" ? _mapper.UpdatedRule?.Place : null);
        return place is not { Columns: [_, ..] columns, Line: > 0 } ? null
            : $"{(columns.Count == 1 ? "Column" : "Columns")} {string.Join(", ", columns.Select(name => $"'{name}'"))}, {PlaceOf(place.Line)}";
    }

    /// <summary>What is said of the time of a record's last change, with its column and the mapping's line.</summary>
    public string ToldOfUpdated(string message) => _lines.Told(new RowFault(string.Empty, message) { Place = _mapper.UpdatedRule?.Place ?? _mapper.Fields.FirstOrDefault(binding => binding.Field == "updated")?.Origin.Place });

    /// <summary>The side files that an input in <paramref name="folder"/> is joined with now, as full paths, in order; each once.</summary>
    public IReadOnlyList<string> SideFiles(string? folder) =>
        [.. (Composed?.Joins ?? []).SelectMany(join => Reading.Joins.SideFiles.Find(join.Files, folder, _lines.File)).Distinct(StringComparer.Ordinal)];

    /// <summary>What a record becomes that stands in no file.</summary>
    internal RowOutcome MapRow(SourceRow row)
    {
        var position = new RowPosition(SourceName, 1, 1, 0);
        return _mapper.Map(row, position, out var fault) ?? new RowOutcome.Rejected(position, fault!.Reason, fault.Field, _lines.Told(fault), default) { Word = fault.Word };
    }

    /// <summary>A reader of rows, which owns <paramref name="feed"/>; <paramref name="name"/> is what positions and faults name.</summary>
    /// <exception cref="SourceFormatException">The mapping reads a file, or joins files.</exception>
    public SourceReader OpenReader(RowFeed feed, string name) =>
        OpenRows(feed, name, (composed, rows, header) => new GroupedReader(composed, rows, _columns, header));

    /// <summary>As <see cref="OpenReader(RowFeed, string)"/>, for rows that come in any order: those of a case wait until all are there.</summary>
    /// <exception cref="SourceFormatException">The mapping reads a file, or joins files.</exception>
    public SourceReader OpenReader(RowFeed feed, string name, ReadingPlace place) =>
        OpenRows(feed, name, (composed, rows, header) => new ComposedReader(composed, rows, _columns, place, header));

    private SourceReader OpenRows(RowFeed feed, string name, Func<ComposedFormat, RecordReader, HeaderSeen, RecordReader> compose)
    {
        if (CheckRows() is { } unfit)
        {
            throw new SourceFormatException(unfit);
        }

        var header = new HeaderSeen();
        var rows = new FeedReader(feed, (TableFormat)_format.OfFile, name, HeaderColumns, header.Before(names => CheckHeader(names, name), name));
        return new SourceReader(Composed is { } composed ? compose(composed, rows, header) : rows, _mapper, Duplicates, header);
    }

    /// <summary>Why the mapping cannot read rows of a <see cref="RowFeed"/>; null when it can.</summary>
    public Fault? CheckRows() => !ReadsRows
        ? new Fault(_lines.File, 0, 0, "The mapping reads a file, not rows of a database.", "Write format: {type: table} in the mapping.")
        : Composed is { Joins.Count: > 0 }
            ? new Fault(_lines.File, 0, 0, "'join' puts records of other files into a record, and these are rows of a database, which has no files beside it.", "Join the tables in the query; where a case has several rows then, write fold: {by: its key} and order the query by that key.")
            : null;

    /// <summary>As <see cref="OpenReader(Stream, string)"/>, from the place where an earlier reading of the file ended; the stream must be one that can seek.</summary>
    public SourceReader OpenReader(Stream content, string fileName, ResumePoint from)
    {
        var header = new HeaderSeen();
        var records = Open(content, fileName, header);
        records.StartAt(from);
        return new SourceReader(records, _mapper, Duplicates, header);
    }

    /// <summary>
    /// Reads a rejected record once more: its <see cref="SourceReader.Head"/> and its bytes. Null when this kind of file cannot do without the rest.
    /// </summary>
    public SourceReader? OpenKept(ReadOnlyMemory<byte> record, string fileName)
    {
        var header = new HeaderSeen();
        if (_format.Kept(record) is not { } kept)
        {
            return null;
        }

        // What was kept of a record that its file ended within is not read from here: a short one was written so.
        var reader = new SourceReader(kept.Format.Open(kept.Content, fileName, _columns, header.Before(names => CheckHeader(names, fileName), fileName)), _mapper, Duplicates, header);
        reader.TakeAsExcerpt();
        return reader;
    }

    /// <summary>
    /// What a rejected record that was composed of several would become now, with what was joined to it then: to look at, never to send. Null where records are
    /// what the file has, which <see cref="OpenKept"/> reads, and where the bytes are no composed record.
    /// </summary>
    public RowOutcome? LookAtKept(ReadOnlyMemory<byte> record) => Composed is null ? null : ComposedFormat.Shown(record, _columns, MapRow);

    /// <summary>The text of a rejected record's bytes, with U+FFFD for bytes that the encoding does not have: personal data.</summary>
    public string TextOf(ReadOnlySpan<byte> record) => _format.RawEncoding.GetString(record);

    /// <summary>
    /// Every column that the mapping names and the header lacks, each with its place in the mapping file and the nearest names that
    /// there are. None where records are trees, which may each lack any name.
    /// </summary>
    public IReadOnlyList<Fault> CheckHeader(IReadOnlyList<string> columns, string fileName)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new HeaderDemand(_lines, _format.OfFile, HeaderColumns) { Joins = Composed?.Joins ?? [], IsComposed = Composed is not null }.Check(columns, fileName);
    }

    /// <summary>As <see cref="CheckHeader"/>, from the start of a file; the stream is disposed. What else is wrong there is a fault too.</summary>
    public async ValueTask<IReadOnlyList<Fault>> CheckHeaderAsync(Stream content, string fileName, CancellationToken cancellationToken)
    {
        await using var reader = Open(content, fileName, new HeaderSeen());
        if (reader is not TableReader table)
        {
            return [];
        }

        try
        {
            var names = await table.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
            return await table.AdviseAsync(CheckHeader(names, fileName), further => CheckHeader(further, fileName), cancellationToken).ConfigureAwait(false);
        }
        catch (SourceFormatException unreadable)
        {
            return unreadable.Faults;
        }
    }

    /// <summary>What names a case, as "Column 'X', mapping.yaml:4".</summary>
    internal string PlaceOfKey => _mapper.KeyPlace is not { Columns: [_, ..] columns } place ? PlaceOf(_mapper.KeyPlace.Line)
        : $"{(columns.Count == 1 ? "Column" : "Columns")} {string.Join(", ", columns.Select(name => $"'{name}'"))}, {PlaceOf(place.Line)}";

    private string PlaceOf(int line) => System.FormattableString.Invariant($"{Path.GetFileName(_lines.Of(line).File)}:{_lines.Of(line).Line}");

    private ComposedFormat? Composed => _format as ComposedFormat;

    private RecordReader Open(Stream content, string fileName, HeaderSeen header) =>
        _format.OfFile.Open(content, fileName, HeaderColumns, header.Before(names => CheckHeader(names, fileName), fileName));
}
