using System.Text;

namespace CallTracking.NameTraining;

/// <summary>
/// Invents names that sound like those it has seen, letter after letter: foreign names in Chinese characters and katakana, of
/// which there are no lists.
/// </summary>
internal sealed class NameChain
{
    private const char Edge = '\0';
    private const int Longest = 16;

    private readonly SortedDictionary<(char, char), List<char>> _next = [];

    public NameChain(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var (before, last) = (Edge, Edge);
            foreach (var letter in name.Append(Edge))
            {
                if (!_next.TryGetValue((before, last), out var letters))
                {
                    _next[(before, last)] = letters = [];
                }

                letters.Add(letter);
                (before, last) = (last, letter);
            }
        }
    }

    public bool IsEmpty => _next.Count == 0;

    public string Invent(Dice dice)
    {
        var name = new StringBuilder();
        var (before, last) = (Edge, Edge);
        while (name.Length < Longest && dice.Of(_next[(before, last)]) is not Edge and var letter)
        {
            name.Append(letter);
            (before, last) = (last, letter);
        }

        return name.ToString();
    }
}
