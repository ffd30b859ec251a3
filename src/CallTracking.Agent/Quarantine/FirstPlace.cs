using System.Text.RegularExpressions;

namespace CallTracking.Agent.Quarantine;

/// <summary>
/// Keeps where a row stood in its file through retries: read alone, from what was kept of it, its lines and bytes count from there, which nobody finds again.
/// </summary>
internal static partial class FirstPlace
{
    /// <summary>What is wrong with a kept row now, at the place at which it was read first.</summary>
    /// <param name="before">The entry's message so far.</param>
    /// <param name="now">What is wrong with the row when it is read alone.</param>
    public static string Of(string before, string now)
    {
        var first = ByteOfFile().Match(before);
        return Line().Match(before).Value + ByteOfFile().Replace(now, first.Success ? first.Value : "A byte of the row", count: 1);
    }

    [GeneratedRegex("^line [0-9]+: ")]
    private static partial Regex Line();

    [GeneratedRegex("Byte [0-9]+ of the file")]
    private static partial Regex ByteOfFile();
}
