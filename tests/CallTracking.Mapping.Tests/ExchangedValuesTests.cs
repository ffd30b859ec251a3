using System.Text;
using CallTracking.Mapping.Shapes;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Values that stand under another's header, where the headers stayed: only what the columns held before tells.</summary>
public sealed class ExchangedValuesTests
{
    private const string Table = "source: test\nformat: {type: delimited, delimiter: \";\"}\ntime_zone: Etc/UTC\nkey: id\nfields: {subject: s}\ncustom_fields: {a: {from: a, class: technical}, b: {from: b, class: technical}, c: {from: c, class: technical}}";
    private const string Frozen = $"{Table}\ncontract: {{exchanged: freeze}}";

    [Theory]
    [InlineData("mail", "phone", "the values of 'a' and 'b' look exchanged in 1.csv: 'a': 0 of 60 values looked at are e-mail addresses, 100 % were; 'b': 0 of 60 values looked at are like telephone numbers, 100 % were; personal data may stand in another field than theirs. Cure: ")]
    [InlineData("text", "word", "the values of 'a' and 'b' look exchanged in 1.csv: 'a': 0 of 60 values looked at are texts that differ, 100 % were; 'b': 0 of 60 values looked at are of a few words, 100 % were. Cure: ")]
    [InlineData("time", "amount", "the values of 'a' and 'b' look exchanged in 1.csv: ")]
    [InlineData("whole", "code", null)]
    [InlineData("text", "othertext", null)]
    public async Task Exchanged_TwoColumnsWithEachOthersValues_AreToldTogether(string one, string other, string? told)
    {
        var known = await NightAsync(Table, null, File(60, one, other));
        var watch = await WatchAsync(Table, known, File(60, one, other), File(60, other, one));

        Assert.Equal(told is null ? 0 : 1, watch.Exchanged.Count);
        Assert.StartsWith(told ?? string.Empty, watch.Exchanged.SingleOrDefault() ?? string.Empty, StringComparison.Ordinal);
        Assert.Equal(watch.Exchanged, watch.Oddities);
        Assert.DoesNotContain("@", string.Concat(watch.Exchanged), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchanged_ThreeColumnsInARing_AreToldTogether()
    {
        var known = await NightAsync(Table, null, File(60, "mail", "time", "word"));

        Assert.StartsWith("the values of 'a', 'c' and 'b' look exchanged in 0.csv: ", Assert.Single((await WatchAsync(Table, known, File(60, "word", "mail", "time"))).Exchanged), StringComparison.Ordinal);
        Assert.StartsWith("the values of 'a', 'b' and 'c' look exchanged in 0.csv: ", Assert.Single((await WatchAsync(Table, known, File(60, "time", "word", "mail"))).Exchanged), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail", "text", "column 'a': 0 of 60 values looked at are e-mail addresses, 100 % were, in 0.csv; personal data may")]
    [InlineData("phone", "word", "column 'a': 0 of 60 values looked at are like telephone numbers, 100 % were, in 0.csv; personal data may")]
    [InlineData("text", "mail", "column 'a': 0 of 60 values looked at are texts that differ, 100 % were, in 0.csv; personal data may")]
    [InlineData("text", "time", "column 'a': 0 of 60 values looked at are texts that differ, 100 % were, in 0.csv. Cure: ")]
    [InlineData("whole", "mail", "column 'a': 0 of 60 values looked at are whole numbers, 100 % were, in 0.csv; personal data may")]
    [InlineData("phone", "longwhole", null)]
    [InlineData("whole", "amount", null)]
    [InlineData("word", "text", null)]
    [InlineData("word", "whole", null)]
    [InlineData("text", "code", null)]
    [InlineData("text", "word", null)]
    [InlineData("phone", "code", null)]
    [InlineData("mail", "mixed", null)]
    [InlineData("mixed", "text", null)]
    public async Task Exchanged_OneColumnWithOtherValues_IsToldWhereNoExportWritesItSo(string before, string now, string? told)
    {
        var known = await NightAsync(Table, null, File(60, before));
        var watch = await WatchAsync(Table, known, File(60, now));

        Assert.Equal(told is null ? 0 : 1, watch.Exchanged.Count);
        Assert.StartsWith(told ?? string.Empty, watch.Exchanged.SingleOrDefault() ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(49, 60, 0)]
    [InlineData(50, 50, 1)]
    [InlineData(50, 49, 0)]
    [InlineData(50, 20, 1, "phone")]
    [InlineData(50, 19, 0, "phone")]
    public async Task Exchanged_FewValues_TellNothing(int before, int now, int told, string kind = "text")
    {
        var known = await NightAsync(Table, null, File(before, "mail"));

        Assert.Equal(told, (await WatchAsync(Table, known, File(now, kind))).Exchanged.Count);
    }

    [Theory]
    [InlineData(18, 100)]
    [InlineData(19, 60)]
    public async Task Exchanged_FewGoodValuesThatWait_HideNothing(int waiting, int exchanged)
    {
        var known = await NightAsync(Table, null, File(60, "mail", "phone"));
        known = await NightAsync(Table, known, File(waiting, "mail", "phone"));

        Assert.Single((await WatchAsync(Table, known, File(exchanged, "phone", "mail"))).Exchanged);
        Assert.Single((await WatchAsync(Table, known, File(10, "mail", "phone"), File(exchanged, "phone", "mail"))).Exchanged);
    }

    [Fact]
    public async Task Exchanged_HeadersAlone_AreToldOnce()
    {
        var known = await NightAsync(Table, null, File(60, "mail", "phone"));

        var told = (await WatchAsync(Table, known, File(60, "mail", "phone").Replace("id;s;a;b;c", "id;s;b;a;c", StringComparison.Ordinal))).Exchanged;

        Assert.StartsWith("the values of 'b' and 'a' look exchanged in 0.csv", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchanged_BehindAnInputThatBroke_IsToldOfItsOwnFile()
    {
        var known = await NightAsync(Table, null, File(60, "mail", "phone"));

        Assert.StartsWith("the values of 'a' and 'b' look exchanged in 1.csv", Assert.Single((await WatchAsync(Table, known, [1], File(600, "mail", "phone"), File(60, "phone", "mail"))).Exchanged), StringComparison.Ordinal);
        Assert.StartsWith("the values of 'a' and 'b' look exchanged in 0.csv", Assert.Single((await WatchAsync(Table, known, [1], File(60, "phone", "mail"), File(60, "mail", "phone"))).Exchanged), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchanged_SmallNights_AreTakenTogether()
    {
        var known = await NightAsync(Table, null, File(60, "text", "mail"));
        known = await NightAsync(Table, known, File(15, "text", "mail"));
        known = await NightAsync(Table, known, File(15, "text", "mail"));
        Assert.Equal((60L, 30L, 90L), (known.Columns["a"].Usual!.Total, known.Columns["a"].Recent!.Total, known.Columns["b"].Usual!.Total));
        known = await NightAsync(Table, known, File(15, "text", "phone"));

        Assert.Single((await WatchAsync(Table, known, File(15, "text", "phone"))).Exchanged);
        Assert.Empty((await WatchAsync(Table, known, File(15, "text", "mail"))).Exchanged);
    }

    [Fact]
    public async Task Next_ValuesThatAreTold_AreToldUntilTheyAreBackOrAccepted()
    {
        var known = await NightAsync(Table, null, File(60, "mail", "phone"));
        var watch = await WatchAsync(Table, known, File(60, "phone", "mail"));

        Assert.Single((await WatchAsync(Table, Kept(watch.Next), File(60, "phone", "mail"))).Exchanged);
        Assert.Empty((await WatchAsync(Table, Kept(watch.Next), File(60, "mail", "phone"))).Exchanged);
        Assert.Empty((await WatchAsync(Table, Kept(watch.Accepted), File(60, "phone", "mail"))).Exchanged);
        Assert.Empty((await WatchAsync(Table, Kept(watch.Accepted), File(60, "mail", "phone"))).Exchanged);
        var learned = await NightAsync(Table, Kept(watch.Accepted), File(60, "phone", "mail"));
        Assert.Empty((await WatchAsync(Table, learned, File(60, "mail", "phone"))).Exchanged);
        Assert.Equal(2, (await WatchAsync(Table, learned, File(60, "text", "word"))).Exchanged.Count);
    }

    [Fact]
    public async Task Accepted_OfMoreThanTheNextRunReads_HoldsItNoLonger()
    {
        var known = await NightAsync(Frozen, null, File(60, "mail", "phone"));
        var everything = await WatchAsync(Frozen, known, File(3000, "mail", "phone") + File(60, "phone", "mail")[14..]);

        Assert.Empty(everything.Exchanged);
        Assert.Null(Record.Exception((await WatchAsync(Frozen, Kept(everything.Accepted), File(60, "phone", "mail"))).Conclude));
    }

    [Fact]
    public async Task Conclude_ContractFreezesExchanged_StopsForValuesToo()
    {
        var known = await NightAsync(Frozen, null, File(60, "mail", "phone"));
        var watch = await WatchAsync(Frozen, known, File(60, "phone", "mail"));

        var stopped = Assert.Throws<SourceFormatException>(watch.Conclude);

        Assert.True(watch.IsExchangeFrozen && stopped.IsContract);
        Assert.StartsWith("The values of 'a' and 'b' look exchanged in 0.csv: ", stopped.Fault.Message, StringComparison.Ordinal);
        Assert.Contains("drift --accept", stopped.Fault.Cure, StringComparison.Ordinal);
        Assert.Null(Record.Exception((await WatchAsync(Frozen, known, File(60, "mail", "phone"))).Conclude));
    }

    [Fact]
    public async Task Exchanged_ShapeThatAnEarlierProgramKept_TellsNothingAndLearns()
    {
        var old = SourceShape.Parse("""{"IsTable":true,"Records":500,"Columns":{"id":{"Values":500,"Kinds":8},"s":{"Values":500,"Kinds":8},"a":{"Values":500,"Kinds":8},"b":{"Values":500,"Kinds":8}}}"""u8);

        var first = await WatchAsync(Table, old, File(60, "phone", "mail"));

        Assert.Empty(first.Exchanged);
        Assert.Single((await WatchAsync(Table, Kept(first.Next), File(60, "mail", "phone"))).Exchanged);
    }

    [Fact]
    public async Task Exchanged_ColumnThatTheMappingDrops_IsToldOnlyWithOneThatItReads()
    {
        var mapping = $"{Table.Replace("a: {from: a, class: technical}, ", string.Empty, StringComparison.Ordinal)}\nunmapped: drop";
        var known = await NightAsync(mapping, null, File(60, "mail", "phone"));

        Assert.Empty((await WatchAsync(mapping, known, File(60, "text", "phone"))).Exchanged);
        Assert.Single((await WatchAsync(mapping, known, File(60, "phone", "mail"))).Exchanged);
    }

    [Fact]
    public async Task Next_ManyInputsBehindTheFirstRecords_AreEachLookedAt()
    {
        var known = await NightAsync(Table, null, File(3000, "mail", "phone"));

        Assert.StartsWith("the values of 'a' and 'b' look exchanged in 1.csv: ", Assert.Single((await WatchAsync(Table, known, File(3000, "mail", "phone"), File(60, "phone", "mail"))).Exchanged), StringComparison.Ordinal);
        Assert.DoesNotContain("@", Encoding.UTF8.GetString(known.ToBytes()), StringComparison.Ordinal);
        Assert.Equal(512 + ((2000 - 512) / 8) + (1000 / 16 / 8), known.Columns["a"].Usual!.Total);
    }

    [Theory]
    [InlineData("anna.meier@example.com", ValueShape.Email)]
    [InlineData("Anna Meier <anna@example.com>", ValueShape.Email)]
    [InlineData("please write to anna@example.com by Monday at noon", ValueShape.Text)]
    [InlineData("anna@home", ValueShape.Text)]
    [InlineData("+49 170 1234567", ValueShape.Phone)]
    [InlineData("+491701234567", ValueShape.Phone)]
    [InlineData("0664/1234567", ValueShape.Phone)]
    [InlineData("06.12.34.56.78", ValueShape.Phone)]
    [InlineData("(312) 555-0199", ValueShape.Phone)]
    [InlineData("312-555-0199", ValueShape.Phone)]
    [InlineData("０３－１２３４－５６７８", ValueShape.Phone)]
    [InlineData("491701234567", ValueShape.LongWhole)]
    [InlineData("1,234,567.00", ValueShape.Number)]
    [InlineData("0.1234567", ValueShape.Number)]
    [InlineData("42", ValueShape.Whole)]
    [InlineData("2024-11-20", ValueShape.Time)]
    [InlineData("20.11.2024 10:00", ValueShape.Time)]
    [InlineData("true", ValueShape.Flag)]
    [InlineData("2024-001234", ValueShape.Code)]
    [InlineData("WM14N2", ValueShape.Code)]
    [InlineData("洗濯機が3回止まった", ValueShape.Text)]
    public void Of_OneValue_IsOfItsShape(string text, ValueShape shape) => Assert.Equal(shape, ValueShapes.Of(text));

    private static async Task<SourceShape> NightAsync(string yaml, SourceShape? known, string file) => Kept((await WatchAsync(yaml, known, file)).Next);

    // As the ledger gives it back.
    private static SourceShape Kept(SourceShape shape) => SourceShape.Parse(shape.ToBytes())!;

    private static Task<ShapeWatch> WatchAsync(string yaml, SourceShape? known, params string[] files) => WatchAsync(yaml, known, [], files);

    private static async Task<ShapeWatch> WatchAsync(string yaml, SourceShape? known, int[] broken, params string[] files)
    {
        var mapping = Reading.Mapping(yaml);
        var watch = new ShapeWatch(mapping, known);
        for (var index = 0; index < files.Length; index++)
        {
            await using var reader = mapping.OpenReader(new MemoryStream(Encoding.UTF8.GetBytes(files[index])), $"{index}.csv");
            reader.Watch(watch);
            await Reading.AllAsync(reader);
            if (broken.Contains(index + 1))
            {
                watch.Broken();
            }
            else
            {
                watch.Ended(reader);
            }
        }

        return watch;
    }

    private static string File(int rows, params string[] columns)
    {
        string[] all = [.. columns, .. Enumerable.Repeat("word", 3 - columns.Length)];
        return "id;s;a;b;c\n" + string.Concat(Enumerable.Range(1, rows).Select(row => $"K-{row};It hums;{string.Join(';', all.Select(kind => Value(kind, row)))}\n"));
    }

    private static string Value(string kind, int row) => kind switch
    {
        "mail" => $"person{row}@example.com",
        "phone" => $"+49 170 {1000000 + row}",
        "text" => $"The machine stops after step {row}",
        "othertext" => $"Part {row} is worn",
        "word" => $"{(row % 2 == 0 ? "open" : "closed")}",
        "time" => $"2024-11-{1 + (row % 28):00} 10:00",
        "amount" => $"{row}.50",
        "whole" => $"{row}",
        "longwhole" => $"49170{1000000 + row}",
        "code" => $"A-{row}",
        "mixed" => $"{(row % 2 == 0 ? $"person{row}@example.com" : "none at all")}",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
