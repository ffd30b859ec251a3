namespace CallTracking.Mapping.Proposals;

/// <summary>Whether a header speaks of a person, by its own words or by those of what it stands in: <c>party.person.since</c>.</summary>
internal static class PersonalWords
{
    // Shorter words inside others are chance; in scripts that part no words two signs are a word.
    private const int LeastInside = 5;
    private const int LeastUnparted = 2;
    private const char LastParted = 'Ԁ';

    private static readonly string[] Keys = [FieldKinds.OnlyClass + "unspecified", "customer.name", "agent.name", FieldKinds.OnlyClass + "employee"];

    private static readonly HashSet<string> Words =
        [.. WordTable.Fields.All.Where(entry => Keys.Contains(entry.Match.Key)).Select(entry => entry.Folded).Where(word => !word.Contains(' ', StringComparison.Ordinal))];

    public static bool Has(string label) => label.Split('.', '[').SelectMany(step => WordTable.Fold(step).Split(' ')).Any(IsPersonal);

    private static bool IsPersonal(string word) => Words.Contains(word)
        || Words.Any(known => known.Length >= (known[0] < LastParted ? LeastInside : LeastUnparted) && word.Contains(known, StringComparison.Ordinal));
}
