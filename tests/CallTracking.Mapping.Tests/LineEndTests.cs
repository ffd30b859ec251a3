using System.Text;
using CallTracking.Mapping.Shapes;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>A file whose last record has no line end, where those of its source had one.</summary>
public sealed class LineEndTests
{
    private const string Csv = "{type: delimited, encoding: utf-8}";
    private const string Closed = "id,a\n1,x\n";
    private const string Open = "id,a\n1,x";

    [Theory]
    [InlineData(Closed, 3, 0, false)]
    [InlineData(Open, 0, 0, false)]
    [InlineData(Open, 2, 0, false)]
    [InlineData(Open, 3, 0, true)]
    [InlineData(Open, 4, 1, false)]
    [InlineData(Open, 5, 1, true)]
    [InlineData(Open, 100, 50, false)]
    [InlineData("id,a\n1,x\n\x1A", 9, 0, false)]
    [InlineData("id,a\n", 9, 0, false)]
    [InlineData("id,a", 9, 0, false)]
    [InlineData("id,a\n1,x\n\n", 9, 0, false)]
    public async Task Oddities_FilesEndedInALineEndBefore_TellsOfOneThatDoesNot(string content, int inLine, int open, bool isTold)
    {
        var watch = await WatchAsync(Csv, KnownAs(inLine, open), content);

        Assert.Equal(isTold, watch.Oddities.Count == 1);
        Assert.StartsWith(isTold ? "0.csv: the last record has no line end, where those of this source's files had one" : string.Empty, watch.Oddities.SingleOrDefault() ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Oddities_OneOfSeveralFiles_IsToldAtFirstContact()
    {
        var watch = await WatchAsync(Csv, known: null, Closed, Open, Closed, Closed);

        Assert.StartsWith("1.csv: ", Assert.Single(watch.Oddities), StringComparison.Ordinal);
        Assert.Equal(new LineEndCount(3, 1), watch.Seen.LineEnds);
        Assert.Equal(new LineEndCount(8, 2), KnownAs(5, 1).Then(watch.Seen).LineEnds);
        Assert.Equal(new LineEndCount(3, 1), SourceShape.Parse(watch.Seen.ToBytes())!.LineEnds);
    }

    [Fact]
    public async Task Oddities_FilesOfAFold_AreLookedAtEachByItself()
    {
        var mapping = Reading.Mapping(Reading.Csv("subject: a", "fold: {by: id}", Csv));
        var watch = new ShapeWatch(mapping, KnownAs(5, 0, isTable: false));
        await using var reader = mapping.OpenReader([.. new[] { Closed, Open, Closed }.Select((text, index) => new InputPart($"{index}.csv", _ => ValueTask.FromResult<Stream>(Bytes(text))))], ReadingPlace.InMemory());

        await ReadAsync(reader, watch);

        Assert.StartsWith("1.csv: ", Assert.Single(watch.Oddities), StringComparison.Ordinal);
        Assert.Equal(new LineEndCount(2, 1), watch.Seen.LineEnds);
    }

    [Theory]
    [InlineData("{type: delimited, end: line}", Open)]
    [InlineData("{type: delimited, footer: 1}", Open + "\nTotal")]
    [InlineData("{type: delimited, footer: {from: ^T, optional: true}}", Open + "\nTotal")]
    [InlineData("{type: fixed, record_length: 4, columns: [{name: id, width: 2}, {name: a, width: 2}]}", "1 x ")]
    [InlineData("{type: jsonl}", "{\"id\":1,\"a\":\"x\"}")]
    public async Task Oddities_FormatsWhoseEndIsSaidOtherwise_TellNothing(string format, string content)
    {
        var watch = await WatchAsync(format, format.Contains("jsonl", StringComparison.Ordinal) ? null : KnownAs(50, 0), content);

        Assert.Empty(watch.Oddities);
        Assert.Equal(default, watch.Seen.LineEnds);
    }

    [Fact]
    public async Task Oddities_AReadingThatStopsBeforeTheEnd_CountsNothing()
    {
        var mapping = Reading.Mapping(Reading.Csv("subject: a", format: Csv));
        var watch = new ShapeWatch(mapping, KnownAs(5, 0));
        await using var reader = mapping.OpenReader(Bytes("id,a\n1,x\n2,y"), "0.csv");

        await ReadAsync(reader, watch, most: 2);

        Assert.Empty(watch.Oddities);
        Assert.Equal(default, watch.Seen.LineEnds);
    }

    private static SourceShape KnownAs(int inLine, int open, bool isTable = true) => SourceShape.Of(isTable, 50, [KeyValuePair.Create("id", new ColumnShape(50, ValueKinds.Number))], lineEnds: new LineEndCount(inLine, open));

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<ShapeWatch> WatchAsync(string format, SourceShape? known, params string[] files)
    {
        var mapping = Reading.Mapping(Reading.Csv("subject: a", format: format));
        var watch = new ShapeWatch(mapping, known);
        for (var index = 0; index < files.Length; index++)
        {
            await using var reader = mapping.OpenReader(Bytes(files[index]), $"{index}.csv");
            await ReadAsync(reader, watch);
        }

        return watch;
    }

    private static async Task ReadAsync(SourceReader reader, ShapeWatch watch, int most = int.MaxValue)
    {
        reader.Watch(watch);
        for (var rows = 0; rows < most && await reader.ReadAsync(CancellationToken.None) is not null; rows++)
        {
        }

        watch.Ended(reader);
    }
}
