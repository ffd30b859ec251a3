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

    /// <summary>True when a file that grew can be read on from a <see cref="ResumePoint"/>.</summary>
    public virtual bool CanResume => false;

    /// <summary>True when its reader needs a stream that can seek.</summary>
    public virtual bool NeedsSeeking => false;

    /// <summary>What the bytes of a rejected record are written in.</summary>
    public virtual System.Text.Encoding RawEncoding => System.Text.Encoding.UTF8;

    /// <summary>A file's bytes as somebody would write it by hand, for a test; null where files of this kind are no text.</summary>
    public virtual byte[]? BytesOf(string text) => null;

    /// <summary>
    /// Reads a rejected record's bytes behind their <see cref="RecordReader.Head"/> once more, as a file of one record; null when they are not all
    /// that it takes.
    /// </summary>
    public virtual (RecordFormat Format, Stream Content)? Kept(ReadOnlyMemory<byte> record) => null;

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

    public override bool CanResume => CutsInPlace;

    public override System.Text.Encoding RawEncoding => InPlace.Lenient;

    public override byte[]? BytesOf(string text) => Encoding.Strict.GetBytes(text);

    /// <summary>The encoding in which records are cut: the file's own, else UTF-8.</summary>
    public SourceEncoding InPlace => CutsInPlace ? Encoding : SourceEncoding.Utf8;

    public override (RecordFormat Format, Stream Content)? Kept(ReadOnlyMemory<byte> record) =>
        (this with { Encoding = InPlace }, new MemoryStream(record.ToArray(), writable: false));

    /// <summary>The file's bytes in the encoding in which records are cut: its own, else UTF-8.</summary>
    public Stream Decoded(Stream content, string fileName) => CutsInPlace ? content : new TranscodingInput(content, Encoding, fileName);
}
