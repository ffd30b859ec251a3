using System.Buffers.Binary;

namespace CallTracking.Agent.Sources.Files;

/// <summary>A row of a case as the journal knows it.</summary>
/// <param name="Key">A short keyed hash of the case.</param>
/// <param name="Place">Its place in the order of rows; where the mapping gives none, the how many-th of its case it is in its file.</param>
/// <param name="Content">A keyed hash of what the mapping reads of it.</param>
internal readonly record struct FoldedRow(ulong Key, long Place, ulong Content)
{
    /// <summary>How many bytes one takes.</summary>
    public const int Size = 24;

    public static FoldedRow Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Key);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Place);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], Content);
    }

    /// <summary>All that a stream holds to its end, or so many.</summary>
    public static IEnumerable<FoldedRow> All(Stream stream, long count)
    {
        var buffer = new byte[Size];
        for (; count > 0; count--)
        {
            stream.ReadExactly(buffer);
            yield return Read(buffer);
        }
    }
}
