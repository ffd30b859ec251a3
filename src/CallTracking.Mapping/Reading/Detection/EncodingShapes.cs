using System.Buffers;
using System.Text;

namespace CallTracking.Mapping.Reading.Detection;

/// <summary>Encodings that show by their shape, without knowing a language: ASCII, UTF-8, UTF-16, UTF-32, ISO-2022-JP.</summary>
internal static class EncodingShapes
{
    private const byte Escape = 0x1B;

    // So many sound sequences for each bad one: the file is UTF-8 that something has damaged, and costs those records.
    private const int SoundPerBad = 40;

    // So many are enough where they are letters of words: by chance a word of another encoding may be sound, and a column may repeat it.
    private const int InWordsPerBad = 8;

    private const int LatinEnd = 0x250;

    public static EncodingReading? Find(ReadOnlySpan<byte> sample, bool isWhole)
    {
        if (sample.Contains((byte)0))
        {
            return Wide(sample);
        }

        if (sample.IndexOfAnyInRange<byte>(0x80, 0xFF) >= 0)
        {
            return Utf8(sample, isWhole);
        }

        if (Controls(sample) is { } controls)
        {
            return controls;
        }

        // Where more follows, letters may come that are not UTF-8: their records will be refused, none will be misread.
        return sample.Contains(Escape) ? Iso2022(sample) : new EncodingReading(SourceEncoding.Utf8, isWhole ? 1 : 0.95);
    }

    /// <summary>Letters, signs and line ends below U+0100 leave zeros in the same places.</summary>
    private static EncodingReading? Wide(ReadOnlySpan<byte> sample)
    {
        Span<int> zeros = stackalloc int[4];
        zeros.Clear();
        for (var at = 0; at < sample.Length; at++)
        {
            zeros[at & 3] += sample[at] == 0 ? 1 : 0;
        }

        int[] pages = (zeros[0] + zeros[2], zeros[1] + zeros[3]) switch
        {
            _ when zeros[2] * 8 > sample.Length && zeros[3] * 5 > sample.Length => [12000],
            _ when zeros[0] * 5 > sample.Length && zeros[1] * 8 > sample.Length => [12001],
            var (even, odd) => even > odd ? [1201] : [1200],
        };
        var name = pages[0] switch { 12000 => "utf-32", 12001 => "utf-32BE", 1201 => "utf-16BE", _ => "utf-16" };
        var encoding = SourceEncoding.Find(name)!;
        var text = ReadingText.Decode(sample, encoding);
        var odd16 = text.AsSpan().ContainsAnyInRange('\u0000', '\u0008') ? 1 : 0;
        var bad = text.Count(character => character == Utf8Pieces.BadCharacter || !IsText(character)) + odd16;
        var marks = text.Count(character => character is ' ' or ',' or ';' or '\t' or '\n' or '\r' or '"');
        return new EncodingReading(encoding, bad * 50 > text.Length || text.Length < 4 ? 0.3 : marks == 0 ? 0.7 : bad > 0 ? 0.95 : 0.99);
    }

    /// <summary>Bytes that no text has: half of each letter of a script whose other halves look like ASCII, such as Thai in UTF-16.</summary>
    private static EncodingReading? Controls(ReadOnlySpan<byte> sample)
    {
        var (even, odd) = (0, 0);
        for (var at = 0; at < sample.Length; at++)
        {
            var isControl = sample[at] is < 0x20 and not ((byte)'\t' or (byte)'\r' or (byte)'\n' or 0x0C or 0x1A or Escape);
            even += isControl && at % 2 == 0 ? 1 : 0;
            odd += isControl && at % 2 == 1 ? 1 : 0;
        }

        return (even + odd) * 20 < sample.Length ? null : new EncodingReading(SourceEncoding.Find(even > odd ? "utf-16BE" : "utf-16")!, 0.8);
    }

    private static bool IsText(char character) => char.GetUnicodeCategory(character) is not (
        System.Globalization.UnicodeCategory.OtherNotAssigned or System.Globalization.UnicodeCategory.PrivateUse);

    private static EncodingReading? Utf8(ReadOnlySpan<byte> sample, bool isWhole)
    {
        var (sound, inWords, bad) = (0, 0, 0);
        var (before, isOpen) = (new Rune(' '), false);
        while (!sample.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(sample, out var rune, out var used);
            if (status == OperationStatus.NeedMoreData && !isWhole)
            {
                break;
            }

            sound += status == OperationStatus.Done && !rune.IsAscii ? 1 : 0;
            bad += status == OperationStatus.Done ? 0 : 1;
            var isBeside = status == OperationStatus.Done && IsOneWord(before, rune);
            inWords += isBeside && isOpen ? 1 : 0;
            var counts = !rune.IsAscii && (used > 2 || isBeside);
            inWords += status == OperationStatus.Done && counts ? 1 : 0;
            (before, isOpen) = status == OperationStatus.Done ? (rune, !rune.IsAscii && !counts) : (new Rune(' '), false);
            sample = sample[used..];
        }

        if (bad > 0)
        {
            return sound >= bad * SoundPerBad ? new EncodingReading(SourceEncoding.Utf8, 0.97)
                : inWords >= bad * InWordsPerBad ? new EncodingReading(SourceEncoding.Utf8, 0.9)
                : null;
        }

        // Each sequence of another encoding's letters looks so by chance in a few cases of a hundred at most.
        return new EncodingReading(SourceEncoding.Utf8, 1 - (Math.Pow(0.1, Math.Min(sound, 4)) / 2));
    }

    // Letters of one block, or of Latin.
    private static bool IsOneWord(Rune before, Rune letter) => Rune.IsLetter(before) && Rune.IsLetter(letter)
        && (before.Value >> 8 == letter.Value >> 8 || (before.Value < LatinEnd && letter.Value < LatinEnd));

    private static EncodingReading? Iso2022(ReadOnlySpan<byte> sample)
    {
        ReadOnlySpan<byte> text = sample;
        if (text.IndexOf("\u001B$B"u8) < 0 && text.IndexOf("\u001B$@"u8) < 0 && text.IndexOf("\u001B(I"u8) < 0)
        {
            return new EncodingReading(SourceEncoding.Utf8, 0.9);
        }

        var encoding = SourceEncoding.Find("iso-2022-jp")!;
        var isSound = !ReadingText.Decode(sample, encoding).Contains(Utf8Pieces.BadCharacter, StringComparison.Ordinal);
        return new EncodingReading(encoding, isSound ? 0.99 : 0.8);
    }
}
