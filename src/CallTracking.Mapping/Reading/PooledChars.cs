using System.Buffers;

namespace CallTracking.Mapping.Reading;

/// <summary>Characters in one pooled array, reused from record to record. Not thread-safe.</summary>
internal sealed class PooledChars : IDisposable
{
    private char[] _chars = [];

    public char[] All => _chars;

    /// <summary>Makes it at least this long; the first <paramref name="kept"/> characters stay as they are.</summary>
    public void MakeRoom(int chars, int kept)
    {
        if (chars > _chars.Length)
        {
            var larger = ArrayPool<char>.Shared.Rent(chars);
            _chars.AsSpan(0, kept).CopyTo(larger);
            Dispose();
            _chars = larger;
        }
    }

    // Personal data: the pool gets a clean buffer.
    public void Dispose()
    {
        if (_chars.Length > 0)
        {
            ArrayPool<char>.Shared.Return(_chars, clearArray: true);
            _chars = [];
        }
    }
}
