using CallTracking.Mapping.Tests.Joins;
using CallTracking.Mapping.Values;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>A number names the same case however a program writes it; a text names what it says.</summary>
public sealed class NumberKeyTests
{
    [Theory]
    [InlineData("9001", null)]
    [InlineData("9001.0", "9001")]
    [InlineData("9001.00", "9001")]
    [InlineData("9.001E3", "9001")]
    [InlineData("9.001e+03", "9001")]
    [InlineData("90010e-1", "9001")]
    [InlineData("0.9001E4", "9001")]
    [InlineData("-9001.0", "-9001")]
    [InlineData("-9001", null)]
    [InlineData("0.0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("0e5", "0")]
    [InlineData("0", null)]
    [InlineData("9007199254740991.0", "9007199254740991")]
    [InlineData("9007199254740992.0", null)] // Floating point may mean its neighbour.
    [InlineData("1e400", null)]
    [InlineData("1e99999999999", null)]
    [InlineData("12345678901234567890", null)]
    [InlineData("9001.5", null)]
    [InlineData("9001.05", null)]
    [InlineData("9001e-1", null)]
    [InlineData("+9001.0", null)]
    [InlineData("09001.0", null)]
    [InlineData("9001.", null)]
    [InlineData(".0", null)]
    [InlineData("9001.0 ", null)]
    [InlineData("9001.0e", null)]
    [InlineData("2024-11-20T00:00:00", null)]
    [InlineData("", null)]
    public void Respelled_ANumber_IsWholeExactAndOnlyWhereItIsWrittenOtherwise(string written, string? expected) => Assert.Equal(expected, WholeNumber.Respelled(written));

    [Theory]
    [InlineData("id", "[{\"id\":9001},{\"id\":9001.0},{\"id\":9.001E3},{\"id\":\"9001.0\"}]", "9001(9001.0) 9001(9001.0) 9001(9.001E3) 9001.0")]
    [InlineData("[id, n]", "[{\"id\":7.0,\"n\":\"x\"},{\"id\":\"7.0\",\"n\":8.0},{\"id\":7.0,\"n\":8.00}]", "7|x(7.0|x) 7.0|8(7.0|8.0) 7|8(7.0|8.00)")]
    public async Task Key_NumbersOfJson_HaveOneSpellingAndTextsTheirs(string key, string json, string expected) => Assert.Equal(expected, string.Join(' ', await KeysAsync(key, json)));

    [Fact]
    public async Task Key_HashOfNumbers_IsOneAndTellsTheOneOfBefore()
    {
        var keys = await KeysAsync("{hash_of: [id, n]}", "[{\"id\":7,\"n\":\"a\"},{\"id\":7.0,\"n\":\"a\"},{\"id\":\"7.0\",\"n\":\"a\"}]");

        Assert.Equal($"{keys[0]}({keys[2]})", keys[1]);
    }

    [Fact]
    public async Task Key_OfARejectedRecord_HasTheSpellingToo()
    {
        var outcome = Assert.Single(await Reading.AllAsync(Json("id") + "fields: {opened: {from: t, format: yyyy-MM-dd}}\n", "[{\"id\":9001.0,\"t\":\"soon\"}]"));

        Assert.Equal(("9001", "9001.0"), outcome is RowOutcome.Rejected rejected ? (rejected.LocalId, rejected.OtherId) : default);
    }

    /// <summary>What leads to a side record, and what it is found by, may each be written otherwise.</summary>
    [Theory]
    [InlineData("7.0", "7")]
    [InlineData("7", "7.0")]
    [InlineData("\"7\"", "7.00")]
    public async Task Join_NumbersOfBothSides_MeetWhateverTheirSpelling(string on, string key)
    {
        using var files = new Composed();
        files.With("users.json", $"[{{\"key\":{key},\"name\":\"Ada\"}}]");
        var yaml = Json("id") + "join: [{as: who, files: users.json, key: key, on: user}]\nfields: {subject: who.name}\n";

        Assert.Equal("1=Ada", Composed.Said(await files.ReadAsync(yaml, $"[{{\"id\":1,\"user\":{on}}}]")));
    }

    [Fact]
    public async Task Fold_NumbersOfOneCase_AreOneWhateverTheirSpelling()
    {
        using var files = new Composed();
        var yaml = Json("id") + "fold: {by: id}\nfields: {subject: s}\n";

        var outcomes = await files.ReadAsync(yaml, "[{\"id\":7,\"s\":\"a\"},{\"id\":7.0,\"s\":\"b\"},{\"id\":70e-1,\"s\":\"c\"}]");

        Assert.Equal("7", Assert.Single(outcomes.OfType<RowOutcome.Mapped>()).LocalId);
    }

    private static string Json(string key) => $"source: test\nformat: {{type: json}}\ntime_zone: Etc/UTC\nkey: {key}\n";

    private static async Task<List<string>> KeysAsync(string key, string json) =>
        [.. (await Reading.AllAsync(Json(key) + "fields: {subject: s}\n", json)).Cast<RowOutcome.Mapped>()
            .Select(row => (row.LocalId + (row.OtherId is { } written ? $"({written})" : string.Empty)).Replace('\u001F', '|'))];
}
