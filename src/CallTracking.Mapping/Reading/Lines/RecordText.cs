namespace CallTracking.Mapping.Reading.Lines;

/// <summary>What the bytes of a record read as, in a room that is used again for every record. Not thread-safe.</summary>
internal sealed class RecordText(SourceEncoding encoding) : IDisposable
{
    private readonly PooledChars _chars = new();
    private readonly StrictDecoder _decoder = new(encoding);

    /// <summary>What decoded text is written to; another array when more room was needed.</summary>
    public char[] Chars => _chars.All;

    /// <summary>Decodes bytes behind what has been decoded of the record; false with the place of the first that the encoding does not have.</summary>
    public bool TryDecode(ReadOnlySpan<byte> bytes, int behind, out int written, out int badByte)
    {
        _chars.MakeRoom(behind + StrictDecoder.Room(bytes.Length), behind);
        return _decoder.TryDecode(bytes, Chars.AsSpan(behind), out written, out badByte);
    }

    /// <summary>Decodes bytes to the start of <see cref="Chars"/>.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes, out int written) => TryDecode(bytes, 0, out written, out _);

    public void Dispose() => _chars.Dispose();
}
