using System.Security.Cryptography;
using System.Text;
using CallTracking.Mapping.Shapes;
using CallTracking.Mapping.Tests.Joins;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>The last case of a table that looks like totals or a note below it, and those that do not.</summary>
public sealed class LastCaseTests
{
    private const string Csv = "{type: delimited, encoding: utf-8}";

    [Theory]
    [InlineData("Total,,,7", "looks like totals: its key is of the form A, that of the others is mostly A-9 (A letters, 9 digits), and begins with a word for totals, and it has 2 values where the others have 4 on average")]
    [InlineData("Összesen,,,", "looks like a note: its key is of the form A, that of the others is mostly A-9 (A letters, 9 digits), and it has 1 value where the others have 4 on average")]
    [InlineData("\"Exported by J. Doe, 2026\",,,", "looks like a note: its key is of the form A A A. A, 9, ")]
    [InlineData("INC-13,,,", null)]
    [InlineData("Total,x,y,7", null)]
    [InlineData("Összesen,x,,7", null)]
    public async Task Oddities_NumberedKeys_TellsALastCaseWithAnotherFormAndFewValues(string last, string? said) =>
        await SaysAsync(Csv, Table(row => $"INC-{row}") + last + "\n", said);

    [Theory]
    [InlineData("Sammelkonto,,,", null)]
    [InlineData("Gesamt,,,7", "looks like totals: its key begins with a word for totals, and it has 2 values")]
    public async Task Oddities_KeysWithoutDigits_TellsWordsForTotalsAlone(string last, string? said) =>
        await SaysAsync(Csv, Table(row => string.Concat("name ", (char)('a' + row))) + last + "\n", said);

    [Theory]
    [InlineData("0fd9a3c2-7b1e-4c55-9e0a-66d1f2ab3c4d", null)]
    [InlineData("合計", "looks like totals")]
    public async Task Oddities_KeysOfRandomSigns_HaveNoForm(string last, string? said) =>
        await SaysAsync(Csv, Table(row => new Guid(SHA256.HashData([(byte)row])[..16]).ToString(), 200) + last + ",,,\n", said);

    [Theory]
    [InlineData(2, "Total", false)]
    [InlineData(3, "Total", true)]
    [InlineData(4, "X", false)]
    [InlineData(5, "X", true)]
    public async Task Oddities_FewCases_TellNothing(int cases, string last, bool isTold) =>
        await SaysAsync(Csv, Table(row => $"INC-{row}", cases) + last + ",,,\n", isTold ? "looks like" : null);

    [Fact]
    public async Task Oddities_TotalsBeforeRowsThatBecomeNoCase_AreStillTheLastCase() =>
        await SaysAsync(Csv, Table(row => $"INC-{row}") + "Total,,,7\n\n,,,note\n", "cases.csv: row 13 (line 14), the last that became a case, looks like totals");

    [Fact]
    public async Task Oddities_AReadingThatStopsBeforeTheEnd_TellsNothing()
    {
        var watch = await WatchAsync(Csv, Bytes(Table(row => $"INC-{row}") + "Total,,,7\n"), most: 13);

        Assert.Empty(watch.Oddities);
    }

    [Theory]
    [InlineData("{type: delimited, encoding: utf-8}", "write footer: 1 under format, or footer: {from: \"^…\"}, with what it begins with, where not every file ends so; or leave it out by a filter (drop_when)")]
    [InlineData("{type: delimited, encoding: utf-8, footer: 1}", "write footer: 2 under format")]
    [InlineData("{type: delimited, encoding: utf-8, footer: {from: ^End}}", "have 'from' of footer under format fit it too")]
    public async Task Oddities_Text_NameTheFooterThatIsMissing(string format, string cure) =>
        await SaysAsync(format, Table(row => $"INC-{row}") + "Total,,,7\nEnd\n", $"Cure: If it is no case, {cure}");

    [Fact]
    public async Task Oddities_FixedWidth_TellsTotalsToo()
    {
        var rows = string.Concat(Enumerable.Range(10, 12).Select(row => $"INC-{row}hums open 7\n"));

        await SaysAsync("{type: fixed, encoding: utf-8, columns: [{name: id, width: 6}, {name: a, width: 5}, {name: b, width: 5}, {name: c, width: 1}]}", rows + $"{"Total",-16}9\n", "cases.csv: row 13, the last that became a case, looks like totals");
    }

    [Theory]
    [InlineData("join: [{as: shop, files: shops.csv, key: key, on: b, optional: true}]", true)]
    [InlineData("fold: {by: id}", false)]
    public async Task Oddities_ComposedRecords_TellsThemWhereARowIsACase(string more, bool isTold)
    {
        using var files = new Composed();
        files.With("shops.csv", "key,name\nopen,Mitte\n");
        var watch = await WatchAsync(Csv, Bytes(Table(row => $"INC-{row}") + "Total,,open,\n"), more: more, folder: files.Folder);

        Assert.Equal(isTold, watch.Oddities.Count == 1);
    }

    [Theory]
    [InlineData("", "write stop_at: \"^…\" under format, with what it begins with; or leave it out by a filter (drop_when)")]
    [InlineData(", stop_at: ^Suma", "have stop_at under format fit it too (\"…|^…\")")]
    public async Task Oddities_Sheet_NamesItsRowAndStopAt(string stop, string cure)
    {
        var rows = Enumerable.Range(1, 12).Select(row => XlsxBuilder.Row(row + 1, $"INC-{row}", "hums", "open", "7"));
        var sheet = XlsxBuilder.Row(1, "id", "a", "b", "c") + string.Concat(rows) + XlsxBuilder.Row(14, "Razem", null, null, "84");

        var watch = await WatchAsync($"{{type: excel{stop}}}", new MemoryStream(new XlsxBuilder().Sheet(sheet).Build()));

        var said = Assert.Single(watch.Oddities);
        Assert.StartsWith("cases.csv: row 14, the last that became a case, looks like totals", said, StringComparison.Ordinal);
        Assert.Contains($"Cure: If it is no case, {cure}", said, StringComparison.Ordinal);
    }

    private static string Table(Func<int, string> key, int rows = 12) => "id,a,b,c\n" + string.Concat(Enumerable.Range(1, rows).Select(row => $"{key(row)},hums,open,7\n"));

    private static MemoryStream Bytes(string content) => new(Encoding.UTF8.GetBytes(content));

    private static async Task SaysAsync(string format, string content, string? said)
    {
        var watch = await WatchAsync(format, Bytes(content));

        Assert.Equal(said is null ? 0 : 1, watch.Oddities.Count);
        Assert.Contains(said ?? string.Empty, watch.Oddities.SingleOrDefault() ?? string.Empty, StringComparison.Ordinal);
        Assert.DoesNotContain("Doe", string.Concat(watch.Oddities), StringComparison.Ordinal);
    }

    private static async Task<ShapeWatch> WatchAsync(string format, Stream content, int most = int.MaxValue, string more = "", string? folder = null)
    {
        var mapping = Reading.Mapping(Reading.Csv("subject: a", more, format));
        var watch = new ShapeWatch(mapping, known: null, isLook: true);
        await using var reader = mapping.OpenReader(content, "cases.csv", ReadingPlace.InMemory(folder));
        reader.Watch(watch);
        for (var rows = 0; rows < most && await reader.ReadAsync(CancellationToken.None) is not null; rows++)
        {
        }

        watch.Ended(reader);
        return watch;
    }
}
