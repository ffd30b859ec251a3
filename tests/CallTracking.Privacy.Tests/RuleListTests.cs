using CallTracking.Testing;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>
/// Every rule of the engine and of the packs, as a list beside the tests: a rule that is gone, or is another, is noticed. Whoever
/// changes one on purpose changes the list, too.
/// </summary>
public sealed class RuleListTests
{
    [Fact]
    public void Engine_EveryIdentifier_IsAsListed() => Compare("identifiers.txt", IdentifierTable.Rows.Select(row => string.Join(
        " ; ", $"{row.Kind.Name} {row.Kind.Country}", row.Kind.DataClass, row.Kind.Tier, row.AtHome ? "at home" : "anywhere", (row.Bare ? "bare" : "never bare") + (row.Before > 0 ? $", behind its word by {row.Before}" : ""),
        string.Join(' ', row.Forms.Select(form => form.Text)), row.Check is null ? "no check" : "checked", row.Words)));

    [Fact]
    public void Engine_EveryKindAndDetector_IsAsListed() => Compare("kinds.txt", EntityKinds.All
        .Select(kind => $"{kind.Name} {kind.DataClass} {kind.Country} {kind.Tier} {kind.Precedence}")
        .Concat(StructuredDetector.Parts.Select(part => part.GetType().Name)));

    [Fact]
    public void Packs_EveryRule_IsAsListed() => Compare("packs.txt", PolicySet.BuiltInPacks.OrderBy(pack => pack.Name, StringComparer.Ordinal)
        .SelectMany(pack => Rules(pack.Yaml).Select(line => $"{pack.Name} ; {line}")));

    [Fact]
    public void Packs_NationalIds_AreKindsOfTheEngine()
    {
        var named = PolicySet.BuiltInPacks.SelectMany(pack => pack.Yaml.Split('\n').Where(line => line.StartsWith("national_ids:", StringComparison.Ordinal)))
            .SelectMany(line => line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..line.IndexOf(']', StringComparison.Ordinal)].Split(", "));

        Assert.Empty(named.Except(TextDetection.Entities));
    }

    private static IEnumerable<string> Rules(string yaml) => yaml.Split('\n')
        .SkipWhile(line => line.TrimEnd() != "rules:").Skip(1).TakeWhile(line => line.Length == 0 || line[0] is ' ' or '#')
        .Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');

    private static void Compare(string file, IEnumerable<string> rules)
    {
        var path = RepositoryRoot.Path("tests", "CallTracking.Privacy.Tests", "Rules", file);
        var (listed, there) = (File.ReadAllLines(path), rules.Select(rule => rule.Replace('\n', ' ')).ToList());

        Assert.True(listed.SequenceEqual(there), $"""
            Rules/{file} and what is there differ.
            Gone: {string.Join(" | ", listed.Except(there).Take(5))}
            New:  {string.Join(" | ", there.Except(listed).Take(5))}
            """);
    }
}
