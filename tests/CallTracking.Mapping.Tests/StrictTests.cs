using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>A mapping is judged before it runs: types that cannot meet, and under <c>strict</c> every way to fail that has no answer in the file.</summary>
public sealed class StrictTests
{
    private const string Answered = "strict: true\ncontract: {retyped: discard row}";

    [Theory]
    [InlineData("status: {from: a, values: {x: open}}", "a word outside of values rejects")]
    [InlineData("status: a", "nothing says what a word becomes")]
    [InlineData("customer_country: a", "nothing says what a word becomes")]
    [InlineData("subject: {from: a, pattern: '^x'}", "that the pattern does not fit")]
    [InlineData("subject: {from: b, when: {from: a, pattern: '^x', equals: x}}", "that the pattern does not fit")]
    [InlineData("messages: [{body: a, visibility: b}]", "nothing says what a word becomes")]
    public void Parse_StrictWithAWayToFailThatHasNoAnswer_IsAFaultWithPlaceAndCure(string field, string message)
    {
        var fault = Assert.Single(SourceMapping.Parse("mapping.yaml", Reading.Csv(field, Answered)).Faults);

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.True(fault is { Line: > 0, Column: > 0, Cure.Length: > 0 });
        Assert.Empty(SourceMapping.Parse("mapping.yaml", Reading.Csv(field)).Faults);
    }

    [Theory]
    [InlineData("status: {from: a, values: {x: open}, unknown: reject}")]
    [InlineData("status: {const: open}")]
    [InlineData("customer_country: {from: a, values: {x: DE}, unknown: null}")]
    [InlineData("subject: {from: a, pattern: '^x', unmatched: keep}")]
    [InlineData("opened: a")]
    public void Parse_StrictWithAllAnswers_IsAMapping(string field) => Assert.Empty(SourceMapping.Parse("mapping.yaml", Reading.Csv(field, Answered)).Faults);

    [Fact]
    public void Parse_StrictWithoutAnAnswerToConversionsThatFail_IsAFault() =>
        Assert.Contains("not of its field's type", Assert.Single(SourceMapping.Parse("mapping.yaml", Reading.Csv("opened: a", "strict: true")).Faults).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("opened: a", "contract: {columns: {a: {is: number, retyped: freeze}}}", "reads 'a' as a time")]
    [InlineData("repair.cost: {from: a, currency: EUR}", "contract: {columns: {a: {is: flag, retyped: freeze}}}", "reads 'a' as a number")]
    [InlineData("opened: {from: a, format: unix}", "contract: {columns: {a: {is: number, retyped: freeze}}}", null)]
    [InlineData("status: {from: a, values: {x: opend}}", "", "no value of status")]
    [InlineData("satisfaction.nps: {from: a, default: many}", "", "no value of satisfaction.nps")]
    [InlineData("subject: {from: a, unmatched: keep}", "", "there is no pattern")]
    [InlineData("subject: {template: '{a}', pattern: x, unmatched: reject}", "", "cannot reject the record")]
    [InlineData("subject: {from: a, pattern: x, unmatched: maybe}", "", "'unmatched' is not 'maybe'")]
    public void Parse_TypesThatCannotMeet_AreFaults(string field, string more, string? message)
    {
        var faults = SourceMapping.Parse("mapping.yaml", Reading.Csv(field, more)).Faults;

        Assert.Equal(message is null ? 0 : 1, faults.Count);
        Assert.True(message is null || faults[0].Message.Contains(message, StringComparison.Ordinal), string.Join(" ", faults));
    }

    [Theory]
    [InlineData("null", null)]
    [InlineData("keep", "other")]
    [InlineData("reject", "bad-value")]
    public async Task Read_TextThatThePatternDoesNotFit_BecomesWhatUnmatchedSays(string unmatched, string? expected)
    {
        var outcomes = await Reading.AllAsync(Reading.Csv($"subject: {{from: a, pattern: '^x(?<y>.*)', unmatched: {unmatched}}}\ntags: {{from: b, split: ';', pattern: '^x(?<y>.*)', unmatched: {unmatched}}}"), "id,a,b\n1,xy,xz\n2,other,xz\n3,,x1;other\n");

        Assert.Equal("y", ((RowOutcome.Mapped)outcomes[0]).Case.Subject.Clear);
        Assert.Equal(expected, outcomes[1] is RowOutcome.Rejected one ? one.Reason : ((RowOutcome.Mapped)outcomes[1]).Case.Subject?.Clear);
        Assert.Equal(expected, outcomes[2] is RowOutcome.Rejected two ? two.Reason : ((RowOutcome.Mapped)outcomes[2]).Case.Tags.ElementAtOrDefault(1)?.Clear);
    }
}
