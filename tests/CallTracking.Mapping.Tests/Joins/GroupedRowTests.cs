using System.Globalization;
using CallTracking.Mapping.Checks;
using Xunit;

namespace CallTracking.Mapping.Tests.Joins;

/// <summary>Folds over rows of a database, which stand together case by case.</summary>
public sealed class GroupedRowTests
{
    private const string Rows = """
        [{"id": 1, "at": "2026-11-20 10:00:00", "body": "b"}, {"id": 1, "at": "2026-11-20 09:00:00", "body": "a"},
         {"id": 2, "at": "2026-11-20 10:00:00"},
         {"at": "2026-11-20 10:00:00", "body": "of nobody"},
         {"id": 3, "at": "2026-11-20 10:00:00", "body": "c"}, {"id": 3, "at": "2026-11-20 11:00:00", "body": "d"}, {"id": 3, "at": "2026-11-20 12:00:00", "body": "e"}]
        """;

    [Theory]
    [InlineData("{by: id}", "1:a(b a) 2:( ) 3:e(c d e)")]
    [InlineData("{by: id, last: false}", "1:b(b a) 2:( ) 3:c(c d e)")]
    [InlineData("{by: id, order: at}", "1:b(a b) 2:( ) 3:e(c d e)")]
    [InlineData("{by: id, order: at, last: false}", "1:a(a b) 2:( ) 3:c(c d e)")]
    public async Task Read_RowsOfACase_AreOneCaseOfThem(string fold, string expected)
    {
        var outcomes = await ReadAsync(fold, Rows);

        Assert.Equal(expected, string.Join(' ', outcomes.OfType<RowOutcome.Mapped>().Select(mapped => $"{mapped.LocalId}:{mapped.Case.Subject?.Clear}({string.Join(' ', mapped.Case.Messages.Select(message => message.Body?.Clear))}{(mapped.Case.Messages.Count == 0 ? " " : "")})")));
        Assert.Equal(RejectReason.MissingKey, Assert.Single(outcomes.OfType<RowOutcome.Rejected>()).Reason);
        Assert.Equal(7, outcomes.Count);
        Assert.Equal(3, outcomes.Count(outcome => outcome is RowOutcome.Folded));
        Assert.Equal(Enumerable.Range(1, 7).Select(row => (long)row), outcomes.Select(outcome => outcome.Position.Row).Order());
    }

    [Fact]
    public async Task Read_RowThatCannotBeFolded_IsRejectedWithItsKeyAmongTheRowsOfOthers()
    {
        var outcomes = await ReadAsync("{by: id, order: at}", """
            [{"id": 1, "at": "2026-11-20 10:00:00", "body": "a"}, {"id": 1, "at": "soon", "body": "lost"}, {"id": 1, "at": "2026-11-20 09:00:00", "body": "b"},
             {"at": "2026-11-20 10:00:00", "body": "of nobody"}, {"id": 2, "at": "never", "body": "lost too"}, {"id": 3, "at": "2026-11-20 10:00:00", "body": "c"}]
            """);

        Assert.Equal([("1", 2L), (null, 4L), ("2", 5L)], outcomes.OfType<RowOutcome.Rejected>().Select(rejected => (rejected.LocalId, rejected.Position.Row)));
        Assert.Equal([("1", "a"), ("3", "c")], outcomes.OfType<RowOutcome.Mapped>().Select(mapped => (mapped.LocalId, mapped.Case.Subject.Clear)));
        Assert.All(outcomes.OfType<RowOutcome.Rejected>(), rejected => Assert.True(rejected.RawRecord.Length > 0 || rejected.Reason == RejectReason.MissingKey));
        Assert.Equal(6, outcomes.Count);
    }

    [Fact]
    public async Task Read_CaseThatIsTooLarge_IsRejectedAloneWithoutBeingHeld()
    {
        var large = string.Join(", ", Enumerable.Range(0, 100).Select(number => string.Create(CultureInfo.InvariantCulture, $$"""{"id": 1, "body": "{{new string('x', 500)}}", "at": "2026-11-20 10:00:00"}""")));

        var outcomes = await ReadAsync("{by: id}", $$"""[{{large}}, {"id": 2, "body": "b"}]""");

        Assert.Equal(RejectReason.TooLarge, Assert.Single(outcomes.OfType<RowOutcome.Rejected>()).Reason);
        Assert.Equal("2", Assert.Single(outcomes.OfType<RowOutcome.Mapped>()).LocalId);
        Assert.Equal(101, outcomes.Count);
    }

    [Fact]
    public async Task Read_RowsThatDoNotStandTogether_AreTheCaseTwice()
    {
        var outcomes = await ReadAsync("{by: id}", """[{"id": 1, "body": "a"}, {"id": 2, "body": "b"}, {"id": 1, "body": "c"}]""");

        Assert.Equal(["1", "2", "1"], outcomes.OfType<RowOutcome.Mapped>().Select(mapped => mapped.LocalId));
    }

    [Fact]
    public async Task Read_ColumnThatNoRowHas_IsAFaultOfTheHeader()
    {
        var mapping = Load("{by: number}");

        var fault = await Assert.ThrowsAsync<SourceFormatException>(async () => await ReadAllAsync(mapping, new WrittenRows("""[{"id": 1}]""", [], "rows")));

        Assert.Contains(fault.Faults, found => found.Message.Contains("'number'", StringComparison.Ordinal));
    }

    private static Task<List<RowOutcome>> ReadAsync(string fold, string rows) => ReadAllAsync(Load(fold), new WrittenRows(rows, ["id", "at", "body"], "rows"));

    private static SourceMapping Load(string fold)
    {
        var load = SourceMapping.Parse("desk.yaml", $$"""
            source: desk
            format: {type: table, max_record_bytes: 10000}
            time_zone: Etc/UTC
            fold: {{fold}}
            key: id
            fields:
              subject: body
              messages: {each: events, where: {from: body, is_null: false}, fields: {body: body, at: at} }
            """);
        Assert.Empty(load.Faults);
        return load.Mapping!;
    }

    private static async Task<List<RowOutcome>> ReadAllAsync(SourceMapping mapping, RowFeed feed)
    {
        var outcomes = new List<RowOutcome>();
        await using var reader = mapping.OpenReader(feed, "rows");
        while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
        {
            outcomes.Add(outcome);
        }

        return outcomes;
    }
}
