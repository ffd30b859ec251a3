using CallTracking.Mapping.Reading.Lines;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Delimited;

/// <summary>What becomes of a row that has not as many cells as there are columns.</summary>
internal enum RaggedRule
{
    /// <summary>It is rejected.</summary>
    Reject,

    /// <summary>Missing cells are empty; surplus empty cells are passed over.</summary>
    Pad,

    /// <summary>Surplus cells belong to the last column, with the delimiters between them; a row with too few is rejected.</summary>
    JoinLast,
}

/// <summary>Records of cells between delimiters, one a line.</summary>
internal sealed record DelimitedFormat(SourceEncoding Encoding) : TextTableFormat(Encoding)
{
    /// <summary>One character or several.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>Null when the source never quotes.</summary>
    public char? Quote { get; init; } = '"';

    /// <summary>Null when a quote inside quotes is doubled.</summary>
    public char? Escape { get; init; }

    public override bool HasHeader => Columns.Count == 0;

    /// <summary>The columns' names where there is no header.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    public override IReadOnlyList<string> ColumnNames => Columns;

    public RaggedRule Ragged { get; init; }

    public override string Manner => $"{base.Manner} and cut at '{Delimiter}'";

    public override bool CutsInPlace => Encoding.CanCutAt([.. Delimiter, Quote ?? ',', Escape ?? ',']);

    public override RecordReader Open(Stream content, string fileName, ColumnTable columns, HeaderCheck check) =>
        new DelimitedReader(content, this, fileName, columns, check);
}
