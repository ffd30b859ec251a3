using System.Buffers;

namespace CallTracking.Mapping.Reading.Detection;

/// <summary>Places in a sample that are worth showing: a few lines with more than ASCII in them, those first in which the readings differ.</summary>
internal sealed class SampleLines
{
    private const int Most = 5;
    private const int LongestBytes = 240;

    // A sign further back in its line than a terminal is wide would not be seen.
    private const int FarBytes = 80;
    private const int BytesBefore = 50;

    private static readonly SearchValues<byte> NeverWithin = SearchValues.Create(" ,;\t\"'!"u8);
    private readonly List<(Range Range, bool IsCut)> _places = [];

    /// <summary>In a reading whose lines cannot be cut in bytes, the start of the file is all there is.</summary>
    /// <param name="sample">A file's start.</param>
    /// <param name="readings">The readings that are shown, best first.</param>
    public static SampleLines Of(ReadOnlySpan<byte> sample, IReadOnlyList<SourceEncoding> readings)
    {
        var lines = new SampleLines();
        if (!readings[0].CanCutAt())
        {
            lines._places.Add((..Math.Min(sample.Length, LongestBytes * 4), false));
            return lines;
        }

        var differing = Differing(readings);
        var unseen = new HashSet<byte>(differing);
        List<(Range, bool)> others = [], ascii = [];
        for (var at = 0; at < sample.Length && lines._places.Count < Most;)
        {
            var rest = sample[at..];
            var length = rest.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var end ? end : rest.Length;
            var line = rest[..length];
            if (line.IndexOfAnyInRange<byte>(0x80, 0xFF) is >= 0 and var first)
            {
                var sign = IndexOf(line, unseen);
                (sign >= 0 ? lines._places : others).Add(Shown(sample, at, length, sign >= 0 ? sign : IndexOf(line, differing) is >= 0 and var other ? other : first));
                unseen.ExceptWith(sign >= 0 ? line.ToArray() : []);
            }
            else if (length > 0 && ascii.Count < Most)
            {
                ascii.Add((at..(at + Math.Min(length, LongestBytes)), false));
            }

            at += length + 1;
        }

        lines._places.AddRange(others.Take(Most - lines._places.Count));
        lines._places.AddRange(lines._places.Count == 0 ? ascii : []);
        return lines;
    }

    public IReadOnlyList<string> In(ReadOnlySpan<byte> sample, SourceEncoding encoding)
    {
        var shown = new List<string>();
        foreach (var (range, isCut) in _places)
        {
            var text = ReadingText.Decode(sample[range], encoding).Replace(Utf8Pieces.BadCharacter, '\uFFFD').TrimStart('\uFEFF');
            shown.AddRange($"{(isCut ? "…" : string.Empty)}{text}".Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Take(Most));
        }

        return shown;
    }

    /// <summary>Bytes that are not the same sign in all readings of a byte for a sign.</summary>
    private static HashSet<byte> Differing(IReadOnlyList<SourceEncoding> readings)
    {
        var differing = new HashSet<byte>();
        var single = readings.Where(reading => reading.IsSingleByte).ToList();
        for (var one = 0x80; one <= 0xFF; one++)
        {
            if (single.Select(reading => ReadingText.Decode([(byte)one], reading)).Distinct(StringComparer.Ordinal).Skip(1).Any())
            {
                differing.Add((byte)one);
            }
        }

        return differing;
    }

    private static int IndexOf(ReadOnlySpan<byte> line, HashSet<byte> wanted)
    {
        for (var at = 0; at < line.Length; at++)
        {
            if (wanted.Contains(line[at]))
            {
                return at;
            }
        }

        return -1;
    }

    // Cut behind a byte that is never part of a longer sign, in any reading.
    private static (Range Range, bool IsCut) Shown(ReadOnlySpan<byte> sample, int line, int length, int sign)
    {
        var from = 0;
        if (sign > FarBytes)
        {
            var behind = sample[(line + sign - BytesBefore)..(line + sign)].IndexOfAny(NeverWithin);
            from = behind >= 0 ? sign - BytesBefore + behind + 1 : sign;
        }

        return ((line + from)..(line + from + Math.Min(length - from, LongestBytes)), from > 0);
    }
}
