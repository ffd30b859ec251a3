using CallTracking.Mapping.Reading.Lines;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Fixed;

/// <summary>A column.</summary>
/// <param name="Name">As the mapping's fields name it.</param>
/// <param name="Start">Its first place, counted from 0.</param>
/// <param name="End">The first place behind it; <see cref="Open"/> where it reaches to the record's end.</param>
/// <param name="Pad">What fills the column up.</param>
/// <param name="IsRightAligned">The filling stands before the value, else behind it.</param>
internal sealed record FixedColumn(string Name, int Start, int End, char Pad, bool IsRightAligned)
{
    /// <summary>An <see cref="End"/> behind every place.</summary>
    public const int Open = int.MaxValue;

    /// <summary>The fewest places of a record that has it.</summary>
    public int LeastEnd => End == Open ? Start : End;
}

/// <summary>Records whose columns stand at fixed places, a line each or all of one length.</summary>
internal sealed record FixedFormat(SourceEncoding Encoding) : TextTableFormat(Encoding)
{
    public IReadOnlyList<FixedColumn> Columns { get; init; } = [];

    /// <summary>Places count bytes of the file's encoding; else characters.</summary>
    public bool CountsBytes { get; init; }

    /// <summary>Bytes of a record where there are no line ends; null when a record is a line.</summary>
    public int? RecordBytes { get; init; }

    /// <summary>What a short record lacks is empty; else it is rejected.</summary>
    public bool PadsShortRecords { get; init; }

    public override bool HasLineEnds => RecordBytes is null;

    public override bool HasHeader => false;

    public override IReadOnlyList<string> ColumnNames => [.. Columns.Select(column => column.Name)];

    /// <summary>Where the last column ends; where one without an end begins.</summary>
    public int Width => Columns.Max(column => column.LeastEnd);

    public override bool CutsInPlace => Encoding.LeastConfidence is null && (RecordBytes is not null || Encoding.CanCutAt());

    // Without line ends nobody knows whether the last record is whole.
    public override bool CanResume => base.CanResume && RecordBytes is null;

    public override RecordReader Open(Stream content, string fileName, ColumnTable columns, HeaderCheck check) =>
        new FixedReader(content, this, fileName, columns, check);
}
