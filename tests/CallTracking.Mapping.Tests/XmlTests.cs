using System.Text;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class XmlTests
{
    private const string Format = "{type: xml, records: tickets/ticket}";
    private const string Head = "<?xml version=\"1.0\"?>\n<tickets>\n";

    static XmlTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public async Task ReadAsync_Tickets_GiveTextsAttributesListsAndCdata()
    {
        var yaml = Reading.Csv(
            """
            subject: title
            status: {from: "state.@code", values: {"1": open, "2": closed}}
            description: text
            customer.name: requester.name.#text
            product.serial: product.@serial
            tags: tags.tag
            messages:
              each: comments.comment
              fields: {body: "#text", author_employee: "@by", channel: {from: ^.via, values: {phone: phone}}}
            """,
            format: Format);
        const string Content = Head + """
              <!-- x --><meta><ticket><id>9</id></ticket></meta>
              <ticket><id>1</id><title>A &amp; B &#233;</title><state code="1">open</state><text><![CDATA[<b>&amp;</b>]]></text>
                <requester><name lang="de">Kim</name></requester><product serial="S&quot;1"/><via>phone</via>
                <tags><tag>x</tag><tag>y</tag></tags>
                <comments><comment by="Lee">Hello</comment><comment>Again</comment></comments></ticket>
              <ticket><id>2</id><title/><state code="2"/><tags><tag>z</tag></tags><comments><comment by="Kim">One</comment></comments></ticket>
            </tickets>
            """;

        var cases = (await Reading.AllAsync(yaml, Content)).Cast<RowOutcome.Mapped>().Select(row => row.Case).ToList();

        Assert.Equal(("A & B é", CaseStatus.Open, "<b>&amp;</b>"), (cases[0].Subject.Clear, cases[0].Status, cases[0].Description.Clear));
        Assert.Equal(("Kim", "S\"1"), (cases[0].Customer.Name.Clear, cases[0].Product.Serial.Clear));
        Assert.Equal(["x", "y"], cases[0].Tags.Select(tag => tag.Clear));
        Assert.Equal(["Hello:Lee", "Again:"], cases[0].Messages.Select(message => $"{message.Body.Clear}:{message.AuthorEmployee?.Clear}"));
        Assert.Equal((null, CaseStatus.Closed, "z", "One"), (cases[1].Subject, cases[1].Status, Assert.Single(cases[1].Tags).Clear, Assert.Single(cases[1].Messages).Body.Clear));
    }

    [Theory]
    [InlineData("Der Akku <b>brennt</b> und ist <i>heiß</i>", "Der Akku brennt und ist heiß")]
    [InlineData("One<br/>two <a href=\"x\">three <em>four</em></a>!<p>five</p>", "One\ntwo three four!\nfive")]
    [InlineData("<b>Rauch</b> aus <![CDATA[dem <Gehäuse>]]>", "Rauch aus dem <Gehäuse>")]
    [InlineData("12<currency>EUR</currency>", "12")]
    [InlineData("12 <currency>EUR</currency> <b>now</b>", "12 ")]
    [InlineData("It <b>burns</b> <i>hot</i>, <b>now</b><br/><u>!</u>", "It burns hot, now\n!")]
    [InlineData("Hallo<div>Tel 030 1234</div>5 Uhr", "Hallo\nTel 030 1234\n5 Uhr")]
    [InlineData("<p>One</p>\n  <p>Two <b>Dr.</b> <i>Kim</i></p>", "One\nTwo Dr. Kim")]
    [InlineData("<ul><li>one</li><li>two</li></ul>", "one\ntwo")]
    [InlineData("open<code>3</code>", "open")]
    public async Task ReadAsync_MarkupWithinAText_IsPartOfTheText(string content, string expected) =>
        Assert.Equal(expected, Assert.IsType<RowOutcome.Mapped>(Assert.Single(await Reading.AllAsync(Reading.Csv("subject: {from: s, trim: false}", format: Format), $"{Head}<ticket><id>1</id><s>{content}</s></ticket></tickets>"))).Case.Subject.Clear);

    [Fact]
    public async Task ReadAsync_MarkupInMarkup_IsOneText()
    {
        var text = new string('x', 200_000);
        var content = string.Concat(Enumerable.Repeat("y<b>", 150)) + text + string.Concat(Enumerable.Repeat("</b>", 150));

        var row = Assert.Single(await Reading.AllAsync(Reading.Csv("subject: s", format: Format), $"{Head}<ticket><id>1</id><s>{content}</s></ticket></tickets>"));

        Assert.Equal(text.Length + 150, Assert.IsType<RowOutcome.Mapped>(row).Case.Subject.Clear.Length);
    }

    [Fact]
    public async Task ReadAsync_MarkupInADeclaredNamespace_IsPartOfTheText()
    {
        const string Declared = "{type: xml, records: e/r, namespaces: {h: urn:h}}";
        const string Content = "<e xmlns:h=\"urn:h\" xmlns:o=\"urn:o\"><r><id>1</id><s>It <h:b>burns</h:b> <o:i>hot</o:i></s></r></e>";

        Assert.Equal("It burns hot", Assert.IsType<RowOutcome.Mapped>(Assert.Single(await Reading.AllAsync(Reading.Csv("subject: s", format: Declared), Content))).Case.Subject.Clear);
    }

    [Fact]
    public async Task ReadAsync_Positions_AreLineAndByteOfTheTag()
    {
        var content = "<?xml version=\"1.0\"?>\r\n<tickets>é\r\n  <ticket id=\"1\"/><ticket\n id=\"2\"></ticket>\r<ticket id=\"3\"/></tickets>";

        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: Format).Replace("key: id", "key: \"@id\"", StringComparison.Ordinal), content);

        var bytes = Encoding.UTF8.GetBytes(content).AsSpan();
        Assert.Equal(["1:3", "2:3", "3:5"], outcomes.Select(row => $"{row.Position.Row}:{row.Position.Line}"));
        var starts = new List<long>();
        for (var at = 0; bytes[at..].IndexOf("<ticket"u8) is >= 0 and var next; at += next + 1)
        {
            starts.Add(at + next);
        }

        Assert.Equal(starts.Skip(1), outcomes.Select(row => row.Position.ByteOffset));
    }

    [Theory]
    [InlineData("{type: xml, records: e/r}", "id", "s")]
    [InlineData("{type: xml, records: a:e/b:r, namespaces: {a: urn:a, b: urn:b}}", "b:id", "['{urn:c}s']")]
    public async Task ReadAsync_Namespaces_AreNamedAsTheMappingDeclaresThem(string format, string key, string path)
    {
        const string Content = """<e xmlns="urn:a" xmlns:x="urn:b"><x:r><x:id>1</x:id><s xmlns="urn:c">in c</s></x:r></e>""";

        var outcomes = await Reading.AllAsync(Reading.Csv($"subject: \"{path}\"", format: format).Replace("key: id", $"key: {key}", StringComparison.Ordinal), Content);

        Assert.Equal("in c", Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Subject.Clear);
    }

    [Theory]
    [InlineData("""<tickets xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><ticket xsi:type="t"><id>1</id><s xsi:nil="true">x</s></ticket></tickets>""")]
    [InlineData("<tickets><ticket><id>1</id><s> </s></ticket></tickets>")]
    [InlineData("<tickets><ticket><id>1</id></ticket></tickets>")]
    public async Task ReadAsync_NilOrEmptyElement_IsNoValue(string content) =>
        Assert.Null(Assert.IsType<RowOutcome.Mapped>(Assert.Single(await Reading.AllAsync(Reading.Csv("subject: s", format: Format), content))).Case.Subject);

    [Fact]
    public async Task ReadAsync_NoRecords_IsANightWithoutCases() =>
        Assert.Empty(await Reading.AllAsync(Reading.Csv("subject: s", format: Format), "<tickets> <!-- none --> </tickets>"));

    [Theory]
    [InlineData("<tickets><Ticket><id>1</id></Ticket></tickets>", "'Ticket'")]
    [InlineData("<ticket><id>1</id></ticket>", "'ticket'")]
    public async Task ReadAsync_RecordsNotWhereTheMappingSays_FailsTheFile(string content, string cure) =>
        Assert.Contains(cure, (await FailsAsync(Format, Encoding.UTF8.GetBytes(content))).Fault.Cure, StringComparison.Ordinal);

    [Theory]
    [InlineData("gb18030", "日本 é 😀", null)]
    [InlineData("Shift_JIS", "表ソ髙～", null)]
    [InlineData("windows-1252", "é€“", null)]
    [InlineData("iso-8859-1", "é", null)]
    [InlineData("utf-16", "日本 😀", null)]
    [InlineData("utf-8", "日本 😀", null)]
    [InlineData("gb18030", "日本 é 😀", "utf-8")]
    public async Task ReadAsync_Encoding_IsTheDeclarationsOrTheMappings(string encoding, string text, string? declared)
    {
        var content = $"<?xml version=\"1.0\" encoding=\"{declared ?? encoding}\"?><tickets><ticket><id>1</id><s>{text}</s></ticket></tickets>";
        var format = declared is null ? Format : $"{{type: xml, records: tickets/ticket, encoding: {encoding}}}";

        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: format), [.. encoding == "utf-16" ? Encoding.Unicode.Preamble : [], .. Encoding.GetEncoding(encoding).GetBytes(content)]);

        Assert.Equal(text, Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Subject.Clear);
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-16\"?><tickets/>", "utf-16")]
    [InlineData("<?xml version=\"1.0\" encoding=\"klingon\"?><tickets/>", "klingon")]
    public async Task ReadAsync_DeclarationThatCannotBe_FailsTheFile(string content, string says) =>
        Assert.Contains(says, (await FailsAsync(Format, Encoding.UTF8.GetBytes(content))).Fault.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("<s>a\u0001</s>", 0x01, RejectReason.BrokenRecord)]
    [InlineData("<s>a\u0001</s>", 0x00, RejectReason.NulCharacter)]
    [InlineData("<s>a\u0001</s>", 0xFF, RejectReason.Undecodable)]
    [InlineData("<s a='\u0001'/>", 0xFF, RejectReason.Undecodable)]
    [InlineData("<!-- \u0001 -->", 0xC3, RejectReason.Undecodable)]
    public async Task ReadAsync_ByteThatCannotBeRead_CostsItsRecordOnly(string inner, int bad, string reason)
    {
        var bytes = Encoding.UTF8.GetBytes($"{Head}<ticket><id>1</id></ticket><ticket><id>2</id>{inner}</ticket><ticket><id>3</id><s>é</s></ticket></tickets>");
        var at = Array.IndexOf(bytes, (byte)1);
        bytes[at] = (byte)bad;

        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: Format), bytes);

        Assert.Equal(3, outcomes.Count);
        var rejected = Assert.IsType<RowOutcome.Rejected>(outcomes[1]);
        Assert.Equal(reason, rejected.Reason);
        Assert.True(bad < 0x80 || rejected.Message.Contains($"Byte {at} ", StringComparison.Ordinal), rejected.Message);
        Assert.Equal("é", Assert.IsType<RowOutcome.Mapped>(outcomes[2]).Case.Subject.Clear);
    }

    [Fact]
    public async Task ReadAsync_BadByteBetweenRecords_FailsTheFile()
    {
        var bytes = Encoding.UTF8.GetBytes($"{Head}<ticket><id>1</id></ticket>\u0001<ticket><id>2</id></ticket></tickets>");
        bytes[Array.IndexOf(bytes, (byte)1)] = 0xFF;

        Assert.Contains("Between the records: Byte ", (await FailsAsync(Format, bytes)).Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE tickets [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;\">]><tickets><ticket><id>&b;</id></ticket></tickets>", "DTD")]
    [InlineData("<!DOCTYPE t SYSTEM \"file:///etc/passwd\"><tickets><ticket><id>1</id></ticket></tickets>", "DTD")]
    [InlineData("<tickets><ticket><id>&undeclared;</id></ticket></tickets>", "syntax")]
    [InlineData("<tickets><ticket><id>1</id></tickets>", "Broken XML")]
    [InlineData("<tickets><ticket><id>1</id></ticket>", "ends inside")]
    [InlineData("<tickets><ticket a='1' a='2'><id>1</id></ticket></tickets>", "syntax")]
    [InlineData("<tickets><ticket><id>&#0;</id></ticket></tickets>", "syntax")]
    [InlineData("", "ends inside")]
    [InlineData("id;name", "syntax")]
    public async Task ReadAsync_BrokenOrHostile_FailsTheFileWithoutQuotingIt(string content, string says)
    {
        var failure = await FailsAsync(Format, Encoding.UTF8.GetBytes(content.PadRight(content.Length == 0 ? 0 : 6000)));

        Assert.Contains(says == "ends inside" && content.Length > 0 ? "XML" : says, failure.Fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("undeclared", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_Truncated_DeliversWhatWasReadAndNamesThePlace()
    {
        await using var reader = Reading.Mapping(Reading.Csv("subject: s", format: Format))
            .OpenReader(new MemoryStream(Encoding.UTF8.GetBytes($"{Head}<ticket><id>1</id></ticket>\n<ticket><id>2")), "cases.xml");

        Assert.IsType<RowOutcome.Mapped>(await reader.ReadAsync(CancellationToken.None));
        var failure = await Assert.ThrowsAsync<SourceFormatException>(async () => await reader.ReadAsync(CancellationToken.None));

        Assert.Equal((4, 14), (failure.Fault.Line, failure.Fault.Column));
        Assert.Contains("the file ends inside", failure.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_ElementsTooDeep_CostTheirRecordOnly()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 201)) + string.Concat(Enumerable.Repeat("</a>", 201));
        var sound = string.Concat(Enumerable.Repeat("<a>", 200)) + string.Concat(Enumerable.Repeat("</a>", 200));

        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: Format), $"<tickets><ticket><id>1</id>{deep}</ticket><ticket><id>2</id>{sound}</ticket></tickets>");

        Assert.Equal(RejectReason.BrokenRecord, Assert.IsType<RowOutcome.Rejected>(outcomes[0]).Reason);
        Assert.IsType<RowOutcome.Mapped>(outcomes[1]);
    }

    [Fact]
    public async Task ReadAsync_ManyAttributes_CostTheirRecordOnly()
    {
        var many = string.Concat(Enumerable.Range(0, 257).Select(index => $" a{index}=''"));

        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: Format), $"<tickets><ticket><id>1</id><s{many}/></ticket><ticket><id>2</id></ticket></tickets>");

        Assert.IsType<RowOutcome.Rejected>(outcomes[0]);
        Assert.IsType<RowOutcome.Mapped>(outcomes[1]);
    }

    private static Task<SourceFormatException> FailsAsync(string format, byte[] content) =>
        Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Reading.Csv("subject: s", format: format), content));
}
