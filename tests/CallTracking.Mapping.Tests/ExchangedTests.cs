using System.Text;
using CallTracking.Mapping.Checks;
using CallTracking.Mapping.Shapes;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Columns that took each other's place, of sources that no region's agent is needed for.</summary>
public sealed class ExchangedTests
{
    private const string Table = "source: test\nformat: {type: delimited}\ntime_zone: Etc/UTC\nkey: id\nfields: {subject: s, resolution: t}";
    private const string Folded = "source: test\nformat: {type: table}\ntime_zone: Etc/UTC\nfold: {by: id}\nkey: id\nfields: {subject: s, resolution: t}";

    [Theory]
    [InlineData("contract: freeze", true)]
    [InlineData("contract: {exchanged: freeze}", true)]
    [InlineData("contract: {vanished: freeze}", false)]
    [InlineData("contract: discard row", false)]
    public async Task Conclude_ColumnsExchanged_StopsWhereTheContractSaysSo(string contract, bool isStopped)
    {
        var before = await ReadAsync(Table, "id,s,t\n1,a,b\n", known: null);
        var watch = await ReadAsync($"{Table}\n{contract}", "id,t,s\n1,a,b\n", before.Next);

        var stopped = Record.Exception(watch.Conclude) as SourceFormatException;

        Assert.Equal(isStopped, watch.IsExchangeFrozen);
        Assert.Equal(isStopped ? "'s' and 't' stand in each other's place in cases.csv, other than when the source was last read, and the contract freezes columns that were exchanged." : null, stopped?.Fault.Message);
        Assert.Equal((isStopped, isStopped), (stopped?.IsContract ?? false, stopped?.Fault.Cure.Contains("drift --accept", StringComparison.Ordinal) ?? false));
    }

    [Fact]
    public async Task Read_FilesBeforeAndBehindAMove_AreMeasuredByTheOrderThatFitsBest()
    {
        var first = await ReadAsync(Table, "id,s,t\n1,a,b\n", known: null);
        var mapping = Reading.Mapping(Table);
        var both = new ShapeWatch(mapping, first.Next);
        await ReadAsync(mapping, "id,s,t\n1,a,b\n", both);
        await ReadAsync(mapping, "id,t,s\n1,a,b\n", both);

        Assert.Single(both.Exchanged);
        Assert.Empty((await ReadAsync(Table, "id,t,s\n1,a,b\n", SourceShape.Parse(both.Next.ToBytes()))).Exchanged);
        Assert.Empty((await ReadAsync(Table, "id,s,t\n1,a,b\n", SourceShape.Parse(both.Next.ToBytes()))).Exchanged);
    }

    [Fact]
    public async Task Read_ShapeThatAnEarlierProgramKept_IsMeasuredByItsOrder()
    {
        var kept = SourceShape.Parse("""{"IsTable":true,"Records":5,"Columns":{"id":{"Values":5,"Kinds":1}},"Order":["id","s","t"]}"""u8);

        Assert.Single((await ReadAsync(Table, "id,t,s\n1,a,b\n", kept)).Exchanged);
        Assert.Empty((await ReadAsync(Table, "id,s,t\n1,a,b\n", kept)).Exchanged);
    }

    [Fact]
    public async Task Read_RowsOfAQueryThatAreFolded_TellOfTheirColumns()
    {
        var mapping = Reading.Mapping(Folded);
        var first = await WatchAsync(["id", "s", "t"], null);

        Assert.Single((await WatchAsync(["id", "t", "s"], first.Next)).Exchanged);
        Assert.Empty((await WatchAsync(["id", "s", "t"], first.Next)).Exchanged);

        async Task<ShapeWatch> WatchAsync(string[] columns, SourceShape? known)
        {
            var watch = new ShapeWatch(mapping, known);
            await using var reader = mapping.OpenReader(new WrittenRows($$"""[{"{{columns[0]}}": "1", "{{columns[1]}}": "a", "{{columns[2]}}": "b"}]""", [], "rows"), "rows");
            reader.Watch(watch);
            await Reading.AllAsync(reader);
            return watch;
        }
    }

    private static async Task<ShapeWatch> ReadAsync(string yaml, string file, SourceShape? known)
    {
        var mapping = Reading.Mapping(yaml);
        var watch = new ShapeWatch(mapping, known);
        await ReadAsync(mapping, file, watch);
        return watch;
    }

    private static async Task ReadAsync(SourceMapping mapping, string file, ShapeWatch watch)
    {
        await using var reader = mapping.OpenReader(new MemoryStream(Encoding.UTF8.GetBytes(file)), "cases.csv");
        reader.Watch(watch);
        await Reading.AllAsync(reader);
    }
}
