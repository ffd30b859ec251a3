using CallTracking.Contracts;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Joins;
using CallTracking.Mapping.Spec;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping;

/// <summary>
/// How one source's files become cases, read from one YAML file (its reference is this project's README). Immutable, thread-safe.
/// </summary>
public sealed class SourceMapping
{
    private readonly string _file;
    private readonly RecordFormat _format;
    private readonly ColumnTable _columns;
    private readonly CaseMapper _mapper;

    internal SourceMapping(
        string file, string sourceName, ulong digest, RecordFormat format, ColumnTable columns, CaseMapper mapper, DuplicateRule duplicates)
    {
        _file = file;
        SourceName = sourceName;
        Digest = digest;
        _format = format;
        _columns = columns;
        _mapper = mapper;
        Duplicates = duplicates;
    }

    /// <summary>Letters a-z, digits and dashes. Part of every case's identity.</summary>
    public string SourceName { get; }

    /// <summary>64 bits of a hash of the YAML text and of its lookups' files, for run reports: two runs with one digest used one mapping.</summary>
    public ulong Digest { get; }

    /// <summary>What two records with one key in one run mean. The caller, who sees the keys, acts on it.</summary>
    public DuplicateRule Duplicates { get; }

    /// <summary>Ways in which a record can be rejected that the mapping does not speak of: tables and lookups without <c>unknown</c>.</summary>
    public IReadOnlyList<Fault> Notes { get; internal init; } = [];

    /// <summary>The columns or paths that the mapping reads, in the order in which it first names them.</summary>
    public IReadOnlyList<string> Columns => [.. _columns.Columns.Select(column => column.Name)];

    /// <summary>True when cases depend on other files than the one that is read: one that did not change may give other cases.</summary>
    public bool ReadsOtherFiles => Composed is { Joins.Count: > 0 };

    internal RecordFormat Format => _format;

    internal ColumnTable ColumnTable => _columns;

    /// <summary>Reads a mapping file. Never throws for what is in it or for a missing file: all faults come back at once.</summary>
    public static MappingLoad Load(string path) => MappingParser.Load(path);

    /// <summary>As <see cref="Load"/>, from text; <paramref name="fileName"/> is what faults name.</summary>
    public static MappingLoad Parse(string fileName, string yaml) => MappingParser.Parse(fileName, yaml);

    /// <summary>A reader that owns <paramref name="content"/>; <paramref name="fileName"/> is what positions and faults name.</summary>
    public SourceReader OpenReader(Stream content, string fileName) => OpenReader(content, fileName, ReadingPlace.InMemory());

    /// <summary>As <see cref="OpenReader(Stream, string)"/>, for mappings that read other files too or fold rows: where those are and where records wait.</summary>
    public SourceReader OpenReader(Stream content, string fileName, ReadingPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return new(Composed?.Open(content, fileName, _columns, place) ?? Open(content, fileName), _mapper, Duplicates);
    }

    /// <summary>The side files that an input in <paramref name="folder"/> is joined with now, as full paths, in order; each once.</summary>
    public IReadOnlyList<string> SideFiles(string? folder) =>
        [.. (Composed?.Joins ?? []).SelectMany(join => Reading.Joins.SideFiles.Find(join.Files, folder, _file)).Distinct(StringComparer.Ordinal)];

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
        return new HeaderDemand(_file, _format.OfFile, Composed?.Primary.Columns ?? _columns).Check(columns, fileName);
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

    private ComposedFormat? Composed => _format as ComposedFormat;

    private RecordReader Open(Stream content, string fileName) =>
        _format.OfFile.Open(content, fileName, Composed?.Primary.Columns ?? _columns, names => CheckHeader(names, fileName));
}
