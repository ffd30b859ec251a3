namespace CallTracking.Mapping.Reading.Detection;

/// <summary>Places in a sample that are worth showing: a few lines with more than ASCII in them.</summary>
internal sealed class SampleLines
{
    private const int Most = 5;
    private const int LongestBytes = 240;

    private readonly List<Range> _places = [];

    /// <summary>In a reading whose lines cannot be cut in bytes, the start of the file is all there is.</summary>
    public static SampleLines Of(ReadOnlySpan<byte> sample, SourceEncoding best)
    {
        var lines = new SampleLines();
        if (!best.CanCutAt())
        {
            lines._places.Add(..Math.Min(sample.Length, LongestBytes * 4));
            return lines;
        }

        var ascii = new List<Range>();
        for (var at = 0; at < sample.Length && lines._places.Count < Most;)
        {
            var rest = sample[at..];
            var length = rest.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var end ? end : rest.Length;
            var shown = at..(at + Math.Min(length, LongestBytes));
            if (length > 0)
            {
                (rest[..length].IndexOfAnyInRange<byte>(0x80, 0xFF) >= 0 ? lines._places : ascii).Add(shown);
            }

            at += length + 1;
        }

        lines._places.AddRange(lines._places.Count == 0 ? ascii.Take(Most) : []);
        return lines;
    }

    public IReadOnlyList<string> In(ReadOnlySpan<byte> sample, SourceEncoding encoding)
    {
        var shown = new List<string>();
        foreach (var place in _places)
        {
            var text = ReadingText.Decode(sample[place], encoding).Replace(Utf8Pieces.BadCharacter, '\uFFFD').TrimStart('\uFEFF');
            shown.AddRange(text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Take(Most));
        }

        return shown;
    }
}
