using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>The characters that Chinese writes foreign names with: those of transcribed names more than of other words.</summary>
internal sealed class TranscribedLetters
{
    private const int FewestUses = 12;
    private const double Often = 2;
    private const double VeryOften = 8;

    private readonly Dictionary<char, byte> _letters = [];

    public TranscribedLetters(IEnumerable<string> transcribed, IEnumerable<string> others)
    {
        var inside = Count(transcribed);
        var outside = Count(others);
        var (all, rest) = (inside.Values.Sum(), (double)outside.Values.Sum());
        foreach (var (letter, uses) in inside.Where(pair => pair.Value >= FewestUses))
        {
            var ratio = uses / (double)all / ((outside.GetValueOrDefault(letter) + 1) / rest);
            if (ratio >= Often)
            {
                _letters[letter] = ratio >= VeryOften ? NameLists.Usual : NameLists.Weak;
            }
        }
    }

    public IReadOnlyDictionary<char, byte> Letters => _letters;

    public bool AreAll(string word) => word.All(_letters.ContainsKey);

    private static Dictionary<char, int> Count(IEnumerable<string> words) =>
        words.SelectMany(word => word).GroupBy(letter => letter).ToDictionary(group => group.Key, group => group.Count());
}
