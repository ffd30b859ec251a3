using System.Text.RegularExpressions;
using CallTracking.Privacy;

namespace CallTracking.NameTraining;

/// <summary>Reads ENAMDICT: surnames, forenames, places and firms as Japanese writes them; whole persons are left out.</summary>
internal static partial class Enamdict
{
    public const string FileName = "enamdict";

    // Names that NAIST's dictionary does not have are rare.
    private const int CostOfRare = 13;

    public static IEnumerable<DictionaryWord> Read(IEnumerable<string> lines)
    {
        var seen = new HashSet<(string, WordClass)>();
        foreach (var line in lines.Skip(1))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space < 2)
            {
                continue;
            }

            var word = line[..space];
            foreach (Match tags in Tags().Matches(line))
            {
                foreach (var kind in tags.Groups[1].Value.Split(',').Select(ClassOf).Where(kind => kind != WordClass.None && seen.Add((word, kind))))
                {
                    yield return new DictionaryWord(word, kind, CostOfRare);
                }
            }
        }
    }

    private static WordClass ClassOf(string tag) => tag switch
    {
        "s" => WordClass.Surname,
        "f" or "m" or "g" => WordClass.Forename,
        "u" => WordClass.Person,
        "p" or "st" => WordClass.Place,
        "c" or "o" or "pr" => WordClass.Organisation,
        _ => WordClass.None,
    };

    [GeneratedRegex(@"\(([a-z]{1,2}(?:,[a-z]{1,2})*)\)")]
    private static partial Regex Tags();
}
