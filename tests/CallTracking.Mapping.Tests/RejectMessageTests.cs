using System.Text;
using CallTracking.Mapping.Tests.Joins;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>What is said of a record that cannot become a case: the column, the line of the rule, never a value.</summary>
public sealed class RejectMessageTests : IDisposable
{
    private readonly Composed _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("opened: {from: Angelegt am, format: d.M.yyyy}", "", "Column 'Angelegt am' (mapping.yaml:7): Expected a time as d.M.yyyy")]
    [InlineData("satisfaction.ces: [Zahl, Angelegt am]", "", "Columns 'Zahl', 'Angelegt am' (mapping.yaml:7): Expected a number")]
    [InlineData("status: {from: Zahl, values: {a: new}}", "", "Column 'Zahl' (mapping.yaml:7): A word of 7 characters")]
    [InlineData("messages: [{body: id, at: Angelegt am}]", "", "Column 'Angelegt am' (mapping.yaml:7): Expected a time")]
    [InlineData("subject: id", "updated: Angelegt am", "Column 'Angelegt am' (mapping.yaml:5): Expected a time")]
    [InlineData("subject: id", "filter: [{drop_when: {from: Schaden, equals: x}, name: a}]", "Column 'Schaden' (mapping.yaml:5): U+FFFD")]
    [InlineData("subject: id", "gone: {from: Schaden, equals: x}", "Column 'Schaden' (mapping.yaml:5): U+FFFD")]
    [InlineData("subject: id", "custom_fields: {Preis: {from: Zahl, class: technical, type: number}}", "Column 'Zahl' (mapping.yaml:5): Expected a number")]
    public async Task Message_OfARule_NamesItsColumnsAndItsLine(string fields, string more, string expected)
    {
        var outcome = Assert.Single(await Reading.AllAsync(Reading.Csv(fields, more), "id,Angelegt am,Zahl,Schaden\n1,gestern,viel Gx,\uFFFD\n"));

        var rejected = Assert.IsType<RowOutcome.Rejected>(outcome);
        Assert.StartsWith(expected, rejected.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("gestern", rejected.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("viel", rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_OfAKey_NamesTheColumnThatIsEmpty()
    {
        var outcome = Assert.Single(await Reading.AllAsync(Reading.Csv("subject: a"), "id,a\n,x\n"));

        Assert.StartsWith("Column 'id' (mapping.yaml:4): It is empty", Assert.IsType<RowOutcome.Rejected>(outcome).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fold: {by: id, order: Nr}", "id,Nr,a\n1,x,y\n", "Column 'Nr' (mapping.yaml:5): Expected a whole number")]
    [InlineData("fold: {by: id, order: Nr}", "id,Nr,a\n1,,y\n", "Column 'Nr' (mapping.yaml:5): It is empty")]
    [InlineData("fold: {by: id}", "id,Nr,a\n,1,y\n", "Column 'id' (mapping.yaml:5): It is empty")]
    [InlineData("join: [{as: who, files: users.csv, key: Kunde, on: Nr, missing: reject}]", "id,Nr,a\n1,9,y\n", "Column 'Nr' (mapping.yaml:5): No record of users.csv has it as its Kunde.")]
    public async Task Message_OfAFoldOrJoin_NamesTheColumn(string more, string content, string expected)
    {
        _files.With("users.csv", "Kunde,Name\n7,Ada\n");

        var outcomes = await _files.ReadAsync(Reading.Csv("subject: a", more), content);

        Assert.StartsWith(expected, Assert.Single(outcomes.OfType<RowOutcome.Rejected>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,subj\n1,\xFF\n", "Column 'subj': Byte 10 of the file")]
    [InlineData("id,x,subj\n1,\"a,b\xFF\",c\n", "Column 'x': Byte ")]
    public async Task Message_OfBytesThatAreNoText_NamesTheColumn(string content, string expected)
    {
        var outcome = Assert.Single(await Reading.AllAsync(Reading.Csv("subject: subj"), Encoding.Latin1.GetBytes(content)));

        Assert.StartsWith(expected, Assert.IsType<RowOutcome.Rejected>(outcome).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_OfATree_NamesThePath()
    {
        const string Yaml = """
            source: test
            format: {type: jsonl}
            time_zone: Etc/UTC
            key: id
            fields:
              messages: {each: notes, fields: {body: text, at: meta.when}}
            """;

        var outcome = Assert.Single(await Reading.AllAsync(Yaml, """{"id": 1, "notes": [{"text": "a", "meta": {"when": "soon"}}]}""" + "\n"));

        Assert.StartsWith("Column 'notes[*].meta.when' (mapping.yaml:6): Expected a time", Assert.IsType<RowOutcome.Rejected>(outcome).Message, StringComparison.Ordinal);
    }
}
