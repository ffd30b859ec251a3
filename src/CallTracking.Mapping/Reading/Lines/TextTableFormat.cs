namespace CallTracking.Mapping.Reading.Lines;

/// <summary>Tables in text, one record after the other.</summary>
internal abstract record TextTableFormat(SourceEncoding Encoding) : TextFormat(Encoding)
{
    public Framing Framing { get; init; } = Framing.None;

    /// <summary>The first record names the columns.</summary>
    public abstract bool HasHeader { get; }

    /// <summary>The columns' names where there is no header.</summary>
    public abstract IReadOnlyList<string> ColumnNames { get; }

    public override bool IsTree => false;

    /// <summary>The encoding in which records are cut and decoded.</summary>
    public SourceEncoding RecordEncoding => CutsInPlace ? Encoding : SourceEncoding.Utf8;
}
