namespace CallTracking.Mapping.Proposals;

/// <summary>Two columns that are the parts of one person's name: "Vorname Kunde" and "Nachname Kunde".</summary>
internal sealed record NameParts(ProposedField Field, ColumnSample Given, ColumnSample Family)
{
    private const string Key = "name=";
    private const double Sure = 0.9;
    private const double Asked = 0.65;

    // By themselves they may be anything: the first of what?
    private static readonly HashSet<string> Weak = ["first", "last", "given", "family", "nome", "ad", "name", "nom"];

    private static readonly HashSet<string> FamilyFirst = ["ja", "zh", "ko"];

    /// <summary>Null where no two columns are so, or another column is the whole name.</summary>
    public static NameParts? Of(IReadOnlyList<ColumnSample> columns, IReadOnlyList<Candidate> chosen)
    {
        var named = columns.Where(column => column is { IsNamed: true, IsList: false, Count: > 0 } && ColumnCandidates.MayBeName(column)).ToList();
        var families = named.Select(column => PartOf(column, "family")).OfType<Part>().ToList();
        foreach (var given in named.Select(column => PartOf(column, "given")).OfType<Part>())
        {
            if (families.Find(family => family.Column != given.Column && family.Of == given.Of) is { } family && Join(given, family, chosen) is { } field)
            {
                return new NameParts(field, given.Column, family.Column);
            }
        }

        return null;
    }

    private static ProposedField? Join(Part given, Part family, IReadOnlyList<Candidate> chosen)
    {
        var target = WordTable.Fields.Find(given.Of) is [{ Key: "agent.name" or "agent.id" }, ..] ? "agent.name" : "customer.name";
        if (chosen.Any(candidate => candidate.Target == target && candidate.Score >= Sure && candidate.Column != given.Column && candidate.Column != family.Column))
        {
            return null;
        }

        var isSure = !Weak.Contains(given.Word) || !Weak.Contains(family.Word);
        var (first, second) = FamilyFirst.Contains(given.Language) ? (family, given) : (given, family);
        var columns = $"{YamlText.Of(first.Column.Name)}, {YamlText.Of(second.Column.Name)}";
        return new ProposedField(target, first.Column.Name, $"{{join: [{columns}], with: \" \"}}", isSure ? Sure : Asked, $"parts of a name ({given.Language})",
            isSure ? null : $"Are '{given.Column.Name}' and '{family.Column.Name}' the parts of {(target == "agent.name" ? "an agent's" : "the customer's")} name?");
    }

    private static Part? PartOf(ColumnSample column, string part)
    {
        var (parents, name) = HeaderPath.Split(column.Label);
        var last = WordTable.Fold(name);
        return WordTable.Fields.Find(last).Where(match => match.Key == Key + part).Select(match => Of(WordTable.Fold(match.Word), match.Language)).FirstOrDefault();

        // "Vorname Kunde" and "Nachname Kunde" are of one person, "Vorname Kunde" and "Nachname Bearbeiter" of two.
        Part? Of(string word, string language) => last.IndexOf(word, StringComparison.Ordinal) is >= 0 and var from
            ? new Part(column, word, language, WordTable.Fold($"{parents} {last.Remove(from, word.Length)}"))
            : null;
    }

    private sealed record Part(ColumnSample Column, string Word, string Language, string Of);
}
