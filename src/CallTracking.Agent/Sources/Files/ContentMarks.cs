namespace CallTracking.Agent.Sources.Files;

/// <summary>
/// The lengths at which the beginning of every content is hashed, so that one that was cut off is known again: 16 bytes apart at first, then each a
/// 64th further. What a cut leaves behind the last of them, such as half a row or a footer, is not compared.
/// </summary>
internal static class ContentMarks
{
    private const long Longest = 1L << 40;

    /// <summary>In order; up to a terabyte.</summary>
    public static IReadOnlyList<long> Lengths { get; } = [.. All()];

    private static IEnumerable<long> All()
    {
        for (var length = 16L; length <= Longest; length += Math.Max(16, length / 64))
        {
            yield return length;
        }
    }
}
