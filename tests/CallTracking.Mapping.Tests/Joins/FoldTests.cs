using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Mapping.Tests.Joins;

public sealed class FoldTests : IDisposable
{
    private const string Log = "no,step,text\nA,1,one\nB,1,uno\nA,3,three\n\nA,2,two\n,1,lost\nC\n";

    private readonly Composed _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("", "A=two[one][three][two]")]
    [InlineData(", order: step", "A=three[one][two][three]")]
    [InlineData(", order: step, last: false", "A=one[one][two][three]")]
    public async Task Fold_RowsOfACase_TheStandingRowCountsAndAllAreEvents(string order, string expected)
    {
        var outcomes = await _files.ReadAsync(Yaml($"by: no{order}"), Log);

        Assert.Equal($"{expected}; B=uno[uno]", Composed.Said(outcomes.OfType<RowOutcome.Mapped>()));
        Assert.Equal(8 - 1, outcomes.Count);
        Assert.Equal([1L, 2, 3, 4, 5, 6, 7], outcomes.Select(outcome => outcome.Position.Row).Order());
    }

    [Fact]
    public async Task Fold_EveryRow_IsAccountedFor()
    {
        var outcomes = await _files.ReadAsync(Yaml("by: no"), Log);

        Assert.Equal(
            "blank@4; missing-key fold@6; ragged-row @7; folded@1; folded@3; A=two[one][three][two]; B=uno[uno]",
            Composed.Said(outcomes));
    }

    [Fact]
    public async Task Fold_StatusOfEvents_RunsOfOneStatusAreOneChange()
    {
        const string Yaml = """
            source: test
            format: {type: delimited}
            time_zone: Etc/UTC
            fold: {by: no}
            key: no
            fields:
              status_history:
                each: events
                distinct: status
                fields: {status: {from: state, values: {n: new, o: open, c: closed}}, at: at}
            """;
        var outcomes = await _files.ReadAsync(Yaml, "no,state,at\n1,n,2024-01-01\n1,n,2024-01-02\n1,o,2024-01-03\n1,o,2024-01-04\n1,n,2024-01-05\n1,c,2024-01-06\n");

        var history = Assert.IsType<RowOutcome.Mapped>(outcomes[^1]).Case.StatusHistory;
        Assert.Equal(
            [(CaseStatus.New, 1), (CaseStatus.Open, 3), (CaseStatus.New, 5), (CaseStatus.Closed, 6)],
            history.Select(change => (change.Status, change.At.At.ToDateTime().Day)));
    }

    [Fact]
    public async Task Fold_WithJoin_TheStandingRowLeadsToTheRecord()
    {
        _files.With("texts.csv", "t,full\nthree,Three!\nuno,Uno!\n");

        var yaml = Yaml("by: no, order: step", "subject: long.full").Replace("fields:", "join: [{as: long, files: texts.csv, key: t, on: text}]\nfields:", StringComparison.Ordinal);
        Assert.Equal("A=Three!; B=Uno!", Composed.Said((await _files.ReadAsync(yaml, Log)).OfType<RowOutcome.Mapped>()));
    }

    [Fact]
    public async Task Fold_CaseLargerThanARecordMayBe_IsRejectedAndItsOtherRowsFolded()
    {
        var yaml = Yaml("by: no").Replace("{type: delimited}", "{type: delimited, max_record_bytes: 1024}", StringComparison.Ordinal);
        var rows = string.Concat(Enumerable.Range(0, 100).Select(row => $"A,{row},some text\n"));

        var outcomes = await _files.ReadAsync(yaml, $"no,step,text\n{rows}B,1,short\n");

        Assert.Equal(99, outcomes.OfType<RowOutcome.Folded>().Count());
        Assert.Equal("too-large @100; B=short[short]", Composed.Said(outcomes.Where(outcome => outcome is not RowOutcome.Folded)));
    }

    [Theory]
    [InlineData("x", "Column 'step' (mapping.yaml:4): Expected a whole number or a time in ISO 8601: for times written otherwise write order: {from: …, format: …}.")]
    [InlineData("", "Column 'step' (mapping.yaml:4): It is empty")]
    public async Task Fold_OrderThatCannotBeRead_RejectsTheRow(string step, string message)
    {
        var outcomes = await _files.ReadAsync(Yaml("by: no, order: step"), $"no,step,text\nA,1,one\nA,{step},two\n");

        Assert.Contains(message, Assert.IsType<RowOutcome.Rejected>(outcomes[0]).Message, StringComparison.Ordinal);
        Assert.Equal("A=one[one]", Composed.Said(outcomes.Skip(1)));
    }

    [Fact]
    public async Task Fold_Filter_AsksTheWholeCase()
    {
        var yaml = Yaml("by: no, order: step").Replace("key: no", "key: no\nfilter: [{drop_when: {from: text, equals: three}, name: done}]", StringComparison.Ordinal);

        Assert.Equal("folded@1; folded@5; filtered@3; B=uno[uno]", Composed.Said((await _files.ReadAsync(yaml, Log)).Where(row => row is not (RowOutcome.Blank or RowOutcome.Rejected))));
    }

    [Fact]
    public async Task Fold_UnmappedKeep_KeepsTheStandingRowsColumnsOnly()
    {
        var yaml = Yaml("by: no", "subject: text") + "\nunmapped: keep";

        var kept = Assert.IsType<RowOutcome.Mapped>((await _files.ReadAsync(yaml, "no,step,text\nA,1,one\nA,2,two\n"))[^1]);
        Assert.Equal(("step", "2"), (Assert.Single(kept.Case.CustomFields).Name, kept.Case.CustomFields[0].Text.Clear));
    }

    [Fact]
    public void Fold_WithoutWhatRowsHaveInCommon_IsAFault() =>
        Assert.Contains(SourceMapping.Parse("mapping.yaml", Yaml("order: step")).Faults, fault => fault.Message.StartsWith("A fold names", StringComparison.Ordinal));

    private static string Yaml(string fold, string fields = "{subject: text, messages: {each: events, fields: {body: text}}}") => $$"""
        source: test
        format: {type: delimited}
        time_zone: Etc/UTC
        fold: {{{fold}}}
        key: no
        fields:
          {{fields}}
        """;
}
