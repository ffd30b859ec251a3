using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Records that are the members of an object, each under its key: <c>records: tickets.*</c>.</summary>
public sealed class JsonMemberTests
{
    private const string Format = "{type: json, records: tickets.*}";

    [Theory]
    [InlineData(Format, "{\"made\":\"today\",\"tickets\":{\"9001\":{\"s\":\"a\"},\"9002\":{},\n \"Ž\\\"x\" : { \"s\":\"日本\" } },\"more\":[1]}", "9001:a; 9002:; Ž\"x:日本")]
    [InlineData("{type: json, records: \"*\"}", "{\"9001\":{\"s\":\"a\"},\"9002\":{\"s\":\"b\"}} ", "9001:a; 9002:b")]
    [InlineData("{type: json, records: \"$.*\"}", "{\"9001\":{\"s\":\"a\"}}", "9001:a")]
    [InlineData("{type: json, records: data.tickets.*}", "{\"data\":{\"tickets\":{\"1\":{\"s\":\"}\"}},\"x\":2}}", "1:}")]
    [InlineData("{type: json, encoding: utf-16, records: tickets.*}", "{\"tickets\":{\"9001\":{\"s\":\"日本\"}}}", "9001:日本")]
    [InlineData(Format, "{\"tickets\":{}}", "")]
    [InlineData(Format, "{\"tickets\":{\"1\":{\"s\":\"a\"},\"2\":7,\"3\":null,\"4\":{\"s\":\"d\"}}}", "1:a; broken-record; broken-record; 4:d")]
    public async Task ReadAsync_MembersOfAnObject_AreRecordsWithTheirNames(string format, string content, string expected)
    {
        var bytes = format.Contains("utf-16", StringComparison.Ordinal) ? [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(content)] : Encoding.UTF8.GetBytes(content);
        var mapping = Mapping(format);

        await using var whole = mapping.OpenReader(new MemoryStream(bytes), "cases.json");
        await using var dripping = mapping.OpenReader(new DrippingStream(bytes), "cases.json");

        Assert.Equal(expected, Said(await Reading.AllAsync(whole)));
        Assert.Equal(expected, Said(await Reading.AllAsync(dripping)));
    }

    [Theory]
    [InlineData(Format, "{\"tickets\":[{\"s\":\"a\"}]}", "Expected an object of records as 'tickets'", "to an array without .*")]
    [InlineData("{type: json, records: tickets}", "{\"tickets\":{\"9001\":{}}}", "Expected an array of records as 'tickets'", "where each member of this object is a record, records: 'tickets.*';")]
    [InlineData("{type: json}", "{\"9001\":{}}", "Expected an array of records as the document", "records: '*';")]
    [InlineData(Format, "{\"tickets\":{", "the file ends inside the object of records", "")]
    [InlineData(Format, "{\"tickets\":{\"1\":}}", "expected a value", "")]
    [InlineData(Format, "{\"tickets\":{\"1\":{\"s\":\"a\",}}}", "Broken JSON at byte 25: the record's syntax is wrong", "")]
    [InlineData(Format, "{\"tickets\":{\"1\" {}}}", "expected ':'", "")]
    [InlineData(Format, "{\"tickets\":{7}}", "expected a name in quotes", "")]
    public async Task ReadAsync_NoObjectOfRecords_EndsWithAFaultThatSaysHow(string format, string content, string message, string cure)
    {
        var fault = (await Assert.ThrowsAsync<SourceFormatException>(() => AllAsync(format, Encoding.UTF8.GetBytes(content)))).Faults[0];

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Contains(cure, fault.Cure, StringComparison.Ordinal);
    }

    /// <summary>What was kept of a record becomes the same case on another day, its name and all.</summary>
    [Fact]
    public async Task OpenKept_RejectedMember_HasItsName()
    {
        var mapping = Reading.Mapping(Yaml(Format).Replace("subject: s", "subject: s\n  channel: {from: c, values: {mail: email}}", StringComparison.Ordinal));
        await using var reader = mapping.OpenReader(new MemoryStream("{\"tickets\":{\"9001\":{\"s\":\"a\",\"c\":\"fax\"}}}"u8.ToArray()), "cases.json");
        var rejected = Assert.IsType<RowOutcome.Rejected>(Assert.Single(await Reading.AllAsync(reader)));

        await using var kept = mapping.OpenKept(rejected.RawRecord, "kept")!;

        Assert.Equal("9001", rejected.LocalId);
        Assert.Equal("9001", Assert.IsType<RowOutcome.Rejected>(Assert.Single(await Reading.AllAsync(kept))).LocalId);
    }

    private static string Said(IEnumerable<RowOutcome> outcomes) => string.Join("; ", outcomes.Select(outcome => outcome switch
    {
        RowOutcome.Mapped mapped => $"{mapped.LocalId}:{mapped.Case.Subject?.Clear}",
        RowOutcome.Rejected rejected => rejected.Reason,
        _ => outcome.GetType().Name,
    }));

    private static string Yaml(string format) => Reading.Csv("subject: s", format: format).Replace("key: id", "key: \"#name\"", StringComparison.Ordinal);

    private static SourceMapping Mapping(string format) => Reading.Mapping(Yaml(format));

    private static async Task<List<RowOutcome>> AllAsync(string format, byte[] content)
    {
        await using var reader = Mapping(format).OpenReader(new MemoryStream(content), "cases.json");
        return await Reading.AllAsync(reader);
    }
}
