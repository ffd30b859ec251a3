using System.CommandLine;
using System.Globalization;
using CallTracking.Mapping;

namespace CallTracking.Agent.Commands;

/// <summary>
/// Shows how the best readings of a file read, so that the region's engineer can choose. Personal data: for the terminal only.
/// </summary>
internal static class EncodingTable
{
    private const int LongestLine = 120;

    /// <summary>Whether the readings are shown: they are personal data, so that by itself it is done at a terminal only.</summary>
    public static Option<string> Option()
    {
        var option = new Option<string>("--readings")
        {
            Description = "Show lines of a file whose encoding is unsure in its likeliest readings; 'auto' does at a terminal only.",
            DefaultValueFactory = _ => "auto",
        };
        option.AcceptOnlyFromAmong("auto", "yes", "no");
        return option;
    }

    public static bool IsWanted(string option) => option == "yes" || (option == "auto" && !Console.IsOutputRedirected);

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

    // What a reading has no sign for is told by its number: a control character that is shown as a gap looks right.
    private static string Shown(string line)
    {
        var plain = string.Concat(line.Select(sign => sign is >= '\u0080' and <= '\u009F' ? string.Create(CultureInfo.InvariantCulture, $"<U+{(int)sign:X4}>") : char.IsControl(sign) ? " " : sign.ToString()));
        return plain.Length > LongestLine ? $"{plain[..LongestLine]}…" : plain;
    }
}
