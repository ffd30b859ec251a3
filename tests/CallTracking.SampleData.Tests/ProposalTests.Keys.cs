using CallTracking.Mapping;

namespace CallTracking.SampleData.Tests;

/// <summary>What names a case: a key whose values repeat makes fewer cases of the rows, or loses some.</summary>
public sealed partial class ProposalTests
{
    [Theory]
    [InlineData("ref", "khach")]
    [InlineData("ma", "widget")]
    public async Task Propose_TheIdOfAnotherThing_IsNoKeyWhereAColumnIsUnique(string unique, string parent)
    {
        var proposal = await ProposeAsync(Tree(row => $$$"""{"{{{parent}}}": {"id": "K{{{row % 20:0000}}}"}, "{{{unique}}}": "PB-{{{row:000000}}}", "tieu_de": "hums"}"""), "VN", "desk.jsonl");

        Assert.Contains($"\nkey: {unique} ", proposal.Mapping, StringComparison.Ordinal);
        Assert.DoesNotContain(proposal.Fields, field => field.Target == "case_number" && field.Column != unique);
        Assert.NotNull(Assert.Single(proposal.Fields, field => field.Column == $"{parent}.id" && field.Target == "custom_fields").Question);
        Assert.DoesNotContain("fold:", proposal.Mapping, StringComparison.Ordinal);
        Assert.Equal(60, proposal.Cases);
    }

    [Fact]
    public async Task Propose_TheUniqueIdOfAnotherThing_IsAskedAndYieldsToAColumnOfTheCase()
    {
        var proposal = await ProposeAsync(Tree(row => $$$"""{"widget": {"id": "W{{{row:0000}}}"}, "ma": "PB-{{{row:000000}}}", "tieu_de": "hums"}"""), "VN", "desk.jsonl");

        Assert.Contains("\nkey: ma ", proposal.Mapping, StringComparison.Ordinal);
        Assert.DoesNotContain(proposal.Fields, field => field is { Target: "case_number", Question: null });
    }

    [Theory]
    [InlineData("ticket")]
    [InlineData("data")]
    [InlineData("Vorgang")]
    public async Task Propose_TheIdInsideTheCase_IsItsNumber(string parent)
    {
        var proposal = await ProposeAsync(Tree(row => $$$"""{"{{{parent}}}": {"id": "K{{{row:0000}}}", "title": "It hums"}, "who": "P{{{row}}}"}"""), "VN", "desk.jsonl");

        Assert.Contains($"\nkey: {parent}.id ", proposal.Mapping, StringComparison.Ordinal);
        Assert.Contains(proposal.Fields, field => field is { Target: "case_number", Question: null } && field.Column == $"{parent}.id");
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(58, false)]
    public async Task Propose_ANumberThatRepeatsBesideAUniqueColumn_IsNoKey(int numbers, bool isLog)
    {
        var proposal = await ProposeAsync("Ticket no;row code;Subject\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"T{row % numbers};R{row:0000};It hums {row}\n")), "GB");

        Assert.Contains("\nkey: row code ", proposal.Mapping, StringComparison.Ordinal);
        Assert.Equal(60, proposal.Cases);
        Assert.Contains(proposal.Questions, question => question.Contains("'Ticket no'", StringComparison.Ordinal) && question.Contains("'row code'", StringComparison.Ordinal));
        Assert.Equal(isLog, proposal.Mapping.Contains("# fold: {by: Ticket no}", StringComparison.Ordinal));
        if (isLog)
        {
            Assert.Empty(SourceMapping.Parse("proposed.yaml", proposal.Mapping.Replace("\nkey: row code ", "\nkey: Ticket no ", StringComparison.Ordinal).Replace("# fold:", "fold:", StringComparison.Ordinal)).Faults);
        }
    }

    [Fact]
    public async Task Propose_ACountOfRowsBesideANumberThatRepeats_IsNoKey()
    {
        var proposal = await ProposeAsync("Lp;Ticket no;Subject\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"{row};T{row % 20};It hums {row}\n")), "GB");

        Assert.Contains("\nkey: Ticket no ", proposal.Mapping, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_AKeyThatRepeats_CountsTheCasesThatTheRowsBecome()
    {
        var proposal = await ProposeAsync("Ticket no;Subject\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"T{row % 20};It hums {row}\n")), "GB");

        Assert.Equal((60, 20), (proposal.Outcomes["cases"], proposal.Cases));
    }

    private static string Tree(Func<int, string> record) => string.Concat(Enumerable.Range(1, 60).Select(row => record(row) + "\n"));
}
