namespace CallTracking.Mapping.Reading;

/// <summary>The kinds of files that a mapping can name.</summary>
internal enum FormatKind
{
    Delimited,
    Json,
    JsonLines,
}

/// <summary>How a source's files are written: the mapping's <c>format</c>.</summary>
internal sealed record FormatSpec(FormatKind Kind, SourceEncoding Encoding)
{
    public const int DefaultMaxRecordBytes = 4 * 1024 * 1024;

    public char Delimiter { get; init; } = ',';

    /// <summary>Null when the source never quotes.</summary>
    public char? Quote { get; init; } = '"';

    /// <summary>Null when a quote inside quotes is doubled.</summary>
    public char? Escape { get; init; }

    /// <summary>The first record names the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>The columns' names where there is no header.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>A row with fewer cells is filled with empty ones; surplus empty cells are passed over.</summary>
    public bool PadsRaggedRows { get; init; }

    public int MaxRecordBytes { get; init; } = DefaultMaxRecordBytes;

    /// <summary>Property names from the root of the document to the array of records; none when the root is the array.</summary>
    public IReadOnlyList<string> RecordsPath { get; init; } = [];

    /// <summary>True when records can be cut in the file's own bytes, so that one bad byte costs one record only.</summary>
    public bool CutsInPlace => Kind == FormatKind.Delimited
        ? Encoding.CanCutAt(Delimiter, Quote ?? ',', Escape ?? ',')
        : Encoding.IsUtf8;
}
