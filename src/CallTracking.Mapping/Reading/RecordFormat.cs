using CallTracking.Contracts;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading;

/// <summary>What a header lacks of the columns that the mapping names.</summary>
internal delegate IReadOnlyList<Fault> HeaderCheck(IReadOnlyList<string> names);

/// <summary>How a source's files are written: the mapping's <c>format</c>. Each kind of file knows how it is opened.</summary>
internal abstract record RecordFormat
{
    public const int DefaultMaxRecordBytes = 4 * 1024 * 1024;

    /// <summary>Larger records are rejected without being held.</summary>
    public int MaxRecordBytes { get; init; } = DefaultMaxRecordBytes;

    /// <summary>True where records are trees and the mapping names paths in them; false where a header names columns.</summary>
    public abstract bool IsTree { get; }

    /// <summary>The format of the file itself, where records are composed of several.</summary>
    public virtual RecordFormat OfFile => this;

    /// <summary>How a header was read, for a fault that says that none of its names fits; such as "read as utf-8".</summary>
    public abstract string Manner { get; }

    /// <summary>What to look at first when not one name of a header fits.</summary>
    public virtual string HeaderCure => "Check encoding and delimiter under format in the mapping first.";

    /// <summary>A reader that owns <paramref name="content"/>.</summary>
    /// <param name="content">The file's bytes.</param>
    /// <param name="fileName">What positions and faults name.</param>
    /// <param name="columns">The columns or paths that the mapping reads.</param>
    /// <param name="check">Asked once a header is read; its faults end the file.</param>
    public abstract RecordReader Open(Stream content, string fileName, ColumnTable columns, HeaderCheck check);
}

/// <summary>Files of text in a named encoding.</summary>
internal abstract record TextFormat(SourceEncoding Encoding) : RecordFormat
{
    public override string Manner => Encoding.LeastConfidence is null ? $"read as {Encoding.Name}" : "read in a detected encoding";

    /// <summary>True when records can be cut in the file's own bytes, so that one bad byte costs one record only.</summary>
    public abstract bool CutsInPlace { get; }

    /// <summary>The file's bytes in the encoding in which records are cut: its own, else UTF-8.</summary>
    public Stream Decoded(Stream content, string fileName) => CutsInPlace ? content : new TranscodingInput(content, Encoding, fileName);
}
