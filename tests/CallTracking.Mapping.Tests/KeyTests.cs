using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Keys of sources that name their cases nowhere.</summary>
public sealed class KeyTests
{
    [Fact]
    public async Task Key_HashOfTheRow_IsTheTextsWhateverTheirOrder()
    {
        var yaml = Keyed("{hash_of: row}");

        var first = await IdsAsync(yaml, "a,b,c\n1,2,x\n1,3,x\n12,,x\n");
        var second = await IdsAsync(yaml, "c,b,new,a\nx,2,,\" 1 \"\n");

        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal(first[0], Assert.Single(second));
        Assert.Matches("^row-[0-9a-f]{32}$", first[0]);
    }

    [Fact]
    public async Task Key_HashOfColumns_PassesOverTheOthers()
    {
        var ids = await IdsAsync(Keyed("{hash_of: [a, b]}"), "a,b,c\n1,2,x\n1,2,y\n12,,x\n,12,x\n");

        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids[0], ids[1]);
    }

    [Fact]
    public async Task Key_HashOfColumnsThatAreAllEmpty_RejectsTheRecord()
    {
        var outcome = Assert.Single(await Reading.AllAsync(Keyed("{hash_of: [a, b]}"), "a,b,c\n,,x\n"));

        Assert.Equal(RejectReason.MissingKey, Assert.IsType<RowOutcome.Rejected>(outcome).Reason);
    }

    [Fact]
    public async Task Duplicates_Numbered_AreCasesOfTheirOwn()
    {
        var ids = await IdsAsync(Keyed("{hash_of: row}") + "duplicates: number\n", "a,b,c\n1,2,x\n1,2,x\n1,2,y\n1,2,x\n");

        Assert.Equal([ids[0], $"{ids[0]}#2", $"{ids[0]}#3"], [ids[0], ids[1], ids[3]]);
        Assert.DoesNotContain('#', ids[2]);
    }

    [Theory]
    [InlineData("key: c\nduplicates: number\n", "delimited")]
    [InlineData("key: {hash_of: []}\n", "delimited")]
    [InlineData("key: {hash: row}\n", "delimited")]
    [InlineData("key: {hash_of: row}\n", "json")]
    public void Key_ThatMakesNoSense_IsAFault(string keys, string type) =>
        Assert.NotEmpty(SourceMapping.Parse("m.yaml", $"source: test\nformat: {{type: {type}}}\ntime_zone: Etc/UTC\nfields: {{subject: c}}\n{keys}").Faults);

    private static string Keyed(string key) => $"source: test\nformat: {{type: delimited}}\ntime_zone: Etc/UTC\nkey: {key}\nfields: {{subject: c}}\n";

    private static async Task<List<string>> IdsAsync(string yaml, string content) =>
        [.. (await Reading.AllAsync(yaml, content)).Cast<RowOutcome.Mapped>().Select(row => row.LocalId)];
}
