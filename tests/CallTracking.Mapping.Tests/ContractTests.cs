using System.Text;
using CallTracking.Mapping.Shapes;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>What becomes of a source that is not what it was: new, vanished and re-typed columns under each answer of the contract.</summary>
public sealed class ContractTests
{
    private const string Fields = "subject: s\nrepair.cost: {from: cost, currency: EUR}";

    [Fact]
    public async Task Read_WithoutContract_TakesTheNewColumnAsUnmappedSaysAndKnowsIt()
    {
        var (outcomes, watch) = await ReadAsync("unmapped: keep", "id,s,cost,extra\n1,a,2,x\n", Known("id", "s", "cost"));

        var mapped = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes));
        Assert.Equal("extra", Assert.Single(mapped.Case.CustomFields).Name);
        Assert.Contains("extra", watch.Next.Columns.Keys);
        Assert.Equal((ContractChange.New, "extra", ContractAnswer.Evolve, 1L), Changes(watch).Single());
    }

    [Fact]
    public async Task Read_NewColumnFrozen_StopsAtTheHeaderAndNamesTheCure()
    {
        var stopped = await Assert.ThrowsAsync<SourceFormatException>(() => ReadAsync("contract: {new: freeze}", "id,s,cost,extra\n1,a,2,\n", Known("id", "s", "cost")));

        Assert.Contains("'extra' is new in cases.csv", stopped.Fault.Message, StringComparison.Ordinal);
        Assert.Contains("contract.columns", stopped.Fault.Cure, StringComparison.Ordinal);
        Assert.Equal(5, stopped.Fault.Line);
    }

    [Theory]
    [InlineData("contract: {new: freeze, columns: {extra: evolve}}", "id,s,cost")]
    [InlineData("contract: freeze", "id,s,cost,extra")]
    public async Task Read_ColumnThatTheContractOrAnEarlierRunKnows_IsNotNew(string contract, string known) =>
        Assert.IsType<RowOutcome.Mapped>(Assert.Single((await ReadAsync(contract, "id,s,cost,extra\n1,a,2,x\n", Known(known.Split(',')))).Outcomes));

    [Fact]
    public async Task Read_FirstContact_TakesTheMappingForWhatIsKnown() =>
        await Assert.ThrowsAsync<SourceFormatException>(() => ReadAsync("contract: freeze", "id,s,cost,extra\n1,a,2,x\n", known: null));

    [Fact]
    public async Task Read_NewColumnDiscardsRows_RejectsThoseThatHaveAValueThereAndStaysNew()
    {
        var (outcomes, watch) = await ReadAsync("contract: {new: discard row}", "id,s,cost,extra\n1,a,2,\n2,b,2,x\n", Known("id", "s", "cost"));

        Assert.IsType<RowOutcome.Mapped>(outcomes[0]);
        var rejected = Assert.IsType<RowOutcome.Rejected>(outcomes[1]);
        Assert.Equal((RejectReason.NewColumn, "2"), (rejected.Reason, rejected.LocalId));
        Assert.DoesNotContain("extra", watch.Next.Columns.Keys);
    }

    [Fact]
    public async Task Read_NewColumnDiscardsValues_LeavesThemOutCountsThemAndKeepsTheHashOfTheRow()
    {
        const string Yaml = "source: test\nformat: {type: delimited}\ntime_zone: Etc/UTC\nkey: {hash_of: row}\nunmapped: keep\ncontract: {new: discard value}\nfields: {subject: s}";
        var (before, _) = await ReadWholeAsync(Yaml, "s\na\n", Known("s"));
        var (after, watch) = await ReadWholeAsync(Yaml, "s,extra\na,x\n", Known("s"));

        var mapped = Assert.IsType<RowOutcome.Mapped>(Assert.Single(after));
        Assert.Equal(((RowOutcome.Mapped)before[0]).LocalId, mapped.LocalId);
        Assert.Empty(mapped.Case.CustomFields);
        Assert.Equal(new LeftOut(ContractChange.New, "extra", 1), Assert.Single(watch.LeftOut));
        Assert.DoesNotContain("extra", watch.Next.Columns.Keys);
    }

    [Theory]
    [InlineData("freeze", null)]
    [InlineData("discard row", RejectReason.BadValue)]
    [InlineData("evolve", RejectReason.BadValue)]
    [InlineData("discard value", "")]
    public async Task Read_ValueThatAFieldCannotTake_IsAnsweredByTheContract(string answer, string? reason)
    {
        var read = ReadAsync($"contract: {{retyped: {answer}}}", "id,s,cost\n1,a,2\n2,b,dear\n", Known("id", "s", "cost"));
        if (reason is null)
        {
            Assert.Contains("Row 2 of cases.csv", (await Assert.ThrowsAsync<SourceFormatException>(() => read)).Message, StringComparison.Ordinal);
            return;
        }

        var (outcomes, watch) = await read;
        Assert.Equal(reason, (outcomes[1] as RowOutcome.Rejected)?.Reason ?? string.Empty);
        Assert.Equal(1, watch.Changes().Single().Count);
        Assert.Equal(reason.Length == 0 ? 1 : 0, watch.LeftOut.Sum(left => left.Count));
        Assert.True(reason.Length > 0 || outcomes[1] is RowOutcome.Mapped { Case: { Repair: null, Subject.Clear: "b" } });
    }

    [Theory]
    [InlineData("{is: number, retyped: discard row}", RejectReason.RetypedValue)]
    [InlineData("{is: number, retyped: discard value}", "")]
    public async Task Read_TextThatTheContractWantsToBeANumber_IsAnswered(string column, string reason)
    {
        var (outcomes, watch) = await ReadAsync($"nulls: [n/a]\ncontract: {{columns: {{s: {column}}}}}", "id,s,cost\n1,7,2\n2,n/a,2\n3,seven,2\n", Known("id", "s", "cost"));

        Assert.Equal("7", ((RowOutcome.Mapped)outcomes[0]).Case.Subject?.Clear);
        Assert.Null(((RowOutcome.Mapped)outcomes[1]).Case.Subject);
        Assert.Equal(reason, (outcomes[2] as RowOutcome.Rejected)?.Reason ?? string.Empty);
        Assert.True(reason.Length > 0 || (outcomes[2] is RowOutcome.Mapped { Case.Subject: null } && watch.LeftOut.Single() == new LeftOut(ContractChange.Retyped, "s", 1)));
    }

    [Fact]
    public async Task Read_ColumnThatAlwaysHeldNumbers_IsHeldToThem()
    {
        var known = SourceShape.Of(true, 50, Known("id", "cost")!.Columns.Append(KeyValuePair.Create("s", new ColumnShape(50, ValueKinds.Number))));

        var (outcomes, _) = await ReadAsync("contract: {retyped: discard row}", "id,s,cost\n1,7,2\n2,A-7,2\n", known);

        Assert.Equal(RejectReason.RetypedValue, Assert.IsType<RowOutcome.Rejected>(outcomes[1]).Reason);
        Assert.DoesNotContain("A-7", ((RowOutcome.Rejected)outcomes[1]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_KeyUnderDiscardValue_LosesTheRowNotTheKey()
    {
        var known = SourceShape.Of(true, 50, Known("s", "cost")!.Columns.Append(KeyValuePair.Create("id", new ColumnShape(50, ValueKinds.Number))));

        var (outcomes, _) = await ReadAsync("contract: discard value", "id,s,cost\nA-1,7,2\n", known);

        Assert.Equal(RejectReason.RetypedValue, Assert.IsType<RowOutcome.Rejected>(Assert.Single(outcomes)).Reason);
    }

    [Fact]
    public async Task Read_VanishedColumn_StopsStaysEmptyOrIsToldByTheAnswer()
    {
        const string File = "id,s\n1,a\n";
        var known = Known("id", "s", "cost", "other");

        Assert.Contains("'cost' is not in the header", (await Assert.ThrowsAsync<SourceFormatException>(() => ReadAsync("", File, known))).Message, StringComparison.Ordinal);
        var (_, frozen) = await ReadAsync("contract: {vanished: freeze, columns: {cost: discard value}}", File, known);
        Assert.Contains("No input has 'other' any more", Assert.Throws<SourceFormatException>(frozen.Conclude).Message, StringComparison.Ordinal);
        var (outcomes, watch) = await ReadAsync("contract: {vanished: discard value}", File, known);
        Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes));
        Assert.Equal(["cost", "other"], watch.Changes().Where(change => change.Change == ContractChange.Vanished).Select(change => change.Column));
        Assert.DoesNotContain("other", watch.Next.Columns.Keys);
    }

    [Fact]
    public async Task Read_Look_StopsAtNothingAndTellsEveryChange()
    {
        var (outcomes, watch) = await ReadAsync("contract: freeze", "id,s,cost,extra\n1,a,dear,x\n", Known("id", "s", "cost", "other"), isLook: true);

        Assert.Single(outcomes);
        Assert.Equal(
            [(ContractChange.New, "extra", ContractAnswer.Freeze, 1L), (ContractChange.Vanished, "other", ContractAnswer.Freeze, 0L), (ContractChange.Retyped, "cost", ContractAnswer.Freeze, 1L)],
            Changes(watch));
    }

    [Fact]
    public async Task Read_Tree_KnowsPathsAlsoInArraysAndLeavesANewValueOut()
    {
        const string Yaml = "source: test\nformat: {type: jsonl}\ntime_zone: Etc/UTC\nkey: id\nunmapped: keep\ncontract: {new: discard value, retyped: discard value}\nfields:\n  subject: s\n  messages: {each: notes, fields: {body: text, at: at}}";
        const string Night1 = """{"id":1,"s":"a","notes":[{"text":"t","at":"2026-01-01T00:00:00Z"}],"via":{"channel":"web"}}""";
        const string Night2 = """{"id":1,"s":"a","notes":[{"text":"t","at":"yesterday"}],"via":{"channel":"web","ip":"x"}}""";
        var (_, first) = await ReadWholeAsync(Yaml.Replace("contract", "# contract", StringComparison.Ordinal), Night1, known: null);

        var (outcomes, second) = await ReadWholeAsync(Yaml, Night2, first.Next);

        Assert.Equal(["id", "notes[*].at", "notes[*].text", "s", "via.channel"], first.Next.Columns.Keys);
        var mapped = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes));
        Assert.Equal("via.channel", Assert.Single(mapped.Case.CustomFields).Name);
        Assert.Equal("t", Assert.Single(mapped.Case.Messages).Body.Clear);
        Assert.Null(mapped.Case.Messages[0].At);
        Assert.Equal(
            [new LeftOut(ContractChange.New, "via.ip", 1), new LeftOut(ContractChange.Retyped, "notes[*].at", 1)], second.LeftOut);
    }

    [Fact]
    public async Task Conclude_FrozenPathThatNoRecordHasAnyMore_StopsOnceEnoughRecordsCame()
    {
        const string Yaml = "source: test\nformat: {type: jsonl}\ntime_zone: Etc/UTC\nkey: id\ncontract: {vanished: freeze}\nfields: {subject: s}";
        var known = SourceShape.Of(false, 100, [KeyValuePair.Create("id", new ColumnShape(100, ValueKinds.Number)), KeyValuePair.Create("s", new ColumnShape(50, ValueKinds.Text))]);
        string Rows(int count) => string.Concat(Enumerable.Range(0, count).Select(row => $"{{\"id\":{row}}}\n"));

        var (_, few) = await ReadWholeAsync(Yaml, Rows(39), known);
        var (_, enough) = await ReadWholeAsync(Yaml, Rows(40), known);

        few.Conclude();
        Assert.Contains("'s'", Assert.Throws<SourceFormatException>(enough.Conclude).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FileWithoutItsHeader_IsRefusedAndNotQuotedAlsoWhereNewColumnsAreFrozen()
    {
        var refused = await Assert.ThrowsAsync<SourceFormatException>(() => ReadAsync("contract: freeze", "Anna Schmidt,7,2\n", Known("id", "s", "cost")));

        Assert.DoesNotContain("Anna", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shape_WrittenAndRead_IsTheSameAndNoValueIsInIt()
    {
        var shape = SourceShape.Of(true, 3, [KeyValuePair.Create("Café", new ColumnShape(2, ValueKinds.Number | ValueKinds.Text))]);

        var back = SourceShape.Parse(shape.ToBytes())!;

        Assert.Equal((true, 3L, new ColumnShape(2, ValueKinds.Number | ValueKinds.Text)), (back.IsTable, back.Records, back.Columns["Café"]));
        Assert.Null(SourceShape.Parse("{}"u8));
        Assert.Null(SourceShape.Parse("?"u8));
    }

    [Theory]
    [InlineData("12", ValueKinds.Number)]
    [InlineData("-1.234,50", ValueKinds.Number)]
    [InlineData("1.234.567", ValueKinds.Number)]
    [InlineData("01099", ValueKinds.Text)]
    [InlineData("10.0.0.1", ValueKinds.Number)]
    [InlineData("03-1234-5678", ValueKinds.Text)]
    [InlineData("2026-11-26T01:30:00Z", ValueKinds.Time)]
    [InlineData("26.11.2026 09:12", ValueKinds.Time)]
    [InlineData("2026/1/2", ValueKinds.Time)]
    [InlineData("2026年1月2日", ValueKinds.Time)]
    [InlineData("09:12", ValueKinds.Time)]
    [InlineData("true", ValueKinds.Flag)]
    [InlineData("open", ValueKinds.Text)]
    [InlineData("-", ValueKinds.Text)]
    public void Kind_OfAText_IsWhatItLooksLike(string text, ValueKinds kind) => Assert.Equal(kind, ValueKind.Of(text));

    [Theory]
    [InlineData("contract: thaw", "'contract' is not 'thaw'")]
    [InlineData("contract: [freeze]", "'contract' says what becomes")]
    [InlineData("contract: {vanished: discard row}", "Every record lacks a column that vanished")]
    [InlineData("contract: {columns: {s: {new: freeze}}}", "is known by standing here")]
    [InlineData("contract: {columns: {s: {is: number}}}", "'retyped: evolve' takes any")]
    [InlineData("contract: {columns: {s: {is: colour, retyped: freeze}}}", "'is' is not 'colour'")]
    [InlineData("contract: {columns: {id: discard value}}", "'id' decides which case a record is")]
    [InlineData("contract: {exchanged: discard row}", "'exchanged' is not 'discard row'")]
    [InlineData("contract: {nwe: freeze}", "There is no 'nwe' here")]
    public void Parse_ContractThatCannotBe_IsAFaultWithPlaceAndCure(string contract, string message)
    {
        var fault = Assert.Single(SourceMapping.Parse("mapping.yaml", Reading.Csv(Fields, contract)).Faults);

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.True(fault is { Line: 5, Column: > 0, Cure.Length: > 0 });
    }

    private static SourceShape? Known(params string[] columns) =>
        SourceShape.Of(true, 5, columns.Select(column => KeyValuePair.Create(column, new ColumnShape(5, ValueKinds.Text))));

    private static IEnumerable<(ContractChange, string, ContractAnswer, long)> Changes(ShapeWatch watch) =>
        watch.Changes().Select(change => (change.Change, change.Column, change.Answer, change.Count));

    private static Task<(List<RowOutcome> Outcomes, ShapeWatch Watch)> ReadAsync(string contract, string file, SourceShape? known, bool isLook = false) =>
        ReadWholeAsync(Reading.Csv(Fields, contract), file, known, isLook);

    private static async Task<(List<RowOutcome> Outcomes, ShapeWatch Watch)> ReadWholeAsync(string yaml, string file, SourceShape? known, bool isLook = false)
    {
        var mapping = Reading.Mapping(yaml);
        var watch = new ShapeWatch(mapping, known, isLook);
        await using var reader = mapping.OpenReader(new MemoryStream(Encoding.UTF8.GetBytes(file)), "cases.csv");
        reader.Watch(watch);
        return (await Reading.AllAsync(reader), watch);
    }
}
