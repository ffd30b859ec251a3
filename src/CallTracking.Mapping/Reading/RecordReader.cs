using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading;

/// <summary>What the reader stands on.</summary>
internal enum ReadKind
{
    End,
    Row,
    Blank,
    Broken,

    /// <summary>A row of a case for which another row stands.</summary>
    Folded,
}

/// <summary>Cuts a stream into records, one at a time, in memory bounded by the largest record. Not thread-safe.</summary>
internal abstract class RecordReader : IAsyncDisposable, IDisposable
{
    /// <summary>Where the record of the last read stands.</summary>
    public RowPosition Position { get; protected set; }

    /// <summary>Its values, when it is a row.</summary>
    public abstract SourceRow Row { get; }

    /// <summary>What is wrong with it, when it is broken.</summary>
    public RowFault? Fault { get; protected set; }

    /// <summary>
    /// The cells of a broken record that can still be told apart, for its key: those in which something is wrong have a fault. Null where they cannot be.
    /// </summary>
    public virtual SourceRow? Remains => null;

    /// <summary>Why a row, sound in itself, must not become a case; null when it may.</summary>
    public virtual RowFault? Objection => null;

    /// <summary>Its bytes, until the next read; at most <see cref="SourceReader.RawRecordBytes"/>.</summary>
    public virtual ReadOnlyMemory<byte> Raw { get; protected set; }

    /// <summary>How many bytes the record has, about; asked for every row.</summary>
    public virtual int Size => Raw.Length;

    /// <summary>How many cells of the row have a value; 0 where records are no rows of a table.</summary>
    public virtual int Values => (Row as TableRow)?.Values ?? 0;

    /// <summary>What <see cref="Raw"/> is written in.</summary>
    public virtual System.Text.Encoding RawEncoding => System.Text.Encoding.UTF8;

    /// <summary>What is read is a piece of a file: that it lacks the file's end is no fault.</summary>
    public virtual bool IsExcerpt { get; set; }

    /// <summary>What at the end of all that was read cannot well be meant, a line each; asked for after the last record.</summary>
    public virtual IReadOnlyList<string> Doubts => [];

    /// <summary>How its files ended; asked for after the last record.</summary>
    public virtual FileEnds Ends => FileEnds.None;

    /// <summary>Where to go on when the file has grown; null when it can only be read from its start.</summary>
    public virtual ResumePoint? Resume => null;

    /// <summary>The bytes that name the columns of every record, with their line end; none where records name their own.</summary>
    public virtual ReadOnlyMemory<byte> Head => default;

    /// <summary>Has the first read begin behind the header at this place. The stream must be one that can seek.</summary>
    public virtual void StartAt(ResumePoint point) => throw new NotSupportedException("This kind of file can only be read from its start.");

    /// <exception cref="SourceFormatException">The file as a whole cannot be read on.</exception>
    public abstract ValueTask<ReadKind> ReadAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    public abstract void Dispose();

    /// <param name="reason">One of <see cref="RejectReason"/>.</param>
    /// <param name="message">What was expected and which shape was found.</param>
    /// <param name="column">Where, as far as that is known.</param>
    protected ReadKind Broken(string reason, string message, string? column = null)
    {
        Fault = new RowFault(reason, message) { Place = column is null ? null : new RulePlace(0, [column]) };
        return ReadKind.Broken;
    }

    protected static ReadOnlyMemory<byte> Truncated(ReadOnlyMemory<byte> bytes) =>
        bytes.Length > SourceReader.RawRecordBytes ? bytes[..SourceReader.RawRecordBytes] : bytes;
}
