using CallTracking.Mapping.Proposals;

namespace CallTracking.Mapping;

/// <summary>A list of objects that a proposal left out.</summary>
/// <param name="Line">Where the mapping file asks what they are.</param>
/// <param name="Path">As a mapping names it.</param>
/// <param name="Names">Within its objects; of a list that may be messages that of their text alone.</param>
public sealed record OpenList(int Line, string Path, IReadOnlyList<string> Names)
{
    private static readonly HashSet<string> Sorts = new(StringComparer.Ordinal) { "type", "kind", "label", "sort", "typ", "art", "tipo", "rodzaj", "tur", "тип" };

    private static readonly HashSet<string> Values = new(StringComparer.Ordinal)
    {
        "value", "number", "wert", "nummer", "valeur", "numero", "valor", "valore", "wartosc", "numer", "waarde", "deger", "значение", "номер",
    };

    // What people are reached by, of several sorts.
    private static readonly HashSet<string> Contacts = new(StringComparer.Ordinal)
    {
        "contacts", "contact", "contact points", "communications", "kontakte", "kontakt", "kontakty", "contactos", "contatos", "contatti", "contacten", "контакты", "連絡先", "联系方式",
    };

    /// <summary>The field that its values may be meant for; null where nothing says so.</summary>
    public string? Field => IsOfTelephones || Telephone is not null || IsOfContacts ? "customer.phones" : null;

    /// <summary>As a mapping takes one value of each object, or that of the objects of one sort.</summary>
    public string OfEach => YamlText.Of(
        Telephone is { } number ? $"{Path}[*].{number}"
        : IsOfContacts ? $"{Path}[{Sort}=phone].{Value}"
        : $"{Path}[*].{Value ?? Text}");

    /// <summary>As a mapping takes each object for a message.</summary>
    public string Messages => $"{{each: {YamlText.Of(Path)}, fields: {{body: {YamlText.Of(Text)}}}}}";

    // What the value is: home, mobile, e-mail.
    private string? Sort => Names.FirstOrDefault(name => Sorts.Contains(WordTable.Fold(name)));

    private string? Value => Names.FirstOrDefault(name => Values.Contains(WordTable.Fold(name)));

    private string Text => Names.FirstOrDefault(name => name != Sort) ?? Names[0];

    private string Name => Path[(Path.LastIndexOf('.') + 1)..];

    private bool IsOfTelephones => ScoreOf(Name) > 0;

    private bool IsOfContacts => Sort is not null && Value is not null && !IsOfTelephones && Contacts.Contains(WordTable.Fold(Name));

    private string? Telephone => Names.Where(name => name != Sort && ScoreOf(name) > 0).MaxBy(ScoreOf);

    private static double ScoreOf(string name) => ColumnCandidates.HeaderMatches(name).Where(match => match.Key == "customer.phones").Select(match => match.Score).DefaultIfEmpty().Max();
}
