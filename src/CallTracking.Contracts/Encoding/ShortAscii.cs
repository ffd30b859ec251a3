using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CallTracking.Contracts;

/// <summary>
/// UTF-8 of short texts that are ASCII, which most values of a case are: the library's own conversion takes longer to begin than they take
/// to be written.
/// </summary>
internal static class ShortAscii
{
    /// <summary>Characters of a text that is short.</summary>
    public const int Longest = 64;

    private const char LastAscii = '\u007F';

    /// <summary>False when the text is long, or not ASCII; then what stands in <paramref name="into"/> means nothing.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="into">At least as long as the text.</param>
    public static bool TryWrite(ReadOnlySpan<char> text, Span<byte> into) => text.Length <= Longest
        && (text.Length < Vector128<ushort>.Count ? TryWriteEach(text, into) : TryWriteGroups(MemoryMarshal.Cast<char, ushort>(text), into));

    private static bool TryWriteEach(ReadOnlySpan<char> text, Span<byte> into)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] > LastAscii)
            {
                return false;
            }

            into[index] = (byte)text[index];
        }

        return true;
    }

    // The last group may begin inside the one before.
    private static bool TryWriteGroups(ReadOnlySpan<ushort> units, Span<byte> into)
    {
        var last = units.Length - Vector128<ushort>.Count;
        for (var at = 0; ; at = Math.Min(at + Vector128<ushort>.Count, last))
        {
            var group = Vector128.Create(units[at..]);
            if (Vector128.GreaterThanAny(group, Vector128.Create((ushort)LastAscii)))
            {
                return false;
            }

            Vector128.Narrow(group, group).GetLower().CopyTo(into[at..]);
            if (at == last)
            {
                return true;
            }
        }
    }
}
