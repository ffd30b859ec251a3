using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>Makes the table of a language without spaces: what lists say of its words, and a dictionary's.</summary>
internal static class WordBuilder
{
    public static NameWords Build(IReadOnlyDictionary<string, byte> lists, IReadOnlyList<DictionaryWord> dictionary)
    {
        var words = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach (var (word, value) in lists.Where(pair => pair.Key.Length <= NameWords.Longest))
        {
            words[word] = value;
        }

        foreach (var same in dictionary.GroupBy(word => word.Text, StringComparer.Ordinal))
        {
            words[same.Key] = ValueOf((byte)words.GetValueOrDefault(same.Key), [.. same]);
        }

        return NameWords.Build(WithBeginnings(words));
    }

    // The cheapest says what a word is; that it may be a name or a place, too, is kept beside.
    private static uint ValueOf(byte lists, IReadOnlyList<DictionaryWord> same)
    {
        var best = same.MinBy(word => word.Cost)!;
        foreach (var word in same)
        {
            lists |= word.Kind switch
            {
                WordClass.Surname when NameLists.SurnameOf(lists) == 0 => NameLists.Weak << NameLists.SurnameShift,
                WordClass.Forename when NameLists.ForenameOf(lists) == 0 => NameLists.Weak,
                WordClass.Place or WordClass.Organisation => NameLists.Thing,
                _ => 0,
            };
        }

        return NameWords.ValueOf(lists, best.Kind, best.Cost, isBeginning: false);
    }

    private static Dictionary<uint, uint> WithBeginnings(Dictionary<string, uint> words)
    {
        var values = new Dictionary<uint, uint>();
        foreach (var (word, value) in words)
        {
            values[NameHash.OfIdeographs(word)] = value;
        }

        foreach (var word in words.Keys)
        {
            for (var length = 1; length < word.Length; length++)
            {
                var hash = NameHash.OfIdeographs(word.AsSpan(0, length));
                values[hash] = values.GetValueOrDefault(hash) | NameWords.ValueOf(0, WordClass.None, 0, isBeginning: true);
            }
        }

        return values;
    }
}
