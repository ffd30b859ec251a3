namespace CallTracking.NameTraining;

/// <summary>
/// The words of a Hunspell dictionary of English in the forms that may begin a sentence. Words that it has with a capital, too, are
/// somebody's or some place's name (Baker, Price, Hood) and left out.
/// </summary>
internal static class EnglishForms
{
    public const string FileName = "english.dic";

    private const int Shortest = 3;

    public static IEnumerable<string> Read(string file)
    {
        var entries = File.ReadLines(file).Skip(1).Select(line => line.Split('/')).Select(cells => (Word: cells[0], Flags: cells.Length > 1 ? cells[1] : string.Empty))
            .Where(entry => entry.Word.Length >= Shortest && entry.Word.All(char.IsAsciiLetter)).ToList();
        var names = entries.Where(entry => char.IsUpper(entry.Word[0])).Select(entry => entry.Word.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        return entries.Where(entry => char.IsLower(entry.Word[0]) && !names.Contains(entry.Word)).SelectMany(entry => Forms(entry.Word, entry.Flags)).Where(form => !names.Contains(form));
    }

    private static IEnumerable<string> Forms(string word, string flags)
    {
        yield return word;
        if (flags.Contains('S', StringComparison.Ordinal))
        {
            yield return word[^1] is 's' or 'x' or 'z' || word.EndsWith("ch", StringComparison.Ordinal) || word.EndsWith("sh", StringComparison.Ordinal) ? $"{word}es"
                : EndsInY(word) ? $"{word[..^1]}ies" : $"{word}s";
        }

        if (flags.Contains('D', StringComparison.Ordinal))
        {
            yield return word[^1] == 'e' ? $"{word}d" : EndsInY(word) ? $"{word[..^1]}ied" : $"{word}ed";
        }

        if (flags.Contains('G', StringComparison.Ordinal))
        {
            yield return word[^1] == 'e' ? $"{word[..^1]}ing" : $"{word}ing";
        }
    }

    private static bool EndsInY(string word) => word[^1] == 'y' && word[^2] is not ('a' or 'e' or 'i' or 'o' or 'u');
}
