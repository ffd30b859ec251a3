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

    /// <summary>The field that its values may be meant for; null where nothing says so.</summary>
    public string? Field => IsOfTelephones(Path[(Path.LastIndexOf('.') + 1)..]) || Names.Any(IsOfTelephones) || (Sort is not null && Value is not null) ? "customer.phones" : null;

    /// <summary>As a mapping takes one value of each object, or that of the objects of one sort.</summary>
    public string OfEach => YamlText.Of(
        Names.FirstOrDefault(IsOfTelephones) is { } number ? $"{Path}[*].{number}"
        : Sort is { } sort && Value is { } value && !IsOfTelephones(Path[(Path.LastIndexOf('.') + 1)..]) ? $"{Path}[{sort}=phone].{value}"
        : $"{Path}[*].{Value ?? Text}");

    /// <summary>As a mapping takes each object for a message.</summary>
    public string Messages => $"{{each: {YamlText.Of(Path)}, fields: {{body: {YamlText.Of(Text)}}}}}";

    // What the value is: home, mobile, e-mail.
    private string? Sort => Names.FirstOrDefault(name => Sorts.Contains(WordTable.Fold(name)));

    private string? Value => Names.FirstOrDefault(name => Values.Contains(WordTable.Fold(name)));

    private string Text => Names.FirstOrDefault(name => name != Sort) ?? Names[0];

    private static bool IsOfTelephones(string name) => ColumnCandidates.HeaderMatches(name).Any(match => match.Key == "customer.phones");
}
