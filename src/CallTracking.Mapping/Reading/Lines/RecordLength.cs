namespace CallTracking.Mapping.Reading.Lines;

/// <summary>Ends a record after so many bytes. At the end of the file, line ends and the old end-of-file sign alone are an empty record.</summary>
internal sealed class RecordLength(int bytesEach) : RecordEnd
{
    private const byte EndOfFile = 0x1A;

    public override void Reset()
    {
        // Nothing is remembered.
    }

    // A record is never over the limit: the mapping is refused before.
    public override int Drop() => 0;

    public override bool TryEnd(ReadOnlySpan<byte> bytes, bool isAtEnd, long dropped, out int length, out int consumed)
    {
        consumed = Math.Min(bytes.Length, bytesEach);
        length = consumed < bytesEach && bytes.IndexOfAnyExcept((byte)'\r', (byte)'\n', EndOfFile) < 0 ? 0 : consumed;
        return consumed == bytesEach || (isAtEnd && consumed > 0);
    }
}
