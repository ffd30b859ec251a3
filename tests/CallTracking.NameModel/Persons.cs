namespace CallTracking.NameTraining;

/// <summary>Invents persons of a language: forenames and surnames of its countries, at times of anywhere.</summary>
internal sealed class Persons
{
    private const int FromAnywhere = 30;
    private const int FewestWeightJapan = 3_000;

    private readonly string _language;
    private readonly bool _isSurnameFirst;
    private readonly string[] _forenames;
    private readonly string[] _surnames;
    private readonly string[] _otherForenames;
    private readonly string[] _otherSurnames;

    /// <param name="table">The lists.</param>
    /// <param name="language">Language of the texts, which decides the script.</param>
    /// <param name="locales">Countries and locales whose names are usual.</param>
    /// <param name="isSurnameFirst">The surname stands first.</param>
    public Persons(NameTable table, string language, IReadOnlyCollection<string> locales, bool isSurnameFirst)
    {
        _language = language;
        _isSurnameFirst = isSurnameFirst;
        var fitting = table.Rows.Where(row => Things.Fits(language, row.Native)).ToList();
        var own = fitting.Where(row => locales.Contains(row.Country)).ToList();
        _forenames = Names(own.Where(row => row.Kind.StartsWith("forename", StringComparison.Ordinal)));
        _surnames = Names(own.Where(row => row.IsSurname && (row.Source != "jpnames" || row.Weight >= FewestWeightJapan)));
        var other = fitting.Where(row => language is not ("ja" or "zh" or "zh-Hant") && row.Source is not "jpnames" && row.Native.Length > 2).ToList();
        _otherForenames = Names(other.Where(row => row.Kind.StartsWith("forename", StringComparison.Ordinal)));
        _otherSurnames = Names(other.Where(row => row.IsSurname));
    }

    public IReadOnlyList<string> Surnames => _surnames;

    private bool IsChinese => _language is "zh" or "zh-Hant";

    private bool IsSpaced => !IsChinese && _language != "ja";

    public string Forename(Dice dice) => IsChinese ? Given(dice) : Pick(_forenames, _otherForenames, dice);

    public string Surname(Dice dice) => Pick(_surnames, _otherSurnames, dice);

    public string Full(Dice dice)
    {
        var (forename, surname) = (Forename(dice), Surname(dice));
        if (!IsSpaced)
        {
            return _language == "ja" && dice.IsLucky(25) ? $"{surname} {forename}" : surname + forename;
        }

        return dice.Below(100) switch
        {
            < 6 => $"{forename} {Forename(dice)} {surname}",
            < 10 => $"{forename} {Forename(dice)[0]}. {surname}",
            < 12 => $"{forename} {surname}-{Surname(dice)}",
            < 20 when _language is "es" or "pt" => $"{forename} {surname} {Surname(dice)}",
            < 22 => $"{surname} {forename}",
            _ => _isSurnameFirst ? $"{surname} {forename}" : $"{forename} {surname}",
        };
    }

    public string Initialled(Dice dice) => IsSpaced ? $"{Forename(dice)[0]}. {Surname(dice)}" : Full(dice);

    public string Reversed(Dice dice) => IsSpaced && !_isSurnameFirst && dice.IsLucky(70) ? $"{Surname(dice)}, {Forename(dice)}" : $"{Surname(dice)} {Forename(dice)}";

    private static string Pick(string[] own, string[] other, Dice dice) =>
        own.Length == 0 || (other.Length > 0 && dice.IsLucky(FromAnywhere)) ? dice.Of(other) : dice.Of(own);

    // One or two characters of those that given names are made of.
    private string Given(Dice dice)
    {
        var first = dice.Of(_forenames);
        var letter = first[dice.Below(first.Length)].ToString();
        return dice.IsLucky(25) ? letter : dice.IsLucky(50) && first.Length == 2 ? first : letter + dice.Of(_forenames)[^1];
    }

    private static string[] Names(IEnumerable<NameTable.Row> rows) => [.. rows.Select(row => row.Native).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
