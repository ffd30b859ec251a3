using System.Text;

namespace CallTracking.Mapping.Reading;

/// <summary>UTF-8 made from pieces of a file, and where each piece began there. Not thread-safe.</summary>
internal sealed class Utf8Pieces
{
    /// <summary>Stands where the file has a byte that its encoding lacks; in no UTF-8 does it occur.</summary>
    public const byte BadByte = 0xFF;

    /// <summary>The same among characters: one that Unicode keeps out of all texts.</summary>
    public const char BadCharacter = '\uFDD0';

    private const int Room = 64 * 1024;

    private readonly byte[] _bytes = new byte[Room];
    private long _before;

    public OffsetMap Places { get; } = new();

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public bool HasRoomFor(int chars) => Room - Length >= chars * 3;

    /// <summary>Forgets the bytes, which have been taken.</summary>
    public void Next()
    {
        _before += Length;
        Length = 0;
    }

    /// <summary>
    /// Adds a piece that began at byte <paramref name="source"/> of the file, with its bad bytes' places from there; its first character may have
    /// begun at <paramref name="first"/>, in the piece before.
    /// </summary>
    public void Add(ReadOnlySpan<char> chars, long first, long source, IReadOnlyList<int> bad)
    {
        Places.Add(_before + Length, first);
        for (var index = 0; chars.IndexOf(BadCharacter) is >= 0 and var at; index++)
        {
            Write(chars[..at]);
            Places.Add(_before + Length, source + (index < bad.Count ? bad[index] : 0));
            _bytes[Length++] = BadByte;
            chars = chars[(at + 1)..];
        }

        Write(chars);
    }

    /// <summary>Adds bytes of a file that is UTF-8 already.</summary>
    public void AddUtf8(ReadOnlySpan<byte> bytes, long source)
    {
        Places.Shift ??= source;
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Clear() => Array.Clear(_bytes);

    private void Write(ReadOnlySpan<char> chars) => Length += Encoding.UTF8.GetBytes(chars, _bytes.AsSpan(Length));
}
