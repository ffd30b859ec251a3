using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>What a document in a pack's place lets go is said.</summary>
public sealed class PackReplacementTests
{
    private const string Thin = "jurisdiction: ru\nparent: default\ncountries: [RU]\nlaw: x\nrules:\n  name: {action: drop, at: edge}\n";

    [Fact]
    public void Notes_PacksAlone_AreNone() => Assert.Empty(PackReplacement.Notes(PolicyKit.Policies));

    [Fact]
    public void Notes_DocumentBesideThePacks_IsNone() =>
        Assert.Empty(PackReplacement.Notes(PolicyKit.LoadWith("jurisdiction: fr-own\nparent: eea\ncountries: [FR]\nlaw: x").Policies!));

    [Fact]
    public void Notes_PackThatSaysMore_NamesAllThatGoes()
    {
        var note = Assert.Single(PackReplacement.Notes(With("ru.yaml", Thin)));

        Assert.Equal("ru.yaml takes the place of the pack of that name. The pack also has localisation (absolute, Art. 18(5)), deadlines for requests, retention, which the document does not.", note);
    }

    [Fact]
    public void Notes_CopyOfThePack_NamesNothingThatGoes()
    {
        var pack = PolicySet.BuiltInPacks.Single(pack => pack.Name == "ru.yaml").Yaml;

        Assert.Equal("ru.yaml takes the place of the pack of that name.", Assert.Single(PackReplacement.Notes(With("ru.yaml", pack + "# ours\n"))));
    }

    [Theory]
    [InlineData("in_force: 2027-01-01\n", "RU", "RU follows 'default'")]
    [InlineData("", "KZ", "RU follows 'default'")]
    public void Notes_CountryWithoutItsLaw_IsNamed(string more, string country, string expected)
    {
        var documents = PolicySet.BuiltInPacks.Where(pack => pack.Name is not ("ru.yaml" or "kz.yaml")).Append(PolicyKit.Document("ru.yaml", Thin.Replace("[RU]", $"[{country}]", StringComparison.Ordinal) + more));

        Assert.Contains(PackReplacement.Notes(PolicyKit.Load(documents)), note => note.StartsWith("ru.yaml", StringComparison.Ordinal) && note.Contains($" Beware: on 2026-11-22 {expected}.", StringComparison.Ordinal));
    }

    [Fact]
    public void Notes_DocumentOfAnotherJurisdictionUnderThePacksName_IsSaid() => Assert.Equal(
        ["ru.yaml takes the place of the pack of that name, and no document is for 'ru' any more: on 2026-11-22 RU follows 'default'."],
        PackReplacement.Notes(With("ru.yaml", "jurisdiction: zz\ncountries: [ZZ]\nlaw: x")));

    [Fact]
    public void Notes_DocumentUnderAnotherName_SaysWhichNameItNeeds() =>
        Assert.StartsWith("mine.yaml takes the place of the pack ru.yaml; at headquarters it does so only under that name.", Assert.Single(PackReplacement.Notes(With("mine.yaml", Thin))), StringComparison.Ordinal);

    private static PolicySet With(string name, string yaml) =>
        PolicyKit.Load(PolicySet.BuiltInPacks.Where(pack => pack.Name != "ru.yaml").Append(PolicyKit.Document(name, yaml)));
}
