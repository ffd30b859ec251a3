namespace CallTracking.Mapping.Reading.Lines;

/// <summary>Tables in text, one record after the other.</summary>
internal abstract record TextTableFormat(SourceEncoding Encoding) : TextFormat(Encoding)
{
    public Framing Framing { get; init; } = Framing.None;

    /// <summary>The first record names the columns.</summary>
    public abstract bool HasHeader { get; }

    /// <summary>The columns' names where there is no header.</summary>
    public abstract IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Lines are records; else they are of one length.</summary>
    public virtual bool HasLineEnds => true;

    public override bool IsTree => false;

    // Where a footer stands at the end, what a file grew by is not behind it.
    public override bool CanResume => base.CanResume && Framing is { FooterLines: 0, FooterFrom: null };

    public override (RecordFormat Format, Stream Content)? Kept(ReadOnlyMemory<byte> record) =>
        (this with { Encoding = InPlace, Framing = Framing.None }, new MemoryStream(record.ToArray(), writable: false));
}
