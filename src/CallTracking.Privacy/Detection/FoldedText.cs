using System.Text;

namespace CallTracking.Privacy;

/// <summary>
/// A text reduced to its folded letters and digits, each with the place in the original that it came from. Placeholders become one
/// character that matches nothing. Holds several texts, of which it shows one. Reusable: clearing keeps the buffers.
/// </summary>
internal sealed class FoldedText
{
    /// <summary>Stands for a placeholder.</summary>
    public const char Break = '\uFFFF';

    private char[] _letters = new char[1024];
    private int[] _starts = new int[1024];
    private int[] _ends = new int[1024];

    private readonly List<(int First, int Count)> _texts = [];
    private int _used;
    private int _first;

    /// <summary>Letters of the text that is shown.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<char> Letters => _letters.AsSpan(_first, Count);

    /// <summary>Where in the original each letter begins, in UTF-16 code units.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(_first, Count);

    /// <summary>Where in the original each letter ends, its combining marks included.</summary>
    public ReadOnlySpan<int> Ends => _ends.AsSpan(_first, Count);

    public void Clear()
    {
        _texts.Clear();
        (_first, Count, _used) = (0, 0, 0);
    }

    /// <summary>Shows this text and forgets all others.</summary>
    public void Load(string text)
    {
        Clear();
        Add(text);
    }

    /// <summary>Takes in one more text and shows it; gives its number.</summary>
    public int Add(string text)
    {
        _first = _used;
        Fold(text);
        Count = _used - _first;
        _texts.Add((_first, Count));
        return _texts.Count - 1;
    }

    public void Show(int number) => (_first, Count) = _texts[number];

    private void Fold(string text)
    {
        Reserve(_used + text.Length);
        for (var i = FoldPlain(text, 0); i < text.Length; i = FoldPlain(text, i + 1))
        {
            var letter = text[i];
            var folded = Folding.Of(letter);
            if (folded == Folding.Several)
            {
                Append(Folding.Expand(letter), i, i + 1, text.Length - i);
            }
            else if (folded == Folding.Mark)
            {
                if (_used > _first && _ends[_used - 1] == i)
                {
                    _ends[_used - 1] = i + 1;
                }
            }
            else if (letter == '[' && Placeholders.LengthAt(text, i) is > 0 and var length)
            {
                Append([Break], i, i + length, text.Length - i);
                i += length - 1;
            }
            else if (char.IsHighSurrogate(letter) && Rune.TryGetRuneAt(text, i, out var rune))
            {
                Append(Folding.Fold(rune), i, i + 2, text.Length - i);
                i++;
            }
        }
    }

    // By far the most letters become one, and there is room for one each: only what becomes several asks for more.
    private int FoldPlain(string text, int from)
    {
        var (letters, starts, ends, used) = (_letters, _starts, _ends, _used);
        var i = from;
        for (; i < text.Length; i++)
        {
            var letter = text[i];
            var folded = Folding.Of(letter);
            if (folded == Folding.Separator)
            {
                if (letter == '[' || char.IsHighSurrogate(letter))
                {
                    break;
                }

                continue;
            }

            if (folded >= Folding.Mark)
            {
                break;
            }

            letters[used] = folded;
            starts[used] = i;
            ends[used++] = i + 1;
        }

        _used = used;
        return i;
    }

    private void Append(ReadOnlySpan<char> folded, int start, int end, int left)
    {
        Reserve(_used + folded.Length + left);
        foreach (var letter in folded)
        {
            _letters[_used] = letter;
            _starts[_used] = start;
            _ends[_used] = end;
            _used++;
        }
    }

    private void Reserve(int count)
    {
        if (count > _letters.Length)
        {
            var size = Math.Max(count, _letters.Length * 2);
            Array.Resize(ref _letters, size);
            Array.Resize(ref _starts, size);
            Array.Resize(ref _ends, size);
        }
    }
}
