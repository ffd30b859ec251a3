using CallTracking.Contracts;
using CallTracking.Mapping.Packs;
using CallTracking.Mapping.Reading;
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

    /// <summary>Letters a-z, digits and dashes. Part of every case's identity.</summary>
    public string SourceName { get; }

    /// <summary>64 bits of a hash of the YAML text, of the pack below it and of its lookups' files, for run reports: two runs with one digest used one mapping.</summary>
    public ulong Digest { get; }

    /// <summary>What two records with one key in one run mean. The caller, who sees the keys, acts on it.</summary>
    public DuplicateRule Duplicates { get; }

    /// <summary>Ways in which a record can be rejected that the mapping does not speak of: tables and lookups without <c>unknown</c>.</summary>
    public IReadOnlyList<Fault> Notes { get; internal init; } = [];

    /// <summary>The columns or paths that the mapping reads, in the order in which it first names them.</summary>
    public IReadOnlyList<string> Columns => [.. _columns.Columns.Select(column => column.Name)];

    /// <summary>The country that fills <c>customer_country</c> because neither the mapping nor its pack names one; null when one does.</summary>
    public string? AssumedCountry { get; internal init; }

    internal RecordFormat Format => _format;

    internal ColumnTable ColumnTable => _columns;

    /// <summary>Reads a mapping file. Never throws for what is in it or for a missing file: all faults come back at once.</summary>
    public static MappingLoad Load(string path, PackUse? use = null) => MappingParser.Load(path, use);

    /// <summary>As <see cref="Load"/>, from text; <paramref name="fileName"/> is what faults name.</summary>
    public static MappingLoad Parse(string fileName, string yaml, PackUse? use = null) => MappingParser.Parse(fileName, yaml, use);

    /// <summary>A reader that owns <paramref name="content"/>; <paramref name="fileName"/> is what positions and faults name.</summary>
    public SourceReader OpenReader(Stream content, string fileName) => new(Open(content, fileName), _mapper, Duplicates);

    /// <summary>What a record becomes that stands in no file.</summary>
    internal RowOutcome MapRow(SourceRow row)
    {
        var position = new RowPosition(SourceName, 1, 1, 0);
        return _mapper.Map(row, position, out var fault) ?? new RowOutcome.Rejected(position, fault!.Reason, fault.Field, fault.Message, default);
    }

    /// <summary>
    /// Every column that the mapping names and the header lacks, each with its place in the mapping file and the nearest names that
    /// there are. None where records are trees, which may each lack any name.
    /// </summary>
    public IReadOnlyList<Fault> CheckHeader(IReadOnlyList<string> columns, string fileName)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (_format.IsTree)
        {
            return [];
        }

        var required = _columns.Columns.Where(column => !column.IsOptional).ToList();
        var missing = required.Where(column => HeaderNames.Find(columns, column.Name).Count == 0).Select(column => Missing(column, columns, fileName)).ToList();
        if (missing.Count == 0 || missing.Count < required.Count)
        {
            return missing;
        }

        // Not one name fits: this may be a row of data without its header, which no fault may quote.
        return [NoneFound(columns, fileName)];
    }

    /// <summary>As <see cref="CheckHeader"/>, from the start of a file; the stream is disposed. What else is wrong there is a fault too.</summary>
    public async ValueTask<IReadOnlyList<Fault>> CheckHeaderAsync(Stream content, string fileName, CancellationToken cancellationToken)
    {
        await using var reader = Open(content, fileName);
        if (reader is not TableReader table)
        {
            return [];
        }

        try
        {
            var names = await table.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
            return CheckHeader(names, fileName);
        }
        catch (SourceFormatException unreadable)
        {
            return unreadable.Faults;
        }
    }

    private RecordReader Open(Stream content, string fileName) =>
        _format.Open(content, fileName, _columns, names => CheckHeader(names, fileName));

    private Fault NoneFound(IReadOnlyList<string> names, string fileName) => new(
        fileName,
        1,
        1,
        $"None of the mapping's columns is in the header, which {_format.Manner} has {names.Count}.",
        _format.HeaderCure);

    private Fault Missing(ColumnRef column, IReadOnlyList<string> names, string fileName)
    {
        var doubled = HeaderNames.Find(names, $"{column.Name}#1").Count > 0;
        return _lines.FaultAt(
            column.Line,
            column.Column,
            doubled ? $"The column '{column.Name}' stands more than once in {fileName}." : $"The column '{column.Name}' is not in the header of {fileName}.",
            doubled ? $"Write '{column.Name}#1' for the first, '{column.Name}#2' for the second, '{column.Name}#*' for all of them." : $"{NearestNames.Cure(column.Name, names)} When some files lack it: optional: true.");
    }
}
