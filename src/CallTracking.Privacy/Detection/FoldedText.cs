using System.Text;

namespace CallTracking.Privacy;

/// <summary>
/// A text reduced to its folded letters and digits, each with the place in the original that it came from. Reusable: loading
/// another text keeps the buffers. Placeholders become one character that matches nothing.
/// </summary>
internal sealed class FoldedText
{
    /// <summary>Stands for a placeholder.</summary>
    public const char Break = '\uFFFF';

    private char[] _letters = new char[1024];
    private int[] _starts = new int[1024];
    private int[] _ends = new int[1024];

    public int Count { get; private set; }

    public ReadOnlySpan<char> Letters => _letters.AsSpan(0, Count);

    /// <summary>Where in the original each letter begins, in UTF-16 code units.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count);

    /// <summary>Where in the original each letter ends, its combining marks included.</summary>
    public ReadOnlySpan<int> Ends => _ends.AsSpan(0, Count);

    public void Load(string text)
    {
        Count = 0;
        Reserve(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            var folded = Folding.Of(letter);
            if (folded < Folding.Mark && folded != Folding.Separator)
            {
                // By far the most: there is room for one letter each, so only what becomes several asks for more.
                var at = Count++;
                _letters[at] = folded;
                _starts[at] = i;
                _ends[at] = i + 1;
            }
            else if (folded == Folding.Several)
            {
                Append(Folding.Expand(letter), i, i + 1, text.Length - i);
            }
            else if (folded == Folding.Mark)
            {
                if (Count > 0 && _ends[Count - 1] == i)
                {
                    _ends[Count - 1] = i + 1;
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

    private void Append(ReadOnlySpan<char> folded, int start, int end, int left)
    {
        Reserve(Count + folded.Length + left);
        foreach (var letter in folded)
        {
            _letters[Count] = letter;
            _starts[Count] = start;
            _ends[Count] = end;
            Count++;
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
