using System.Globalization;
using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Detection;

namespace CallTracking.Mapping;

/// <summary>
/// Says where a file is sure to be in another encoding than its mapping names. Single-byte encodings have a sign for almost every byte, so that
/// nothing refuses a text that is read wrongly.
/// </summary>
public static class EncodingDoubt
{
    // A sign or two may be somebody's slip.
    private const int FewestLetters = 3;
    private const int FewestBytes = 8;
    private const double MostOfTheNamed = 0.05;
    private const int MostSigns = 3;

    // A reading is no cure that has a quarter as many odd signs itself.
    private const int MostOddOfTheBest = 4;

    /// <summary>Judges from a file's start, at most 4 MiB of it; does not dispose <paramref name="content"/>. What it says holds single signs, never a text.</summary>
    /// <param name="content">The file.</param>
    /// <param name="mapping">Of its source.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>A sentence with its cure; null where nothing speaks against the mapping, or where it names no single-byte encoding.</returns>
    public static async Task<string?> OfAsync(Stream content, SourceMapping mapping, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(mapping);
        if (!CanDoubt(mapping))
        {
            return null;
        }

        var (sample, isWhole) = await EncodingProbe.SampleAsync(content, cancellationToken).ConfigureAwait(false);
        return Of(sample, isWhole, SourceEncoding.Find(mapping.EncodingName!)!);
    }

    /// <summary>True for mappings whose files need to be looked at.</summary>
    public static bool CanDoubt(SourceMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return mapping.EncodingName is { } name && SourceEncoding.Find(name) is { IsSingleByte: true, IsEbcdic: false };
    }

    internal static string? Of(ReadOnlySpan<byte> sample, bool isWhole, SourceEncoding named)
    {
        var counts = Counts(sample);
        if (counts.Count == 0)
        {
            return null;
        }

        var readings = EncodingDetector.Look(sample, isWhole);
        var best = readings[0];
        var signs = Differing(counts, named, best.Encoding);
        if (IsBetter(readings, counts, named, signs))
        {
            return Say($"reads better as {best.Encoding.Name} ({best.Confidence:0.00}) than as {named.Name}, which the mapping names{Shown(signs, named)}. Cure: write encoding: {best.Encoding.Name} under format, and look at its letters with preview");
        }

        if (best.Encoding.CodePage != named.CodePage && OddSigns.In(sample, named) is { Count: >= FewestLetters } odd && OddSigns.In(sample, best.Encoding).Count * MostOddOfTheBest <= odd.Count)
        {
            return Say($"read as {named.Name}, which the mapping names, has {odd.Count:N0} signs where words have none, such as {string.Join(", ", odd.Signs.Take(MostSigns).Select(sign => $"'{sign}'"))}. Cure: {Way(best, named, counts)}");
        }

        // What the page leaves undefined is refused by the reader.
        var controls = named.MapsUndefinedBytes ? 0 : counts.Where(count => IsControl(Sign(count.Key, named))).Sum(count => count.Value);
        return controls == 0 ? null
            : Say($"read as {named.Name}, which the mapping names, has {controls:N0} control {(controls == 1 ? "character" : "characters")} from U+0080 to U+009F, which no text has. Cure: {Way(best, named, counts)}");
    }

    private static string Way(EncodingReading best, SourceEncoding named, Dictionary<byte, int> counts) =>
        best.Encoding.CodePage != named.CodePage && !(best.Encoding.IsSingleByte && counts.Keys.Any(one => IsControl(Sign(one, best.Encoding))))
            ? Say($"it reads best as {best.Encoding.Name} ({best.Confidence:0.00}): write encoding: {best.Encoding.Name} under format, and look at its letters with preview")
            : "name under format the encoding that the export was written in; encoding: detect takes the likeliest";

    // The one that the mapping names must be known to have had its chance.
    private static bool IsBetter(IReadOnlyList<EncodingReading> readings, Dictionary<byte, int> counts, SourceEncoding named, List<(char Best, char Named, int Count)> signs)
    {
        var best = readings[0];
        if (best.Confidence < EncodingVerdict.UsualConfidence || best.Encoding.CodePage == named.CodePage)
        {
            return false;
        }

        if (best.Encoding.IsUtf8)
        {
            return true;
        }

        var own = readings.Where(reading => reading.Encoding.IsSingleByte && counts.Keys.All(one => Sign(one, reading.Encoding) == Sign(one, named))).ToList();
        return own is [{ Confidence: <= MostOfTheNamed }] && (best.Encoding.IsSingleByte ? signs.Sum(sign => sign.Count) >= FewestLetters : counts.Values.Sum() >= FewestBytes);
    }

    /// <summary>Letters and usual signs of the better reading that are another sign in the named one, the most frequent first.</summary>
    private static List<(char Best, char Named, int Count)> Differing(Dictionary<byte, int> counts, SourceEncoding named, SourceEncoding best) => !best.IsSingleByte ? [] :
    [
        .. counts.Select(count => (Best: Sign(count.Key, best), Named: Sign(count.Key, named), Count: count.Value))
            .Where(sign => sign.Best != sign.Named && (char.IsLetter(sign.Best) || ModelSymbols.IsCommonSign(sign.Best))).OrderByDescending(sign => sign.Count).ThenBy(sign => sign.Best),
    ];

    private static string Shown(List<(char Best, char Named, int Count)> signs, SourceEncoding named) => signs.Count == 0 ? string.Empty
        : $": {string.Join(", ", signs.Take(MostSigns).Select(sign => $"'{sign.Best}' where {named.Name} has {(char.IsLetterOrDigit(sign.Named) || char.IsPunctuation(sign.Named) || char.IsSymbol(sign.Named) ? $"'{sign.Named}'" : Say($"U+{(int)sign.Named:X4}"))}"))}";

    private static Dictionary<byte, int> Counts(ReadOnlySpan<byte> sample)
    {
        var counts = new Dictionary<byte, int>();
        foreach (var one in sample)
        {
            if (one >= 0x80)
            {
                counts[one] = counts.GetValueOrDefault(one) + 1;
            }
        }

        return counts;
    }

    private static char Sign(byte one, SourceEncoding encoding) => ReadingText.Decode([one], encoding) is [var sign, ..] ? sign : Utf8Pieces.BadCharacter;

    // NEL ends lines in what mainframes wrote.
    private static bool IsControl(char sign) => sign is >= '\u0080' and <= '\u009F' and not '\u0085';

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
