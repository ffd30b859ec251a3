using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CallTracking.Mapping.Reading.Delimited;

/// <summary>
/// Finds a sign in a text, one place after the other. Many characters are compared at once and what was found among them is kept: cells
/// are so short that a search of its own for each would take longer to begin than to search.
/// </summary>
internal ref struct SignScan(ReadOnlySpan<char> text, char sign)
{
    private const int Width = 32;

    private readonly ReadOnlySpan<char> _text = text;

    // What was compared last: from where to where, and a bit for each of its characters.
    private int _start;
    private int _end;
    private uint _found;

    /// <summary>Where the sign stands next, from here on; -1 when it does not. What stands behind must be as it was before.</summary>
    /// <param name="from">Not before what was asked for earlier.</param>
    public int Next(int from)
    {
        while (true)
        {
            if (from < _end)
            {
                var rest = _found >> (from - _start);
                if (rest != 0)
                {
                    return from + BitOperations.TrailingZeroCount(rest);
                }

                from = _end;
            }

            if (_text.Length - from < Width)
            {
                var next = _text[from..].IndexOf(sign);
                return next < 0 ? -1 : from + next;
            }

            Compare(from);
        }
    }

    private void Compare(int from)
    {
        var chars = MemoryMarshal.Cast<char, ushort>(_text.Slice(from, Width));
        var wanted = Vector256.Create((ushort)sign);
        var first = Vector256.Equals(Vector256.Create(chars), wanted);
        var second = Vector256.Equals(Vector256.Create(chars[Vector256<ushort>.Count..]), wanted);
        _found = Vector256.Narrow(first, second).ExtractMostSignificantBits();
        _start = from;
        _end = from + Width;
    }
}
