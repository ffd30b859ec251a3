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
        Nearby.Read(text);
        for (var i = 0; i < text.Length; i++)
        {
            switch (TextSigns.Of(text[i]))
            {
                case >= (byte)'0' and <= (byte)'9':
                    i = ReadDigits(text, i);
                    break;
                case TextSigns.At:
                    _ats.Add(i);
                    break;
                case TextSigns.Colon or TextSigns.Equal:
                    _colons.Add(i);
                    break;
                case TextSigns.Dot when i > 0 && i + 1 < text.Length && TextSigns.IsWord(text[i + 1]) && TextSigns.IsWord(text[i - 1]):
                    _dots.Add(i);
                    break;
            }
        }

        return _digits.Count + _ats.Count + _colons.Count + _dots.Count > 0;
    }

    private int ReadDigits(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && TextSigns.IsDigit(text[end]))
        {
            end++;
        }

        _digits.Add(new DigitGroup(start, end));
        return end - 1;
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
