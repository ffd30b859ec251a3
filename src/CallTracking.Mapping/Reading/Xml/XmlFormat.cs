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

    // The mark comes before what a declaration says that was copied with the text.
    public override byte[]? BytesOf(string text) =>
        Encoding is { } named ? named.Strict.GetBytes(text) : [.. System.Text.Encoding.UTF8.Preamble, .. System.Text.Encoding.UTF8.GetBytes(text)];

    public override RecordReader Open(Stream content, string fileName, ColumnTable columns, HeaderCheck check) =>
        new XmlRecordReader(content, this, fileName, columns);
}
