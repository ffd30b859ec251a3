namespace CallTracking.Privacy;

/// <summary>Which words stand around a place in a text, and how far away. Remembers the last place, which many kinds ask about.</summary>
internal sealed class Nearby
{
    private const byte Nowhere = byte.MaxValue;

    private readonly byte[] _before = new byte[ContextWords.MostGroups];
    private readonly byte[] _after = new byte[ContextWords.MostGroups];
    private int _start = -1;
    private int _end = -1;

    public void Forget() => _start = -1;

    /// <summary>Distance of the nearest word of a group on either side, in characters; <see cref="Reach.Nowhere"/> when there is none.</summary>
    public int Distance(string text, int start, int end, int group)
    {
        Look(text, start, end);
        return Math.Min(Of(_before[group]), Of(_after[group]));
    }

    /// <summary>The same, before the place only.</summary>
    public int Before(string text, int start, int end, int group)
    {
        Look(text, start, end);
        return Of(_before[group]);
    }

    /// <summary>The same, behind the place only.</summary>
    public int After(string text, int start, int end, int group)
    {
        Look(text, start, end);
        return Of(_after[group]);
    }

    private static int Of(byte distance) => distance == Nowhere ? Reach.Nowhere : distance;

    private void Look(string text, int start, int end)
    {
        if (_start == start && _end == end)
        {
            return;
        }

        (_start, _end) = (start, end);
        Array.Fill(_before, Nowhere);
        Array.Fill(_after, Nowhere);
        ContextWords.Scan(text, Math.Max(0, start - Reach.Width - Reach.LongestWord), start, _before, isBefore: true);
        ContextWords.Scan(text, end, Math.Min(text.Length, end + Reach.Width), _after, isBefore: false);
    }
}

/// <summary>How far words reach.</summary>
internal static class Reach
{
    /// <summary>No word of the kind.</summary>
    public const int Nowhere = 10_000;

    /// <summary>Characters between a word and a value that it speaks of.</summary>
    public const int Width = 40;

    public const int LongestWord = 32;

    /// <summary>Characters before a value within which a word such as "order" says that it is none.</summary>
    public const int OtherWidth = 24;
}
