namespace CallTracking.Mapping.Reading.Lines;

/// <summary>Finds where a record ends, in bytes. Goes on where it stopped when more bytes come, so that no byte is looked at twice. Not thread-safe.</summary>
internal abstract class RecordEnd
{
    /// <summary>The record at hand is inside quotes.</summary>
    public bool IsInQuotes { get; protected set; }

    /// <summary>Where the last quote opened, from the start of the record.</summary>
    public long QuoteOpenedAt { get; protected set; }

    public abstract void Reset();

    /// <summary>How many bytes may be dropped from the front of an oversized record; what is needed for what comes next is kept.</summary>
    public abstract int Drop();

    /// <summary>True when the record ends here: <paramref name="length"/> without its line end, <paramref name="consumed"/> with it.</summary>
    public abstract bool TryEnd(ReadOnlySpan<byte> bytes, bool isAtEnd, long dropped, out int length, out int consumed);
}
