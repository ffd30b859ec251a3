namespace CallTracking.Privacy;

/// <summary>
/// Tells apart the persons whom texts of one case name: "Jane Miller", "Miller, Jane", "J. Miller" and "Miller" are one, "Ann Miller"
/// is another. A part alone is whoever bore it last. A look-up takes as long as the name.
/// </summary>
internal sealed class Persons
{
    private const int ShortestShared = 2;

    // Of one part; who bore it longest ago is forgotten first.
    private const int MostBearers = 16;

    // Longer names than this are no names.
    private const int MostParts = 8;

    private readonly Dictionary<string, List<Person>> _byPart = new(StringComparer.Ordinal);

    public void Reset() => _byPart.Clear();

    /// <summary>The number of a person.</summary>
    /// <param name="key">From <see cref="PersonKey"/>.</param>
    /// <param name="placeholders">Give out a number to one who is new.</param>
    public int NumberOf(string key, Placeholders placeholders)
    {
        var parts = PartsOf(key);
        var person = Known(parts) ?? new Person(placeholders.Next(PlaceholderKind.Person), parts);
        person.Parts = person.Parts.Count >= parts.Count ? person.Parts : parts;
        foreach (var part in parts)
        {
            Note(person, part);
        }

        return person.Number;
    }

    private Person? Known(List<string> parts)
    {
        foreach (var part in parts)
        {
            var bearers = _byPart.GetValueOrDefault(part);
            for (var i = (bearers?.Count ?? 0) - 1; i >= 0; i--)
            {
                if (IsOne(bearers![i].Parts, parts))
                {
                    return bearers[i];
                }
            }
        }

        return null;
    }

    // The last bearer stands last.
    private void Note(Person person, string part)
    {
        if (!_byPart.TryGetValue(part, out var bearers))
        {
            _byPart.Add(part, bearers = []);
        }

        if (!bearers.Remove(person) && bearers.Count == MostBearers)
        {
            bearers.RemoveAt(0);
        }

        bearers.Add(person);
    }

    // One has no part that the other lacks; an initial is a part of whoever's part begins with it.
    private static bool IsOne(List<string> left, List<string> right) => IsWithin(left, right) || IsWithin(right, left);

    private static bool IsWithin(List<string> parts, List<string> others) =>
        parts.TrueForAll(part => others.Exists(other => part.Length == 1 || other.Length == 1 ? part[0] == other[0] : part == other));

    // The family name that a name in Han script begins with is a part, too.
    private static List<string> PartsOf(string key)
    {
        var parts = new List<string>(key.Split(' ', MostParts + 1).Take(MostParts));
        if (parts.Count == 1 && parts[0].Length > ShortestShared && Folding.IsHan(parts[0][0]) && Folding.IsHan(parts[0][1]))
        {
            parts.Add(parts[0][..ShortestShared]);
        }

        return parts;
    }

    private sealed class Person(int number, List<string> parts)
    {
        public int Number { get; } = number;

        public List<string> Parts { get; set; } = parts;
    }
}
