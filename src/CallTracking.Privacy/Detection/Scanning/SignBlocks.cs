using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CallTracking.Privacy;

/// <summary>64 characters of a text, one bit each.</summary>
/// <param name="Digits">Digits of any script.</param>
/// <param name="Marks">What values hang on beside digits: @, :, =, and dots.</param>
/// <param name="Starts">Where a word may begin that says what stands beside it.</param>
/// <param name="Dashes">Dashes of ASCII.</param>
/// <param name="Tokens">What keys and tokens are made of: letters and digits of ASCII, dash, dot, underscore.</param>
/// <param name="Opens">Opening brackets, wide ones too.</param>
internal readonly record struct SignBlock(ulong Digits, ulong Marks, ulong Starts, ulong Dashes, ulong Tokens, ulong Opens);

/// <summary>
/// A text as bits, by what its characters are to a detector. ASCII is sorted many characters at a time, others by
/// <see cref="TextSigns"/>. Reusable; one thread at a time.
/// </summary>
internal sealed class SignBlocks
{
    public const int Width = 64;

    // Where the signs of East Asia begin: radicals, kana, ideographs and Hangul's syllables stand behind it.
    private const char FirstEastAsian = '\u2E80';

    private SignBlock[] _blocks = new SignBlock[32];
    private int _count;

    /// <summary>Has characters of East Asia: ideographs, kana, syllables of Korea, signs as wide as they are.</summary>
    public bool HasEastAsian { get; private set; }

    public ReadOnlySpan<SignBlock> All => _blocks.AsSpan(0, _count);

    /// <summary>The first place at or behind another from which 16 characters or more stand together that a key or token may be made of, or -1.</summary>
    public int NextToken(int from)
    {
        var left = ~0UL << (from % Width);
        for (var block = from / Width; block < _count; block++)
        {
            var (here, next) = (_blocks[block].Tokens, block + 1 < _count ? _blocks[block + 1].Tokens : 0);
            for (var width = 1; width < 16 && here != 0; width *= 2)
            {
                (here, next) = (here & ((here >> width) | (next << (Width - width))), next & (next >> width));
            }

            if ((here & left) is not 0 and var starts)
            {
                return (block * Width) + BitOperations.TrailingZeroCount(starts);
            }

            left = ~0UL;
        }

        return -1;
    }

    /// <summary>Five dashes stand three apart.</summary>
    public bool HasDashedPairs()
    {
        for (var block = 0; block < _count; block++)
        {
            var (here, next) = (_blocks[block].Dashes, block + 1 < _count ? _blocks[block + 1].Dashes : 0);
            var all = here;
            for (var dash = 1; dash < 5 && all != 0; dash++)
            {
                all &= (here >> (3 * dash)) | (next << (Width - (3 * dash)));
            }

            if (all != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first opening bracket at or behind a place, or -1.</summary>
    public int NextOpen(int from)
    {
        var left = ~0UL << (from % Width);
        for (var block = from / Width; block < _count; block++)
        {
            if ((_blocks[block].Opens & left) is not 0 and var opens)
            {
                return (block * Width) + BitOperations.TrailingZeroCount(opens);
            }

            left = ~0UL;
        }

        return -1;
    }

    public void Read(string text)
    {
        _count = (text.Length + Width - 1) / Width;
        if (_count > _blocks.Length)
        {
            _blocks = new SignBlock[Math.Max(_count, 2 * _blocks.Length)];
        }

        Span<char> rest = stackalloc char[Width];
        var (word, lower, highest) = (0UL, 0UL, '\0');
        for (var block = 0; block < _count; block++)
        {
            scoped var signs = text.AsSpan(block * Width);
            if (signs.Length < Width)
            {
                rest.Fill(' ');
                signs.CopyTo(rest);
                signs = rest;
            }

            _blocks[block] = Sort(signs, ref word, ref lower, ref highest);
        }

        HasEastAsian = highest >= FirstEastAsian;
    }

    // The carries say whether the character before the block is of a word, and a small letter of ASCII, and what the highest so far is.
    private static SignBlock Sort(ReadOnlySpan<char> signs, ref ulong word, ref ulong lower, ref char highest)
    {
        ref var first = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(signs));
        var one = Narrow(ref first, 0);
        var two = Narrow(ref first, Width / 2);
        var digits = Between(one, two, '0', 9);
        var capitals = Between(one, two, 'A', 25);
        var smalls = Between(one, two, 'a', 25);
        var dashes = Equal(one, two, '-');
        var tokens = digits | capitals | smalls | dashes | Equal(one, two, '.') | Equal(one, two, '_');
        var marks = Marks(one) | (Marks(two) << (Width / 2));
        var opens = Opens(one) | (Opens(two) << (Width / 2));
        var words = digits | capitals | smalls;
        var others = one.ExtractMostSignificantBits() | ((ulong)two.ExtractMostSignificantBits() << (Width / 2));
        var unspaced = 0UL;
        for (var left = others; left != 0; left &= left - 1)
        {
            var at = BitOperations.TrailingZeroCount(left);
            var bit = 1UL << at;
            highest = signs[at] > highest ? signs[at] : highest;
            switch (TextSigns.Of(signs[at]))
            {
                case TextSigns.Letter:
                    words |= bit;
                    break;
                case TextSigns.Unspaced:
                    unspaced |= bit;
                    break;
                case TextSigns.Bracket:
                    opens |= bit;
                    break;
                case TextSigns.None when signs[at] is '［' or '｛' or '【' or '「' or '〔' or '＜' or '『' or '〈' or '《':
                    opens |= bit;
                    break;
                case TextSigns.At or TextSigns.Colon or TextSigns.Equal or TextSigns.Dot:
                    marks |= bit;
                    break;
                case >= (byte)'A':
                    words |= bit;
                    break;
                case >= (byte)'0':
                    words |= bit;
                    digits |= bit;
                    break;
            }
        }

        // "customerPhone": a capital behind a small letter begins a word, too.
        var continues = ((words << 1) | word) & ~unspaced & ~(capitals & ((smalls << 1) | lower));
        (word, lower) = (words >> (Width - 1), smalls >> (Width - 1));
        return new SignBlock(digits, marks, ((words & ~digits) | others) & ~continues, dashes, tokens, opens);
    }

    // Characters beyond ASCII keep or get the highest bit.
    private static Vector256<byte> Narrow(ref ushort first, int from) => Vector256.NarrowWithSaturation(
        Vector256.LoadUnsafe(ref first, (nuint)from), Vector256.LoadUnsafe(ref first, (nuint)from + 16));

    private static ulong Between(Vector256<byte> one, Vector256<byte> two, char least, byte width)
    {
        var (start, most) = (Vector256.Create((byte)least), Vector256.Create(width));
        return Vector256.LessThanOrEqual(one - start, most).ExtractMostSignificantBits()
            | ((ulong)Vector256.LessThanOrEqual(two - start, most).ExtractMostSignificantBits() << (Width / 2));
    }

    private static ulong Equal(Vector256<byte> one, Vector256<byte> two, char sign) =>
        Vector256.Equals(one, Vector256.Create((byte)sign)).ExtractMostSignificantBits()
        | ((ulong)Vector256.Equals(two, Vector256.Create((byte)sign)).ExtractMostSignificantBits() << (Width / 2));

    // The square and the curly one differ in one bit.
    private static ulong Opens(Vector256<byte> signs) =>
        (Vector256.Equals(signs, Vector256.Create((byte)'(')) | Vector256.Equals(signs | Vector256.Create((byte)0x20), Vector256.Create((byte)'{'))).ExtractMostSignificantBits();

    private static ulong Marks(Vector256<byte> signs) =>
        (Vector256.Equals(signs, Vector256.Create((byte)'@')) | Vector256.Equals(signs, Vector256.Create((byte)':'))
            | Vector256.Equals(signs, Vector256.Create((byte)'=')) | Vector256.Equals(signs, Vector256.Create((byte)'.'))).ExtractMostSignificantBits();
}
