namespace CallTracking.SampleData.Stories;

/// <summary>Lists of words as they stand in the sources: parted by blanks and line ends, a blank inside a word as an underscore.</summary>
internal static class WordList
{
    public static string[] Of(string block) =>
        [.. block.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Replace('_', ' '))];

    /// <summary>Entries <c>a/b/c</c> of words.</summary>
    public static string[][] Entries(string block) => [.. Of(block).Select(entry => entry.Split('/'))];
}
