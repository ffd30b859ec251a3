using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Values made of several columns, or of parts of one.</summary>
public sealed class ComposedValueTests
{
    [Theory]
    [InlineData("{a} - {b}", "x,y", "x - y")]
    [InlineData("{a} - {b}", "x,", "x")]
    [InlineData("{a} - {b}", ",y", "y")]
    [InlineData("{a} - {b}", ",", null)]
    [InlineData("No. {a}, {b}!", "x,y", "No. x, y!")]
    [InlineData("No. {a}", ",", null)]
    [InlineData("{a} ({b})", "x,", "x")]
    [InlineData("{a}[ ({b})]", ",y", "(y)")]
    [InlineData("{a}[ ({b})] end", "x,", "x")]
    [InlineData("{{{a}}} [[{b}]]", "x,y", "{x} [y]")]
    public async Task Template_WithPartsMissing_LetsTheirLiteralsFallAway(string template, string cells, string? expected)
    {
        var outcomes = await Reading.AllAsync(Reading.Csv($"subject: {{template: \"{template}\"}}"), $"id,a,b\n1,{cells}\n");

        Assert.Equal(expected?.Trim(), Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Subject?.Clear.Trim());
    }

    [Theory]
    [InlineData("{a")]
    [InlineData("a}")]
    [InlineData("{}")]
    [InlineData("text alone")]
    [InlineData("[{a}")]
    [InlineData("{a} []")]
    public void Template_Broken_IsAFault(string template) =>
        Assert.Contains("template", Assert.Single(SourceMapping.Parse("m.yaml", Reading.Csv($"subject: {{template: \"{template}\"}}")).Faults).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("split: \"-\", part: 1", "a-b-c", "a")]
    [InlineData("split: \"-\", part: 3", "a-b-c", "c")]
    [InlineData("split: \"-\", part: -1", "a-b-c", "c")]
    [InlineData("split: \"-\", part: -3", "a-b-c", "a")]
    [InlineData("split: \"-\", part: 4", "a-b-c", null)]
    [InlineData("split: \"-\", part: -4", "a-b-c", null)]
    [InlineData("split: \"::\", part: 1", "Support::Level 1", "Support")]
    [InlineData("split: \";\", entry: colour", "size=3; colour = red;x", "red")]
    [InlineData("split: \";\", entry: colour, assign: \":\"", "colour:red", "red")]
    [InlineData("split: \";\", entry: colour", "colours=red", null)]
    public async Task Split_OfOneValue_TakesTheChosenPart(string keys, string cell, string? expected)
    {
        var outcomes = await Reading.AllAsync(Reading.Csv($"subject: {{from: s, {keys}}}"), $"id,s\n1,{cell}\n");

        Assert.Equal(expected, Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Subject?.Clear);
    }

    [Theory]
    [InlineData("part: 1")]
    [InlineData("split: \";\", part: 0")]
    [InlineData("split: \";\", part: 1, entry: a")]
    [InlineData("split: \";\", assign: \":\"")]
    [InlineData("split: \";\", part: one")]
    public void Split_ChoiceThatMakesNoSense_IsAFault(string keys) =>
        Assert.NotEmpty(SourceMapping.Parse("m.yaml", Reading.Csv($"subject: {{from: s, {keys}}}")).Faults);

    [Theory]
    [InlineData("subject: {from: s, pattern: '^(?<x>.)'}")]
    [InlineData("subject: {from: s, pattern: '(?<x>.) hums'}")]
    [InlineData("messages: {each: s, pattern: '^(?<x>.)', fields: {body: x}}")]
    [InlineData("messages: {each: s, split_by: '^(?<x>.)', fields: {body: x}}")]
    public async Task Pattern_ThatCutsACharacterInTwo_TakesItWhole(string field)
    {
        var outcomes = await Reading.AllAsync(Reading.Csv(field), "id,s\n1,\U0001F600 hums\n");

        var found = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case;
        Assert.Equal("\U0001F600", found.Subject?.Clear ?? found.Messages[0].Body.Clear);
    }

    [Fact]
    public async Task Pattern_WithSeveralGroups_GivesTheNamedOne()
    {
        const string Pattern = "'^(?<code>[0-9]) - (?<label>.+)$'";
        var yaml = Reading.Csv($"subject: {{from: p, pattern: {Pattern}, group: label}}\ninquiry_type: {{from: p, pattern: {Pattern}, group: code}}");

        var mapped = Assert.IsType<RowOutcome.Mapped>(Assert.Single(await Reading.AllAsync(yaml, "id,p\n1,2 - Medium\n"))).Case;

        Assert.Equal(("Medium", "2"), (mapped.Subject.Clear, mapped.InquiryType));
    }

    [Fact]
    public void Group_ThatThePatternLacks_IsAFaultWithTheNearest()
    {
        var fault = Assert.Single(SourceMapping.Parse("m.yaml", Reading.Csv("subject: {from: p, pattern: '(?<label>.+)', group: lable}")).Faults);

        Assert.Contains("'label'", fault.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_OfOneRepeatedName_AreAllMeantByAStar()
    {
        var yaml = Reading.Csv("tags: Label#*\nsubject: {join: Comment#*, with: \" | \"}");

        var repeated = await Reading.AllAsync(yaml, "id,Label,Comment,Label,Comment,Commentary\n1,a,x,b,,z\n2,,,c,y,z\n");
        var single = await Reading.AllAsync(yaml, "id,Label,Comment\n1,a,x\n");

        Assert.Equal(["a", "b"], ((RowOutcome.Mapped)repeated[0]).Case.Tags.Select(tag => tag.Clear));
        Assert.Equal(["x", "y"], repeated.Cast<RowOutcome.Mapped>().Select(row => row.Case.Subject.Clear));
        Assert.Equal("a", Assert.IsType<RowOutcome.Mapped>(Assert.Single(single)).Case.Tags[0].Clear);
    }

    [Fact]
    public async Task Columns_OfAStarThatTheFileLacks_EndTheFile() =>
        await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Reading.Csv("tags: Label#*"), "id,Labels\n1,a\n"));
}
