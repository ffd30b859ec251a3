using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Delimited;

/// <summary>Records of cells between delimiters, one a line.</summary>
internal sealed record DelimitedFormat(SourceEncoding Encoding) : TextFormat(Encoding)
{
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

    public override bool IsTree => false;

    public override string Manner => $"{base.Manner} and cut at '{Delimiter}'";

    public override bool CutsInPlace => Encoding.CanCutAt(Delimiter, Quote ?? ',', Escape ?? ',');

    public override RecordReader Open(Stream content, string fileName, ColumnTable columns, HeaderCheck check) =>
        new DelimitedReader(content, this, fileName, columns, check);
}
