using System.Numerics;

namespace CallTracking.Privacy;

/// <summary>
/// One text, read once for what values hang on: runs of digits, @, :, =, and dots between letters. Detectors then look at these
/// places only. Reusable; one thread at a time.
/// </summary>
internal sealed class TextScan
{
    // A text that is nothing but a value or two: a form's cell, a chat's answer.
    private const int LongestBare = 96;
    private const int LongestBareWord = 3;
    private const int LongestPlaceholder = 24;

    private readonly SignBlocks _blocks = new();
    private readonly List<DigitGroup> _digits = [];
    private readonly List<int> _ats = [];
    private readonly List<int> _colons = [];
    private readonly List<int> _dots = [];
    private bool? _isBare;

    public string Text { get; private set; } = "";

    /// <summary>ISO 3166-1 of whose text it is, or empty.</summary>
    public string Country { get; private set; } = "";

    public ClassSet Wanted { get; private set; }

    public List<Finding> Findings { get; private set; } = [];

    public Nearby Nearby { get; } = new();

    public ReadOnlySpan<DigitGroup> Digits => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_digits);

    public List<int> Ats => _ats;

    /// <summary>Colons and equals signs.</summary>
    public List<int> Colons => _colons;

    /// <summary>Dots with a letter or digit on both sides.</summary>
    public List<int> Dots => _dots;

    /// <summary>
    /// Nothing but values stands in the text: no word of four letters, no script without spaces. What such a text is, the field
    /// around it said, so values that need a word beside them need none here.
    /// </summary>
    public bool IsBare => _isBare ??= Text.Length <= LongestBare && !HasWord();

    /// <summary>The text's characters by sort.</summary>
    public SignBlocks Blocks => _blocks;

    public bool Wants(EntityKind kind) => Wanted.Contains(kind.DataClass);

    public bool IsHome(EntityKind kind) => kind.Country.Length == 0 || kind.Country == Country;

    public void Add(int start, int end, EntityKind kind, string key, float score)
    {
        if (Wants(kind))
        {
            Findings.Add(new Finding(start, end, kind, key, score));
        }
    }

    /// <summary>Reads the anchors; false when there are none, so that nothing can be found.</summary>
    public bool Read(string text, string country, ClassSet wanted, List<Finding> findings)
    {
        (Text, Country, Wanted, Findings) = (text, Countries.CountryOf(country), wanted, findings);
        _digits.Clear();
        _ats.Clear();
        _colons.Clear();
        _dots.Clear();
        _isBare = null;
        _blocks.Read(text);
        Nearby.Read(text, _blocks);
        ReadDigits(text);
        ReadMarks(text);
        return _digits.Count + _ats.Count + _colons.Count + _dots.Count > 0;
    }

    private void ReadDigits(string text)
    {
        var blocks = _blocks.All;
        var (open, last) = (-1, 0UL);
        for (var block = 0; block < blocks.Length; block++)
        {
            var digits = blocks[block].Digits;
            for (var edges = digits ^ ((digits << 1) | last); edges != 0; edges &= edges - 1)
            {
                var at = (block * SignBlocks.Width) + BitOperations.TrailingZeroCount(edges);
                if (open < 0)
                {
                    open = at;
                    continue;
                }

                AddDigits(text, open, at);
                open = -1;
            }

            last = digits >> (SignBlocks.Width - 1);
        }

        if (open >= 0)
        {
            AddDigits(text, open, text.Length);
        }
    }

    // The number of a placeholder is nobody's.
    private void AddDigits(string text, int start, int end)
    {
        if (start > 0 && end < text.Length && text[start - 1] == '_' && text[end] == ']'
            && text.LastIndexOf('[', start, Math.Min(start, LongestPlaceholder)) is >= 0 and var opens && Placeholders.LengthAt(text, opens) == end + 1 - opens)
        {
            return;
        }

        _digits.Add(DigitGroup.Of(text, start, end));
    }

    private void ReadMarks(string text)
    {
        var blocks = _blocks.All;
        for (var block = 0; block < blocks.Length; block++)
        {
            for (var marks = blocks[block].Marks; marks != 0; marks &= marks - 1)
            {
                var at = (block * SignBlocks.Width) + BitOperations.TrailingZeroCount(marks);
                switch (TextSigns.Of(text[at]))
                {
                    case TextSigns.At:
                        _ats.Add(at);
                        break;
                    case TextSigns.Dot when at == 0 || at + 1 >= text.Length || !TextSigns.IsWord(text[at + 1]) || !TextSigns.IsWord(text[at - 1]):
                        break;
                    case TextSigns.Dot:
                        _dots.Add(at);
                        break;
                    default:
                        _colons.Add(at);
                        break;
                }
            }
        }
    }

    private bool HasWord()
    {
        for (var i = 0; i < Text.Length; i++)
        {
            var start = i;
            var digits = false;
            while (i < Text.Length && TextSigns.IsWord(Text[i]))
            {
                digits |= TextSigns.IsDigit(Text[i]);
                i++;
            }

            if ((!digits && i - start > LongestBareWord) || (i < Text.Length && TextSigns.Of(Text[i]) == TextSigns.Unspaced))
            {
                return true;
            }
        }

        return false;
    }
}
