using CallTracking.Contracts;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Mapping;

/// <summary>
/// Where a record stands in its file. Row counts records from 1 (headers, comments and what else is no record do not count), Line
/// counts lines from 1, ByteOffset counts bytes of the file from 0. Where JSON is not UTF-8, it may be a place up to 1 KiB before. Rows of a database have no line: it is 0.
/// </summary>
public readonly record struct RowPosition(string File, long Row, long Line, long ByteOffset)
{
    public override string ToString() => Line == 0 ? $"{File}: row {Row}" : $"{File}: row {Row}, line {Line}, byte {ByteOffset}";
}

/// <summary>
/// What became of one record. Every record of a file gives exactly one outcome, so that a run can be accounted for.
/// The text form says where, never what: a case holds personal values.
/// </summary>
public abstract record RowOutcome(RowPosition Position)
{
    public sealed override string ToString() => $"{GetType().Name} {Position}";

    /// <summary>
    /// A case, all its values clear, without uid, region and source name, which are the agent's. The case is fresh per record.
    /// </summary>
    /// <param name="Position">Where the record stands.</param>
    /// <param name="Case">The mapped case; without any field when <paramref name="IsGone"/>.</param>
    /// <param name="LocalId">The key columns' texts, joined by U+001F. Class CASE_NUMBER: never log it.</param>
    /// <param name="SourceUpdatedAt">The source's own time of the last change, where the mapping names one.</param>
    /// <param name="IsGone">The source says that the case no longer exists.</param>
    public sealed record Mapped(RowPosition Position, Case Case, string LocalId, DateTimeOffset? SourceUpdatedAt, bool IsGone)
        : RowOutcome(Position)
    {
        /// <summary>
        /// The key as programs before this one may have taken it, with its whole numbers as a source writes them (<c>9001.0</c>); null where there are none.
        /// </summary>
        public string? OtherId { get; init; }

        /// <summary>What its joins gave it; null where there are none, or where nothing is told of them.</summary>
        public JoinYields? Yields { get; init; }
    }

    /// <summary>Nothing in any cell.</summary>
    public sealed record Blank(RowPosition Position) : RowOutcome(Position);

    /// <summary>One of several rows of a case, for which another row stands.</summary>
    public sealed record Folded(RowPosition Position) : RowOutcome(Position);

    /// <summary>Left out by a rule of the mapping.</summary>
    public sealed record Filtered(RowPosition Position, string Rule) : RowOutcome(Position);

    /// <summary>The record cannot become a case and belongs in the region's quarantine.</summary>
    /// <param name="Position">Where the record stands.</param>
    /// <param name="Reason">One of <see cref="RejectReason"/>: stable, safe to count by.</param>
    /// <param name="Field">The field of the case, or the part of the mapping, that could not be filled; null for the record as a whole.</param>
    /// <param name="Message">What was expected and which shape was found; never content.</param>
    /// <param name="RawRecord">
    /// The record's bytes as read (in the form of UTF-8 where it is read through that, 0xFF for what cannot be read), at most <see cref="SourceReader.RawRecordBytes"/>. Personal data: for an encrypted quarantine only.
    /// Valid until the next read.
    /// </param>
    public sealed record Rejected(RowPosition Position, string Reason, string? Field, string Message, ReadOnlyMemory<byte> RawRecord)
        : RowOutcome(Position)
    {
        /// <summary>As of <see cref="Mapped"/>; null when the key itself could not be read.</summary>
        public string? LocalId { get; init; }

        /// <summary>As of <see cref="Mapped"/>.</summary>
        public string? OtherId { get; init; }

        /// <summary>The word, when that is what the record was rejected for.</summary>
        public UnknownWord? Word { get; init; }
    }
}

/// <summary>Why a record was rejected. Reports count by these words: add, never rename.</summary>
public static class RejectReason
{
    /// <summary>Bytes that the named encoding does not have.</summary>
    public const string Undecodable = "undecodable";

    /// <summary>U+FFFD in a text: a program before us has lost a character, which only another export brings back.</summary>
    public const string DamagedText = "damaged-text";

    /// <summary>Quotes or JSON that do not close, or something that is no record.</summary>
    public const string BrokenRecord = "broken-record";

    /// <summary>More or fewer cells than the header.</summary>
    public const string RaggedRow = "ragged-row";

    /// <summary>The last record of a file that does not end as its mapping says: it may be a piece of one.</summary>
    public const string CutOff = "cut-off";

    /// <summary>A key column is empty.</summary>
    public const string MissingKey = "missing-key";

    /// <summary>A value that the value table does not name.</summary>
    public const string UnmappedValue = "unmapped-value";

    /// <summary>The record names another one that the joined file does not have.</summary>
    public const string UnmatchedReference = "unmatched-reference";

    /// <summary>Earlier rows of the case stood in a file that is gone.</summary>
    public const string IncompleteCase = "incomplete-case";

    /// <summary>Not a number, out of range, several values for one field.</summary>
    public const string BadValue = "bad-value";

    /// <summary>Not a time in any of the formats.</summary>
    public const string BadTime = "bad-time";

    /// <summary>A value in a column that the contract does not let in.</summary>
    public const string NewColumn = "new-column";

    /// <summary>A value of another kind than the contract wants in its column.</summary>
    public const string RetypedValue = "retyped-value";

    /// <summary>U+0000 in a text; the hub's database cannot hold it.</summary>
    public const string NulCharacter = "nul-character";

    /// <summary>The record is over <c>max_record_bytes</c>, or its case is over <see cref="SyncLimits.CaseBytes"/>.</summary>
    public const string TooLarge = "too-large";
}
