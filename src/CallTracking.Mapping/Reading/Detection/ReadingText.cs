using System.Text;

namespace CallTracking.Mapping.Reading.Detection;

/// <summary>A sample as one encoding reads it.</summary>
internal static class ReadingText
{
    /// <summary>With <see cref="Utf8Pieces.BadCharacter"/> for what the encoding lacks; a character cut at the end is left out.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, SourceEncoding encoding)
    {
        var notes = new NotingFallback(encoding.CodePage, Utf8Pieces.BadCharacter);
        var decoder = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, notes).GetDecoder();
        var chars = new char[bytes.Length + 16];
        return new string(chars, 0, decoder.GetChars(bytes, chars, flush: false));
    }
}
