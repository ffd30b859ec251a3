using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests.Concepts;

/// <summary>What patterns find, what voids them, and what gets into a case.</summary>
public sealed class ConceptMatcherTests
{
    private const string Guards = "{window: 2, before: [no], after: [not seen], stop: [and]}";

    [Theory]
    [InlineData("smoke", "There is SMOKE here", "a")]
    [InlineData("smoke", "smoker", "")]
    [InlineData("smok*", "He was smoking", "a")]
    [InlineData("'*rauch'", "Hausrauch", "a")]
    [InlineData("'*rauch'", "Rauchhaus", "")]
    [InlineData("'*auch*'", "Hausrauchs", "a")]
    [InlineData("gas leak", "a gas-leak", "a")]
    [InlineData("gas leak", "gas. Leak", "")]
    [InlineData("gas leak", "gas, leak", "")]
    [InlineData("battery ~2 swollen", "the battery is very swollen", "a")]
    [InlineData("battery ~2 swollen", "the battery is very very swollen", "")]
    [InlineData("battery ~2 swollen", "battery, swollen", "a")]
    [InlineData("battery ~2 swollen", "battery. Swollen", "")]
    [InlineData("batter* swollen", "batteries swollen", "a")]
    [InlineData("batter* swollen", "batteries were swollen", "")]
    [InlineData("schmörbrand", "SCHMO\u0308RBRAND", "a")]
    [InlineData("fumée", "ｆｕｍｅｅ", "a")]
    [InlineData("煙", "本体から煙が出た", "a")]
    [InlineData("発煙", "発\n煙した", "a")]
    [InlineData("発煙", "発。煙した", "")]
    [InlineData("カナ", "ｶﾅです", "a")]
    [InlineData("연기", "하얀연기가", "a")]
    [InlineData("여", "연기", "")]
    [InlineData("LED 焼け", "LEDが焼けLED焼け", "a")]
    [InlineData("smoke", "smoke 😀 smoke", "a:2")]
    [InlineData("smoke", "smoke𠮷smoke", "a:2")]
    public void Mark_APattern_FindsWhatItSays(string pattern, string text, string codes) =>
        Assert.Equal(codes, ConceptKit.Codes(ConceptKit.Of($"a: {{patterns: [{pattern}]}}"), text));

    [Theory]
    [InlineData("no smoke", "")]
    [InlineData("no white hot smoke", "")]
    [InlineData("no very white hot smoke", "a")]
    [InlineData("no. Smoke", "a")]
    [InlineData("no, smoke", "a")]
    [InlineData("no fire and smoke", "a")]
    [InlineData("smoke was not seen", "")]
    [InlineData("smoke and this was not seen", "a")]
    [InlineData("smoke. It was not seen", "a")]
    [InlineData("smoke, no fire", "a")]
    [InlineData("smoke detector", "")]
    [InlineData("smoke detector smoke", "a")]
    public void Mark_GuardsAndExceptions_VoidWhatTheyReach(string text, string codes) =>
        Assert.Equal(codes, ConceptKit.Codes(ConceptKit.Of("a: {patterns: [smoke], except: [smoke detector]}", Guards), text));

    [Fact]
    public void Mark_FindsThatShareAWord_AreOne() =>
        Assert.Equal("a:2 b", ConceptKit.Codes(ConceptKit.Of("a: {patterns: [smok*, smoke, white smoke]}, b: {patterns: [smoke ~9 smoke]}"), "white smoke and smoke"));

    [Fact]
    public void Mark_ALanguageOfTheDictionary_UsesItsPatternsAndThoseOfAny()
    {
        var matcher = ConceptMatcher.Of([ConceptKit.Dictionary("test", 1, ConceptKit.Entries(("t.yaml", """
            concepts: {de: {}, en: {}, mul: {}}
            languages:
              de: {concepts: {de: {patterns: [brand]}}}
              en: {concepts: {en: {patterns: [brand]}}}
              mul: {concepts: {mul: {patterns: [brand]}}}
            """)))])!;

        Assert.Equal("de mul", ConceptKit.Codes(matcher, "brand", "de-AT"));
        Assert.Equal("en mul", ConceptKit.Codes(matcher, "brand", "EN"));
        Assert.Equal("de en mul", ConceptKit.Codes(matcher, "brand", "sv"));
        Assert.Equal("de en mul", ConceptKit.Codes(matcher, "brand", ""));
    }

    [Fact]
    public void Mark_EveryFreeTextOfACase_IsReadAndNothingElse()
    {
        var value = FullCase.Create((_, dataClass) => dataClass == DataClass.FreeText ? "smoke" : "fire");
        value.CustomFields.Clear();
        value.CustomFields.Add(new CustomField { Name = "note", DataClass = DataClass.FreeText, Text = PolicyKit.Clear("smoke") });
        value.CustomFields.Add(new CustomField { Name = "other", DataClass = DataClass.Name, Text = PolicyKit.Clear("smoke fire") });
        value.Concepts.Clear();
        var matcher = ConceptKit.Of("a: {patterns: [smoke]}, b: {patterns: [fire]}");

        matcher.Mark(value, ConceptKit.Open);
        var fields = matcher.Explain(value).Select(found => found.Field).Distinct();

        var found = Assert.Single(value.Concepts);
        Assert.Equal(("test", 0U, "a"), (found.Dictionary, found.DictionaryVersion, found.Code));
        Assert.Equal(
            ["subject", "description", "messages.body", "satisfaction.comment", "repair.symptom", "repair.action", "tags", "resolution", "custom_fields.note"],
            fields.OrderBy(field => field.StartsWith("custom", StringComparison.Ordinal)).ThenBy(field => Array.IndexOf(["subject", "description", "messages.body", "satisfaction.comment", "repair.symptom", "repair.action", "tags", "resolution"], field)));
    }

    [Fact]
    public void Stamp_TwoDictionaries_WritesTheVersionOfEach()
    {
        var (first, second) = (ConceptKit.Dictionary("one", 3, ConceptKit.Entries(("t.yaml", "concepts: {b: {}, a: {}}\nlanguages: {en: {concepts: {a: {patterns: [smoke]}, b: {patterns: [smoke]}}}}"))),
            ConceptKit.Dictionary("two", 7, ConceptKit.Entries(("t.yaml", "concepts: {a: {}}\nlanguages: {en: {concepts: {a: {patterns: [smoke]}}}}"))));
        var matcher = ConceptMatcher.Of([second, first])!;
        var value = ConceptKit.Case("smoke");

        matcher.Mark(value, ConceptKit.Open);
        matcher.Stamp(value);

        Assert.Equal(["one 3 a", "one 3 b", "two 7 a"], value.Concepts.Select(code => $"{code.Dictionary} {code.DictionaryVersion} {code.Code}"));
    }

    [Fact]
    public void Of_OnlyCodeTables_IsNoMatcher() =>
        Assert.Null(ConceptMatcher.Of([new Dictionary { Name = "symptoms", Version = 1, Entries = { new DictionaryEntry { Code = "a" } } }]));

    [Fact]
    public void Of_WhatThisVersionDoesNotKnow_IsLeftOutAndTold()
    {
        var dictionary = ConceptKit.Dictionary("test", 1, [.. ConceptKit.Entries(("t.yaml", "concepts: {a: {}, b: {}}\nlanguages: {en: {concepts: {a: {patterns: [smoke]}, b: {patterns: [fire]}}}}"))]);
        dictionary.Entries[0].Labels[0].Patterns.Add("%newer% smoke");
        dictionary.Entries[1].Into = "product.colour";

        var matcher = ConceptMatcher.Of([dictionary])!;

        Assert.Equal("a", ConceptKit.Codes(matcher, "smoke and fire"));
        Assert.Contains(matcher.Notices, notice => notice.Contains("the pattern '%newer% smoke' (en) is left out", StringComparison.Ordinal));
        Assert.Contains(matcher.Notices, notice => notice.Contains("'b' goes into 'product.colour', which this version does not know", StringComparison.Ordinal));
    }

    [Fact]
    public void Digest_AnotherVersionOrPattern_IsAnother()
    {
        var entries = ConceptKit.Entries(("t.yaml", "concepts: {a: {}}\nlanguages: {en: {concepts: {a: {patterns: [smoke]}}}}"));
        var others = ConceptKit.Entries(("t.yaml", "concepts: {a: {}}\nlanguages: {en: {concepts: {a: {patterns: [smokes]}}}}"));
        byte[] Digest(uint version, IReadOnlyList<DictionaryEntry> of) => ConceptMatcher.Of([ConceptKit.Dictionary("test", version, of)])!.Digest.ToArray();

        Assert.Equal(Digest(1, entries), Digest(1, entries));
        Assert.NotEqual(Digest(1, entries), Digest(2, entries));
        Assert.NotEqual(Digest(1, entries), Digest(1, others));
    }

    [Fact]
    public void Mark_NothingFound_AllocatesNothing()
    {
        var value = ConceptKit.Case(string.Join(' ', Enumerable.Repeat("The machine does not turn on and Rauchgrau is not a colour, 電源が入らない.", 50)));
        // The least of several rounds: what the runtime does beside is no part of it.
        var least = long.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 20; i++)
            {
                ConceptKit.Starter.Mark(value, ConceptKit.Open);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Empty(value.Concepts);
        Assert.Equal(0, least);
    }
}
