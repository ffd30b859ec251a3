using System.Globalization;
using System.Text;
using CallTracking.Mapping.Shapes;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>What the first records of a source became and nobody can have meant: told before anything was ever known of it.</summary>
public sealed class MisfitTests
{
    [Theory]
    [InlineData("opened: {from: at, format: unix_ms}", "1732096800", "10 of 10 times of opened (Column 'at', mapping.yaml:7) lie before 1990: its numbers read as times of today under 'format: unix'")]
    [InlineData("opened: {from: at, format: unix}", "45616.5", "lie before 1990: its numbers read as times of today under 'format: excel'")]
    [InlineData("opened: {from: at, format: \"yyyy/MM/dd\"}", "2567/11/20", "lie behind 2100: is the calendar the right one (calendar: buddhist, persian, …)?")]
    [InlineData("opened: {from: at, format: \"yyyy/MM/dd\"}", "1900/01/01", "lie before 1990: are 'from' and 'format' the right ones?")]
    [InlineData("opened: {from: at, format: unix}", "1732096800", null)]
    [InlineData("customer.emails: [at]", "+49 170 1234567", "none of 10 values of customer.emails (Column 'at', mapping.yaml:7) looks like an e-mail address: is it the right column?")]
    [InlineData("customer.phones: [at]", "jane@example.com", "none of 10 values of customer.phones (Column 'at', mapping.yaml:7) looks like a telephone number: is it the right column?")]
    [InlineData("customer.ip_addresses: [at]", "router", "none of 10 values of customer.ip_addresses")]
    [InlineData("customer.emails: [at]", "jane@example.com", null)]
    [InlineData("customer.phones: [at]", "112 22", null)]
    public async Task Misfits_NothingFitsAField_IsToldWithItsColumnAndWithoutAValue(string field, string value, string? said)
    {
        var watch = await WatchAsync(field, Enumerable.Range(1, 10).Select(row => $"{row},{value}"));

        Assert.Contains(said ?? string.Empty, said is null ? string.Empty : Assert.Single(watch.Misfits), StringComparison.Ordinal);
        Assert.Equal(said is null ? 0 : 1, watch.Oddities.Count);
        Assert.DoesNotContain(value, string.Concat(watch.Misfits), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 0, false)]
    [InlineData(5, 0, true)]
    [InlineData(100, 5, true)]
    [InlineData(100, 9, false)]
    public async Task Misfits_SomeValuesFit_TellsWhereNearlyNoneDoes(int rows, int fitting, bool isTold)
    {
        var watch = await WatchAsync("customer.emails: [at]", Enumerable.Range(1, rows).Select(row => row <= fitting ? $"{row},jane@example.com" : $"{row},0170 1234567"));

        Assert.Equal(isTold, watch.Misfits.Count == 1);
    }

    [Theory]
    [InlineData(400, 0, "all 400 rows looked at have the same key: they are 1 case. Is 'key' the right column (Column 'id', mapping.yaml:4)?")]
    [InlineData(400, 10, "400 of 410 rows looked at have the same key: they are 1 case, and all rows 11. Is 'key' the right column")]
    [InlineData(9, 0, null)]
    [InlineData(40, 40, null)]
    public async Task Misfits_RowsOfOneKey_AreToldAsOneCase(int same, int others, string? said)
    {
        var watch = await WatchAsync("subject: at", Enumerable.Range(1, same).Select(row => $"A,{row}").Concat(Enumerable.Range(1, others).Select(row => $"{row},x")), "duplicates: latest");

        Assert.Equal(said is null ? 0 : 1, watch.Misfits.Count);
        Assert.StartsWith(said ?? string.Empty, watch.Misfits.SingleOrDefault() ?? string.Empty, StringComparison.Ordinal);
    }

    /// <summary>Each night of a source that is known would tell it again.</summary>
    [Fact]
    public async Task Misfits_SourceIsKnown_ASyncTellsNothing()
    {
        var rows = Enumerable.Range(1, 10).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row},0170 1234567")).ToList();
        var first = await WatchAsync("customer.emails: [at]", rows, isLook: false);

        var second = await WatchAsync("customer.emails: [at]", rows, isLook: false, known: first.Next);

        Assert.Single(first.Misfits);
        Assert.Empty(second.Misfits);
    }

    [Theory]
    [InlineData("XQ", "is one that ISO 3166 leaves to its users")]
    [InlineData("ZZ", "is one that ISO 3166 leaves to its users")]
    [InlineData("UK", "GB, not UK")]
    [InlineData("XK", null)]
    public async Task CustomerCountry_CodeLeftToUsers_IsNoCountry(string code, string? said)
    {
        var outcome = Assert.Single(await Reading.AllAsync(Reading.Csv("customer_country: at"), $"id,at\n1,{code}\n"));

        Assert.Equal(said is null, outcome is RowOutcome.Mapped);
        Assert.Contains(said ?? string.Empty, (outcome as RowOutcome.Rejected)?.Message ?? string.Empty, StringComparison.Ordinal);
    }

    private static async Task<ShapeWatch> WatchAsync(string field, IEnumerable<string> rows, string more = "", bool isLook = true, SourceShape? known = null)
    {
        var mapping = Reading.Mapping(Reading.Csv(field, more));
        var watch = new ShapeWatch(mapping, known, isLook);
        await using var reader = mapping.OpenReader(new MemoryStream(Encoding.UTF8.GetBytes("id,at\n" + string.Join('\n', rows) + "\n")), "cases.csv");
        reader.Watch(watch);
        Assert.All(await Reading.AllAsync(reader), outcome => Assert.IsType<RowOutcome.Mapped>(outcome));
        watch.Ended(reader);
        return watch;
    }
}
