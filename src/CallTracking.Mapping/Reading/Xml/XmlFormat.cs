using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Xml;

/// <summary>An XML document with one element per record.</summary>
internal sealed record XmlFormat : RecordFormat
{
    /// <summary>Null when the file says its own encoding.</summary>
    public SourceEncoding? Encoding { get; init; }

    /// <summary>Names from the root element to the records' elements, as <see cref="XmlNames"/> writes them; at least one.</summary>
    public IReadOnlyList<string> Records { get; init; } = [];

    public XmlNames Names { get; init; } = XmlNames.Local;

    public override bool IsTree => true;

    public override string Manner => $"read as {Encoding?.Name ?? "XML"}";

    public override RecordReader Open(Stream content, string fileName, ColumnTable columns, HeaderCheck check) =>
        new XmlRecordReader(content, this, fileName, columns);
}
