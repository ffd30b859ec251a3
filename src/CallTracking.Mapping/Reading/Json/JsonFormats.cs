using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Json;

/// <summary>One JSON document that holds an array of records, or an object whose members they are.</summary>
internal sealed record JsonArrayFormat(SourceEncoding Encoding) : TextFormat(Encoding)
{
    /// <summary>Property names from the root of the document to the array of records; none when the root is the array.</summary>
    public IReadOnlyList<string> RecordsPath { get; init; } = [];

    /// <summary>The path leads to an object, of which each member is a record; its name is the record's <see cref="JsonPath.Member"/>.</summary>
    public bool IsOfMembers { get; init; }

    public override bool IsTree => true;

    public override bool CutsInPlace => Encoding.IsUtf8;

    // What closes the array comes behind the last record: an array that grew is another document.
    public override bool CanResume => false;

    public override (RecordFormat Format, Stream Content)? Kept(ReadOnlyMemory<byte> record) =>
        (this with { Encoding = InPlace, RecordsPath = [], IsOfMembers = false }, new MemoryStream([.. "["u8, .. record.Span, .. "]"u8], writable: false));

    public override RecordReader Open(Stream content, string fileName, ColumnTable columns, HeaderCheck check) =>
        new JsonArrayReader(content, this, fileName, columns);
}

/// <summary>One JSON object a line.</summary>
internal sealed record JsonLinesFormat(SourceEncoding Encoding) : TextFormat(Encoding)
{
    public override bool IsTree => true;

    public override bool CutsInPlace => Encoding.IsUtf8;

    public override RecordReader Open(Stream content, string fileName, ColumnTable columns, HeaderCheck check) =>
        new JsonLinesReader(content, this, fileName, columns);
}
