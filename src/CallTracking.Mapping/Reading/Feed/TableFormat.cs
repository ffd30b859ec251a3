using CallTracking.Contracts;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Feed;

/// <summary>Rows that come as rows, from a database: there is nothing to cut or to decode.</summary>
internal sealed record TableFormat : RecordFormat
{
    public override bool IsTree => false;

    public override string Manner => "as the query gives it";

    public override string HeaderCure => "Name the columns as the query does.";

    public override (RecordFormat Format, Stream Content)? Kept(ReadOnlyMemory<byte> record) =>
        KeptRow.Read(record) is { } row ? (new KeptRowFormat(this, row) { MaxRecordBytes = MaxRecordBytes }, Stream.Null) : null;

    public override RecordReader Open(Stream content, string fileName, ColumnTable columns, HeaderCheck check) => throw new SourceFormatException(new Fault(
        fileName, 0, 0, "The mapping's format is table, rows of a database; this is a file.", "Write how the file is written under format in the mapping."));
}
