using System.Text;
using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>The words of a Hunspell dictionary of Korean.</summary>
internal static class KoreanNouns
{
    public const string FileName = "korean.dic";

    private const int Shortest = 2;
    private const int Longest = 6;

    public static IEnumerable<string> Read(string file)
    {
        return File.ReadLines(file).Skip(1).Select(line => line.Split('/')[0].Normalize(NormalizationForm.FormC))
            .Where(word => word.Length is >= Shortest and <= Longest && word.All(letter => LetterKinds.Of(letter) == LetterKind.Hangul));
    }
}
