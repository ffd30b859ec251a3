using System.Text;
using CallTracking.Mapping.Shapes;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>What only a row has that is folded away: no fault shows that it is gone from the case.</summary>
public sealed class FoldLookTests
{
    private const string Lost = "mapping.yaml:7:1: Of 3 cases looked at 2 lose 'name': it is filled in rows that are folded away, and empty in the last one, which stands for the case. Cure: Where the first row has it, write 'events[0].name' in its place.";

    [Theory]
    [InlineData("customer.name: name", "", Lost)]
    [InlineData("customer.name: 'events[0].name'", "", null)]
    [InlineData("customer.name: {from: [name, 'events[0].name']}", "", null)]
    [InlineData("subject: note", "", null)]
    [InlineData("customer.name: name", "last: false", "Of 3 cases looked at 1 loses 'name'")]
    [InlineData("subject: late", "last: false", "in the first one, which stands for the case. Cure: Where the last row has it, leave 'last: false' out of fold")]
    public async Task Misfits_ColumnThatTheStandingRowLacks_IsToldWithTheCasesAndTheCure(string field, string last, string? said)
    {
        var watch = await WatchAsync(field, last, "A,1,Ann,open,\nA,2,,done,x\nB,1,Bob,open,\nB,2,,done,\nC,1,,open,\nC,2,Cid,done,x\n");

        Assert.Equal(said is null ? 0 : 1, watch.Misfits.Count);
        Assert.Contains(said ?? string.Empty, watch.Misfits.SingleOrDefault() ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-", false)]
    [InlineData("Ann", true)]
    public async Task Misfits_ATextThatStandsForNothing_IsNoValue(string name, bool isTold)
    {
        var watch = await WatchAsync("customer.name: name", string.Empty, $"A,1,{name},open,\nA,2,,done,\n", more: "nulls: ['-']");

        Assert.Equal(isTold, watch.Misfits.Count == 1);
    }

    /// <summary>A closing time that is taken back is empty, and meant so.</summary>
    [Fact]
    public async Task Misfits_OneCaseAmongMany_IsNotTold()
    {
        var rows = string.Concat(Enumerable.Range(1, 40).Select(row => $"C{row},1,Ann,open,\nC{row},2,{(row == 7 ? string.Empty : "Ann")},done,\n"));

        Assert.Empty((await WatchAsync("customer.name: name", string.Empty, rows)).Misfits);
    }

    [Fact]
    public async Task Misfits_ASync_LooksAtNoFold() => Assert.Null((await WatchAsync("customer.name: name", string.Empty, "A,1,Ann,open,\nA,2,,done,\n", isLook: false)).Folds);

    private static async Task<ShapeWatch> WatchAsync(string field, string last, string rows, string more = "culture: en-US", bool isLook = true)
    {
        var mapping = Reading.Mapping($$"""
            source: desk
            format: {type: delimited, encoding: utf-8}
            time_zone: Etc/UTC
            {{more}}
            fold: {by: id, order: step{{(last.Length > 0 ? ", " + last : string.Empty)}}}
            key: id
            fields: { {{field}}, kind: {const: inquiry} }
            """);
        var watch = new ShapeWatch(mapping, known: null, isLook);
        await using var reader = mapping.OpenReader(new MemoryStream(Encoding.UTF8.GetBytes("id,step,name,note,late\n" + rows)), "cases.csv");
        reader.Watch(watch);
        while (await reader.ReadAsync(default) is { } outcome)
        {
            Assert.True(outcome is RowOutcome.Mapped or RowOutcome.Folded, outcome.ToString());
        }

        watch.Ended(reader);
        return watch;
    }
}
