using System.Text;
using CallTracking.Mapping.Reading;

namespace CallTracking.Mapping.Tests.Detection;

/// <summary>How detection fares on texts that it has not learned from.</summary>
internal static class DetectionFigures
{
    private const string Western = "windows-1252 iso-8859-1 iso-8859-15 cp850 cp437 macintosh";
    private const string Central = "windows-1250 iso-8859-2 cp852";

    private static readonly Dictionary<string, string> EncodingsOf = new()
    {
        ["ar"] = "windows-1256",
        ["cs"] = Central,
        ["da"] = Western,
        ["de"] = Western,
        ["en"] = "windows-1252",
        ["es"] = Western,
        ["fi"] = Western,
        ["fr"] = Western,
        ["hr"] = Central,
        ["hu"] = Central,
        ["id"] = "windows-1252",
        ["ja"] = "shift_jis euc-jp iso-2022-jp",
        ["ko"] = "cp949",
        ["nl"] = Western,
        ["pt"] = Western,
        ["ro"] = Central,
        ["ru"] = "windows-1251 koi8-r iso-8859-5 cp866",
        ["sk"] = Central,
        ["sr"] = Central,
        ["sv"] = Western,
        ["th"] = "windows-874",
        ["tr"] = "windows-1254 iso-8859-9",
        ["ur"] = "windows-1256",
        ["zh"] = "gb18030",
        ["zh-Hant"] = "big5",
        ["bn"] = "",
        ["hi"] = "",
        ["or"] = "",
        ["te"] = "",
        ["el"] = "windows-1253 iso-8859-7",
    };

    /// <summary>Snippets of up to <paramref name="bytes"/> bytes of every language in every encoding that it is written in.</summary>
    public static IEnumerable<Attempt> Measure(IEnumerable<(string Language, IReadOnlyList<string> Texts)> languages, int bytes, int snippets)
    {
        foreach (var (language, texts) in languages)
        {
            var names = EncodingsOf[language].Split(' ', StringSplitOptions.RemoveEmptyEntries).Concat(["utf-8", "utf-16", "utf-16BE"]);
            foreach (var encoding in names.Select(name => SourceEncoding.Find(name)!))
            {
                foreach (var snippet in Snippets(texts, encoding.Strict, bytes).Take(snippets))
                {
                    var verdict = EncodingDetector.Judge(snippet, isWhole: true);
                    var read = SourceEncoding.Find(verdict.Encoding)!;
                    var isRight = Reading(snippet, read) == encoding.Strict.GetString(snippet);
                    yield return new Attempt(language, encoding.Name, verdict.Encoding, verdict.Confidence, isRight)
                    {
                        IsDoubted = encoding is { IsSingleByte: true } && EncodingDoubt.Of(snippet, isWhole: true, encoding) is not null,
                    };
                }
            }
        }
    }

    private static string Reading(byte[] snippet, SourceEncoding encoding) => CallTracking.Mapping.Reading.Detection.ReadingText.Decode(snippet, encoding);

    private static IEnumerable<byte[]> Snippets(IReadOnlyList<string> texts, Encoding encoding, int bytes)
    {
        var snippet = new StringBuilder();
        foreach (var text in texts.Where(text => IsWritten(text, encoding)))
        {
            snippet.Append(text).Append("\r\n");
            while (encoding.GetByteCount(snippet.ToString()) >= bytes)
            {
                var length = snippet.Length;
                var whole = snippet.ToString();
                while (encoding.GetByteCount(whole.AsSpan(0, length)) > bytes)
                {
                    length -= Math.Max(1, (encoding.GetByteCount(whole.AsSpan(0, length)) - bytes) / 4);
                }

                length -= char.IsHighSurrogate(whole[length - 1]) ? 1 : 0;
                yield return encoding.GetBytes(whole[..length]);
                snippet.Remove(0, length);
            }
        }
    }

    private static bool IsWritten(string text, Encoding encoding)
    {
        try
        {
            return encoding.GetString(encoding.GetBytes(text)) == text;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}

internal sealed record Attempt(string Language, string Written, string Found, double Confidence, bool IsRight)
{
    /// <summary>A mapping that names the encoding in which it is written would be warned.</summary>
    public bool IsDoubted { get; init; }

    public bool IsAccepted => Confidence >= EncodingVerdict.UsualConfidence;
}
