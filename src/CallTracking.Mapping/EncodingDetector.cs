using CallTracking.Mapping.Reading;
using CallTracking.Mapping.Reading.Detection;

namespace CallTracking.Mapping;

/// <summary>Finds out how a file is encoded: from its mark, from what UTF-8, UTF-16 and ISO-2022-JP look like, else by how well each reading reads.</summary>
public static class EncodingDetector
{
    private const int Shown = 3;

    /// <summary>Judges from a file's start, at most 4 MiB of it; does not dispose <paramref name="content"/>.</summary>
    public static async Task<EncodingVerdict> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var (sample, isWhole) = await EncodingProbe.SampleAsync(content, cancellationToken).ConfigureAwait(false);
        return Judge(sample, isWhole);
    }

    /// <param name="sample">A file's start.</param>
    /// <param name="isWhole">Nothing follows it.</param>
    public static EncodingVerdict Judge(ReadOnlySpan<byte> sample, bool isWhole)
    {
        var readings = Look(sample, isWhole);
        var lines = SampleLines.Of(sample, [.. readings.Take(Shown).Select(reading => reading.Encoding)]);
        var shown = new List<EncodingSample>();
        foreach (var (encoding, confidence) in readings.Take(Shown))
        {
            shown.Add(new EncodingSample(encoding.Name, confidence, lines.In(sample, encoding)));
        }

        return new EncodingVerdict(shown[0].Encoding, shown[0].Confidence, shown);
    }

    /// <summary>The readings, best first; at least one.</summary>
    internal static IReadOnlyList<EncodingReading> Look(ReadOnlySpan<byte> sample, bool isWhole)
    {
        if (ByteOrderMark.Find(sample, out _) is { } marked)
        {
            return [new EncodingReading(marked, 1)];
        }

        if (EncodingShapes.Find(sample, isWhole) is { } shaped)
        {
            return [shaped];
        }

        return StatisticalReadings.Of(sample);
    }
}
