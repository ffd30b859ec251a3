using System.Text;
using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>The words of a Hunspell dictionary of Korean that could be taken for a person: they begin with what may be a family name.</summary>
internal static class KoreanNouns
{
    public const string FileName = "korean.dic";

    private const int Shortest = 2;
    private const int Longest = 6;

    public static IEnumerable<string> Read(string file)
    {
        var words = KoreanWords.Default;
        return File.ReadLines(file).Skip(1).Select(line => line.Split('/')[0].Normalize(NormalizationForm.FormC))
            .Where(word => word.Length is >= Shortest and <= Longest && word.All(letter => LetterKinds.Of(letter) == LetterKind.Hangul))
            .Where(word => IsFamily(words, word[..1]) || IsFamily(words, word[..2]));
    }

    private static bool IsFamily(KoreanWords words, string start) =>
        NameHash.OfWord(start) is var hash && (words.Usual.Contains(hash) || words.Rare.Contains(hash));
}
