using System.Globalization;
using CallTracking.Mapping;

namespace CallTracking.Agent.Commands;

/// <summary>
/// Shows how the best readings of a file read, so that the region's engineer can choose. Personal data: for the terminal only.
/// </summary>
internal static class EncodingTable
{
    private const int LongestLine = 120;

    public static void Write(EncodingVerdict verdict, TextWriter output)
    {
        output.WriteLine("       The same places of the file in each reading; write the right one as encoding under format in the mapping:");
        var lines = verdict.Readings.Max(reading => reading.Lines.Count);
        for (var line = 0; line < lines; line++)
        {
            foreach (var reading in verdict.Readings.Where(reading => line < reading.Lines.Count))
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"       {reading.Encoding,-14} {reading.Confidence:0.00}  {Shown(reading.Lines[line])}"));
            }

            output.WriteLine();
        }
    }

    private static string Shown(string line)
    {
        var plain = new string([.. line.Select(sign => char.IsControl(sign) ? ' ' : sign)]);
        return plain.Length > LongestLine ? plain[..LongestLine] : plain;
    }
}
