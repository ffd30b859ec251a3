using System.Globalization;
using CallTracking.Contracts;

namespace CallTracking.Mapping.Reading;

/// <summary>Takes enough of a file to tell its encoding, and decides or refuses.</summary>
internal static class EncodingProbe
{
    private const int FirstBytes = 64 * 1024;
    private const int MostBytes = 4 * 1024 * 1024;

    // Bytes above ASCII after which more of them tell no more.
    private const int Telling = 4 * 1024;

    /// <summary>The start of the file, and whether it is all. Reads on while little but ASCII has come.</summary>
    public static async ValueTask<(byte[] Sample, bool IsWhole)> SampleAsync(Stream content, CancellationToken cancellationToken)
    {
        var sample = new byte[FirstBytes];
        var (length, telling) = (0, 0);
        while (true)
        {
            var read = await content.ReadAsync(sample.AsMemory(length), cancellationToken).ConfigureAwait(false);
            telling += CountTelling(sample.AsSpan(length, read));
            length += read;
            if (read == 0 || (length == sample.Length && (telling >= Telling || length >= MostBytes)))
            {
                Array.Resize(ref sample, length);
                return (sample, read == 0);
            }

            if (length == sample.Length)
            {
                Array.Resize(ref sample, length * 2);
            }
        }
    }

    /// <exception cref="SourceFormatException">It is not certain enough.</exception>
    public static SourceEncoding Decide(ReadOnlySpan<byte> sample, bool isWhole, double leastConfidence, string fileName)
    {
        var readings = EncodingDetector.Look(sample, isWhole);
        if (readings[0].Confidence >= leastConfidence)
        {
            return readings[0].Encoding;
        }

        var tried = string.Join(", ", readings.Take(3).Select(reading => string.Create(CultureInfo.InvariantCulture, $"{reading.Encoding.Name} {reading.Confidence:0.00}")));
        throw new SourceFormatException(new Fault(
            fileName,
            0,
            0,
            string.Create(CultureInfo.InvariantCulture, $"The encoding is not certain enough: {tried}, where {leastConfidence:0.00} is asked."),
            "See how these read, and write the right one as encoding under format in the mapping."));
    }

    private static int CountTelling(ReadOnlySpan<byte> bytes)
    {
        var telling = 0;
        foreach (var one in bytes)
        {
            telling += one is 0 or 0x1B or >= 0x80 ? 1 : 0;
        }

        return telling;
    }
}
