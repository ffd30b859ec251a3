using System.Text;

namespace CallTracking.Mapping.Reading;

/// <summary>
/// Notes the places of bad bytes, and puts nothing or <paramref name="mark"/> in their stead. Not thread-safe.
/// Windows-31J and Big5 have characters twice (髙 is 0xFBFC and 0xEEE0, as Excel writes it); .NET keeps the second codes apart, as
/// a best fit that only its lenient decoder uses. They are sound, so they are looked up there.
/// </summary>
internal sealed class NotingFallback(int codePage, char? mark = null) : DecoderFallback
{
    // What the lenient decoder answers where there is no character.
    private const string NoCharacter = "?\u30FB";

    private readonly Encoding? _secondCodes = codePage is 932 or 950 ? Encoding.GetEncoding(codePage) : null;
    private readonly List<int> _bad = [];

    /// <summary>From the start of the bytes given to the decoder; negative when it began in the bytes given before.</summary>
    public int? FirstBad => _bad.Count > 0 ? _bad[0] : null;

    /// <summary>All such places; where there is no mark, the first only.</summary>
    public IReadOnlyList<int> Bad => _bad;

    public override int MaxCharCount => 1;

    public void Clear() => _bad.Clear();

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this, mark);

    /// <summary>Notes a place that the decoder itself did not find.</summary>
    public void Note(int index)
    {
        if (mark is not null || _bad.Count == 0)
        {
            _bad.Add(index);
        }
    }

    private bool TrySecondCode(byte[] bytes, out char character)
    {
        character = default;
        Span<char> found = stackalloc char[4];
        if (_secondCodes is null || bytes.Length != 2 || _secondCodes.GetChars(bytes, found) != 1 || NoCharacter.Contains(found[0], StringComparison.Ordinal))
        {
            return false;
        }

        character = found[0];
        return true;
    }

    private sealed class Buffer(NotingFallback notes, char? mark) : DecoderFallbackBuffer
    {
        private char? _character;

        public override int Remaining => _character is null ? 0 : 1;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            if (notes.TrySecondCode(bytesUnknown, out var character))
            {
                _character = character;
                return true;
            }

            notes.Note(index);
            _character = mark;
            return mark is not null;
        }

        public override char GetNextChar()
        {
            var character = _character ?? '\0';
            _character = null;
            return character;
        }

        public override bool MovePrevious() => false;

        public override void Reset() => _character = null;
    }
}
