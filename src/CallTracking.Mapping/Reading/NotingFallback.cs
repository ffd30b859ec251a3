using System.Text;

namespace CallTracking.Mapping.Reading;

/// <summary>
/// Notes the place of the first bad byte and puts nothing in its stead. Not thread-safe.
/// Windows-31J and Big5 have characters twice (髙 is 0xFBFC and 0xEEE0, as Excel writes it); .NET keeps the second codes apart, as
/// a best fit that only its lenient decoder uses. They are sound, so they are looked up there.
/// </summary>
internal sealed class NotingFallback : DecoderFallback
{
    // What the lenient decoder answers where there is no character.
    private const string NoCharacter = "?\u30FB";

    private readonly Encoding? _secondCodes;

    public NotingFallback(int codePage) => _secondCodes = codePage is 932 or 950 ? Encoding.GetEncoding(codePage) : null;

    /// <summary>From the start of the bytes given to the decoder; negative when it began in the bytes given before.</summary>
    public int? FirstBad { get; private set; }

    public override int MaxCharCount => 1;

    public void Clear() => FirstBad = null;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

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

    private sealed class Buffer(NotingFallback notes) : DecoderFallbackBuffer
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

            notes.FirstBad ??= index;
            return false;
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
