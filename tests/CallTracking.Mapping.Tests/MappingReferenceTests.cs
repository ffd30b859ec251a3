using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CallTracking.Mapping.Spec;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>The reference that the program brings along, against the parser and the contract.</summary>
public sealed partial class MappingReferenceTests
{
    // What the schema leaves to the parser: keys of columns of fixed width, and of what is no record.
    private static readonly string[] InFormats = ["width", "start", "align", "pad", "until", "from", "lines"];

    [Theory]
    [InlineData("preamble", "lines before the header")]
    [InlineData("footer", "the last lines, as an editor counts them")]
    [InlineData("ragged", "missing cells are empty")]
    [InlineData("with", "what stands between them")]
    [InlineData("currency", "amounts: a code")]
    [InlineData("ignore_case", "whatever its case")]
    [InlineData("each", "the array of a tree")]
    [InlineData("lookup", "| `dictionary` | instead of a file")]
    [InlineData("format", "| `max_record_bytes` |")]
    [InlineData("[*]", "comments[*].body")]
    [InlineData("fold", "several rows are one case")]
    [InlineData("product.lot", "2026-W31")]
    [InlineData("repair", "`repair.cost`")]
    [InlineData("incident_address.country", "ISO 3166-1")]
    [InlineData("join.on", "what leads to them")]
    [InlineData("format.footer", "the last lines, as an editor counts them")]
    [InlineData("lists in a text", "elements")]
    [InlineData("Keys of sources that have none", "hash_of")]
    [InlineData("concept", "the texts that tell it")]
    [InlineData("epoch", "since 1970")]
    public void About_AKey_SaysWhatItMeansBelowItsHeading(string key, string says)
    {
        var about = MappingReference.About(key);

        Assert.StartsWith("## ", about, StringComparison.Ordinal);
        Assert.Contains(says, about, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no_such_key")]
    [InlineData("")]
    [InlineData("customer.nam")]
    public void About_WhatIsNoKey_IsNothing(string key) => Assert.Empty(MappingReference.About(key));

    [Theory]
    [InlineData("FOOTER", "'footer'")]
    [InlineData("customer.nam", "'customer.name'")]
    [InlineData("duplicate", "'duplicates'")]
    [InlineData("max_record_byte", "'max_record_bytes'")]
    [InlineData("seperator", "'delimiter' or 'split'?")]
    [InlineData("preambel", "'preamble'")]
    public void Nearest_OfAMistypedKey_NamesTheOneThatWasMeant(string key, string meant)
    {
        Assert.Empty(MappingReference.About(key));
        Assert.StartsWith($"Did you mean {meant}", MappingReference.Nearest(key), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_ThatTheParserTakes_StandInATableOfTheReferenceAndInTheSchema()
    {
        var taken = KeysOfTheParser();
        var schema = KeysOf(JsonNode.Parse(MappingSchema.Text())).Concat(InFormats).ToHashSet();

        Assert.True(taken.Count > 90, $"{taken.Count}");
        Assert.Equal([], taken.Where(key => !Regex.IsMatch(MappingReference.About(key), $@"^\| [^|]*`{key}`[^|]* \|", RegexOptions.Multiline)));
        Assert.Equal([], taken.Except(schema));
    }

    [Fact]
    public void Fields_OfTheContract_AreListedWithTheirWords()
    {
        var page = MappingReference.Pages.Single(page => page.Name == "case").Text;

        Assert.Contains("| `status` | `cancelled`, `closed`,", page, StringComparison.Ordinal);
        Assert.Contains("| `customer.emails` | several: a personal text (email) |", page, StringComparison.Ordinal);
        Assert.DoesNotContain("case_uid", page, StringComparison.Ordinal);
    }

    // The parser takes keys by their names, in its sources.
    private static HashSet<string> KeysOfTheParser()
    {
        var sources = Directory.EnumerateFiles(RepositoryRoot.Path("src", "CallTracking.Mapping", "Spec"), "*.cs", SearchOption.AllDirectories);
        var calls = sources.SelectMany(file => Call().Matches(File.ReadAllText(file)).Select(call => call.Groups[1].Value));
        return [.. calls.SelectMany(call => Word().Matches(call).Select(word => word.Groups[1].Value))];
    }

    private static IEnumerable<string> KeysOf(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(entry => entry.Key == "properties"
            ? entry.Value!.AsObject().SelectMany(key => KeysOf(key.Value).Prepend(key.Key))
            : KeysOf(entry.Value)),
        JsonArray list => list.SelectMany(KeysOf),
        _ => [],
    };

    // What is asked: up to the next argument.
    [GeneratedRegex(@"(?:\.Take\w*(?:<\w+>)?|\.Has|SignOf|PatternOf|Words)\(((?:(?:map|keys|root), )?[^,()]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Call();

    [GeneratedRegex(@"""([a-z][a-z_]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
