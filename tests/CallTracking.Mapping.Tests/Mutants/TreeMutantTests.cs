using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests.Mutants;

/// <summary>Documents of JSON and XML.</summary>
public sealed class TreeMutantTests
{
    private const int Each = 5_000;

    private static readonly Mutation Json = new(
        "\"", "{", "}", "[", "]", ",", ":", "\n", "\\u", "\\uD800", "\0", "null", "-", "1e999", "//", "]}", "[[[[[[[[", "\"data\":{\"rows\":[", "\xEF\xBB\xBF");

    private static readonly Mutation Xml = new(
        "<", ">", "</", "/>", "<r>", "</r>", "<r/>", "<![CDATA[", "]]>", "<!--", "-->", "<?x", "?>", "<!DOCTYPE a [", "&", "&amp;", "&#x0;", "&#65;", "'", "\"", "\0", "\x01", " xmlns='u'", " a='b'");

    [Theory]
    [InlineData("{type: json}", "utf-8", "", "")]
    [InlineData("{type: json, records: data.rows}", "utf-8", """{"meta":{"rows":[1]},"data":{"count":9,"rows":""", ""","next":null},"x":[]}""")]
    [InlineData("{type: json, encoding: utf-16, records: data.rows}", "utf-16", """{"data":{"rows":""", "}}")]
    public async Task ReadAsync_OfMutantsOfJson_AccountsForEveryElement(string format, string encoding, string head, string tail)
    {
        var records = string.Join(",\n", Enumerable.Range(0, 9).Select(id => $$"""{"id":{{id}},"s":"表示 \"a\"","n":{"x":[1,2.5,null,true,{"y":""}]},"t":[]}"""));
        var sound = Encoding.GetEncoding(encoding).GetBytes($"{head}[{records}]{tail}");
        string[] path = head.Length > 0 ? ["data", "rows"] : [];

        var run = await MutantRun.OfAsync(Kind(format, Json, sound) with { Records = content => encoding == "utf-8" ? RecordCounts.Json(content, path) : null }, Each);

        RequireTelling(run);
        Assert.True(encoding != "utf-8" || run.Counted > run.Mutants / 50, $"Only {run.Counted} were counted.");
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public async Task ReadAsync_OfMutantsOfXml_AccountsForEveryElement(string encoding)
    {
        var records = Enumerable.Range(0, 6).Select(id => $"<r n=\"{id}\"><id>{id}</id><s a='é'>x &amp; y</s><t><![CDATA[<z>]]></t><!-- c --></r>\n");
        var sound = Encoding.GetEncoding(encoding).GetBytes($"<?xml version=\"1.0\" encoding=\"{encoding}\"?>\n<e>{string.Concat(records)}</e>");

        var run = await MutantRun.OfAsync(Kind("{type: xml, records: e/r}", Xml, sound) with { Name = encoding, Records = content => RecordCounts.Xml(content) }, Each);

        RequireTelling(run);
        Assert.True(run.Counted > run.Mutants / 50, $"Only {run.Counted} were counted.");
    }

    private static void RequireTelling(MutantRun run) => Assert.True(
        run.Count<RowOutcome.Mapped>() > run.Mutants / 2 && run.Count<RowOutcome.Rejected>() > 0 && run.Faults > run.Mutants / 20, $"{run.Count<RowOutcome.Mapped>()} mapped, {run.Count<RowOutcome.Rejected>()} rejected, {run.Faults} faults");

    private static MutantKind Kind(string format, Mutation mutation, byte[] sound)
    {
        var mapping = Reading.Mapping(Reading.Csv("subject: s", format: format, more: "unmapped: keep"));
        return new MutantKind(format, random => mutation.Of(sound, random), content => mapping.OpenReader(new MemoryStream(content), "document"));
    }
}
