using System.Runtime.InteropServices;

namespace CallTracking.Privacy;

/// <summary>A word that says what stands beside it.</summary>
internal readonly record struct Mention(int Start, int End, byte Group);

/// <summary>
/// Which words stand around a place in a text, and how far away. All words of a text are looked up once, when the first value asks.
/// </summary>
internal sealed class Nearby
{
    private readonly List<Mention> _mentions = [];
    private readonly List<int> _identifiers = [];
    private readonly bool[] _has = new bool[ContextWords.MostGroups];
    private string? _text;
    private SignBlocks? _blocks;
    private bool _isRead;

    /// <summary>Turns to another text.</summary>
    public void Read(string text, SignBlocks blocks)
    {
        (_text, _blocks) = (text, blocks);
        _isRead = false;
    }

    /// <summary>Whether a word of the group stands anywhere in the text.</summary>
    public bool Has(int group)
    {
        if (!_isRead)
        {
            Look();
        }

        return _has[group];
    }

    /// <summary>Characters to the nearest word of a group on either side; <see cref="Reach.Nowhere"/> when none is near.</summary>
    public int Distance(int start, int end, int group) => Has(group) ? Math.Min(Before(start, group), After(end, group)) : Reach.Nowhere;

    /// <summary>The same, to words that end before a place.</summary>
    public int Before(int start, int group) => IndexBefore(start, group) is >= 0 and var index ? start - _mentions[index].End : Reach.Nowhere;

    /// <summary>The same, to words that begin behind a place.</summary>
    public int After(int end, int group) => FirstAfter(end, group) is { } mention ? mention.Start - end : Reach.Nowhere;

    /// <summary>The word of a group that ends last before a place; null when none is near.</summary>
    public Mention? LastBefore(int start, int group) => IndexBefore(start, group) is >= 0 and var index ? _mentions[index] : null;

    private int IndexBefore(int start, int group)
    {
        if (!Has(group))
        {
            return -1;
        }

        var mentions = CollectionsMarshal.AsSpan(_mentions);
        var (last, end) = (-1, -1);
        for (var i = FirstFrom(mentions, start) - 1; i >= 0 && mentions[i].Start >= start - Reach.Width - Reach.LongestWord; i--)
        {
            if (mentions[i].Group == group && mentions[i].End <= start && mentions[i].End > end)
            {
                (last, end) = (i, mentions[i].End);
            }
        }

        return last;
    }

    /// <summary>The first word of a group that begins at a place or behind it; null when none is near.</summary>
    public Mention? FirstAfter(int end, int group) => Next(end, group, end + Reach.Width);

    /// <summary>The same, however far off.</summary>
    public Mention? Next(int from, int group) => Next(from, group, int.MaxValue);

    private Mention? Next(int from, int group, int last)
    {
        if (!Has(group))
        {
            return null;
        }

        var mentions = CollectionsMarshal.AsSpan(_mentions);
        for (var i = FirstFrom(mentions, from); i < mentions.Length && mentions[i].Start <= last; i++)
        {
            if (mentions[i].Group == group)
            {
                return mentions[i];
            }
        }

        return null;
    }

    // The first mention that begins at a place or behind it.
    private static int FirstFrom(ReadOnlySpan<Mention> mentions, int place)
    {
        var (low, high) = (0, mentions.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = mentions[middle].Start < place ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Where words about any identifier begin, in order.</summary>
    public ReadOnlySpan<int> Identifiers
    {
        get
        {
            _ = Has(0);
            return CollectionsMarshal.AsSpan(_identifiers);
        }
    }

    private void Look()
    {
        _isRead = true;
        _mentions.Clear();
        Array.Clear(_has);
        _identifiers.Clear();
        ContextWords.Scan(_text!, _blocks!.All, _mentions);
        foreach (var mention in _mentions)
        {
            _has[mention.Group] = true;
            if (ContextWords.IsIdentifier(mention.Group))
            {
                _identifiers.Add(mention.Start);
            }
        }
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

    /// <summary>The same, for words such as "model".</summary>
    public const int PartWidth = 5;
}
