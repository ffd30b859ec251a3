using System.Text;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class MailTests
{
    private const string Head = "From: Kim <kim@example.org>\r\nDate: Sun, 01 Mar 2026 10:00:00 +0900\r\nMessage-ID: <1@example.org>\r\nSubject: s\r\n";

    private const string Yaml = """
        source: test
        format: {type: mail}
        time_zone: Etc/UTC
        key: thread
        fields:
          case_number: message_id
          subject: subject
          opened: date
          customer.name: from.name
          customer.emails: from.address
          description: body
          brand: headers.x-brand
          tags: [to.address, "to[*].address", "to[*].name"]
          attachments: {each: attachments, fields: {file_name: name, media_type: type, size_bytes: size}}
        """;

    static MailTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public async Task ReadAsync_WholeMessage_FillsEveryPath()
    {
        const string Content = "Return-Path: <kim@example.org>\r\nFrom: =?ISO-2022-JP?B?GyRCOzNFRBsoQg==?= <kim@example.org>\r\n"
            + "To: \"Desk, Help\" <desk@example.org>,\r\n\tlee@example.org (Lee), undisclosed: a@example.org;\r\nDate: Sun, 1 Mar 2026 10:00:00 +0900 (JST)\r\n"
            + "Message-Id: <2@example.org>\r\nIn-Reply-To: <1@example.org>\r\nReferences: <0@example.org>\r\n <1@example.org>\r\nX-Brand: Acme\r\n"
            + "Subject: =?utf-8?B?5pel5g==?=\r\n =?utf-8?B?nKw=?= and =?iso-8859-1*fr?q?caf=E9_?= =?iso-8859-1?q?noir?= \r\n"
            + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b 1\"\r\n\r\npreamble\r\n--b 1\r\n"
            + "Content-Type: multipart/alternative; boundary=inner\r\n\r\n--inner\r\nContent-Type: text/html\r\n\r\n<p>html\r\n--inner\r\n"
            + "Content-Type: text/plain; charset=\"windows-1252\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ncaf=E9 =\r\n=93x=94\r\nline\r\n--inner\r\n"
            + "Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n--inner--\r\n\r\n--b 1\r\n"
            + "Content-Type: application/pdf; name=\"=?utf-8?Q?ignored?=\"\r\nContent-Disposition: attachment;\r\n filename*0*=utf-8''%E6%97%A5;\r\n filename*1=\".pdf\"\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\nQUJD\r\nREU=\r\n--b 1\r\nContent-Type: message/rfc822\r\n\r\nFrom: x\r\n\r\n--b 1--\r\nepilogue\r\n";

        var row = Assert.IsType<RowOutcome.Mapped>(Assert.Single(await Reading.AllAsync(Yaml, Content)));

        Assert.Equal(("0@example.org", "2@example.org"), (row.LocalId, row.Case.CaseNumber.Clear));
        Assert.Equal("日本 and café noir", row.Case.Subject.Clear);
        Assert.Equal(("山田", "kim@example.org", "Acme"), (row.Case.Customer.Name.Clear, Assert.Single(row.Case.Customer.Emails).Clear, row.Case.Brand));
        Assert.Equal(new DateTime(2026, 3, 1, 1, 0, 0, DateTimeKind.Utc), row.Case.Opened.At.ToDateTime());
        Assert.Equal("café “x”\nline", row.Case.Description.Clear);
        Assert.Equal(["desk@example.org", "lee@example.org", "a@example.org", "Desk, Help", "Lee"], row.Case.Tags.Select(tag => tag.Clear));
        Assert.Equal(["日.pdf application/pdf 5", " message/rfc822 8"], row.Case.Attachments.Select(file => $"{file.FileName?.Clear} {file.MediaType} {file.SizeBytes}"));
    }

    [Theory]
    [InlineData("Sun, 01 Mar 2026 10:00:00 +0900", "2026-03-01T01:00:00")]
    [InlineData("1 Mar 26 10:00 EST", "2026-03-01T15:00:00")]
    [InlineData("Sunday, 1-March-2026 10:00:00 GMT", "2026-03-01T10:00:00")]
    [InlineData("Fri, 1 Mar 99 10:00:00 -0000", "1999-03-01T10:00:00")]
    public async Task ReadAsync_Date_IsTheInstant(string date, string utc) =>
        Assert.Equal(utc, (await MappedAsync(Head.Replace("Sun, 01 Mar 2026 10:00:00 +0900", date, StringComparison.Ordinal) + "\r\nx")).Opened.At.ToDateTime().ToString("s"));

    [Theory]
    [InlineData("Sun, 01 Mar 2026 10:00:00 IST")]
    [InlineData("Sun, 01 Mar 2026 10:00:00 A")]
    [InlineData("Sun, 31 Feb 2026 10:00:00 +0000")]
    [InlineData("yesterday")]
    public async Task ReadAsync_DateThatNobodyKnows_IsNotGuessed(string date) =>
        Assert.Equal(RejectReason.BadTime, (await RejectedAsync(Head.Replace("Sun, 01 Mar 2026 10:00:00 +0900", date, StringComparison.Ordinal) + "\r\nx")).Reason);

    [Theory]
    [InlineData("us-ascii", "plain", "us-ascii")]
    [InlineData("gb2312", "中文", "gb2312")]
    [InlineData("iso-2022-jp", "表", "iso-2022-jp")]
    [InlineData("koi8-r", "Привет", "koi8-r")]
    [InlineData("ks_c_5601-1987", "한글", "ks_c_5601-1987")]
    [InlineData("utf-8", "日本", "")]
    [InlineData("utf-8", "日本", "x-unknown")]
    [InlineData("utf-8", "日本", "us-ascii")]
    [InlineData("windows-1252", "“curly”", "ISO-8859-1")]
    public async Task ReadAsync_Charset_IsTheOneNamedOrUtf8(string encoding, string text, string named)
    {
        byte[] content = [.. Encoding.ASCII.GetBytes(Head + (named.Length > 0 ? $"Content-Type: text/plain; charset={named}\r\n\r\n" : "\r\n")), .. Encoding.GetEncoding(encoding).GetBytes(text)];

        var outcome = Assert.Single(await Reading.AllAsync(Yaml, content));

        Assert.Equal(text, Assert.IsType<RowOutcome.Mapped>(outcome).Case.Description.Clear);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Content-Type: text/plain; charset=us-ascii\r\n")]
    [InlineData("Content-Type: text/plain; charset=utf-8\r\n")]
    [InlineData("Content-Type: text/plain; charset=utf-7\r\n")]
    [InlineData("Content-Type: text/plain; charset=x-unknown\r\n")]
    [InlineData("Subject: =?utf-8?Q?=FF?=\r\n")]
    public async Task ReadAsync_BytesThatNobodyKnows_AreNotGuessed(string header) =>
        Assert.Equal(
            RejectReason.Undecodable,
            Assert.IsType<RowOutcome.Rejected>(Assert.Single(await Reading.AllAsync(Yaml, [.. Encoding.ASCII.GetBytes($"{header}{Head}\r\ncaf"), 0xE9, (byte)'.']))).Reason);

    [Fact]
    public async Task ReadAsync_EncodingOfTheMapping_IsTakenWhereTheMessageNamesNone()
    {
        var yaml = Yaml.Replace("{type: mail}", "{type: mail, encoding: windows-1252}", StringComparison.Ordinal);

        var outcomes = await Reading.AllAsync(yaml, Encoding.Latin1.GetBytes(Head.Replace("Subject: s", "Subject: é", StringComparison.Ordinal) + "\r\ncafé."));

        Assert.Equal(("é", "café."), (Assert.IsType<RowOutcome.Mapped>(outcomes[0]).Case.Subject.Clear, ((RowOutcome.Mapped)outcomes[0]).Case.Description.Clear));
    }

    [Theory]
    [InlineData("<html><head><title>t</title><style>p{}</style></head><body><p>One<br>two</p>\r\n<script>x()</script><ul><li>a</li><li>b &amp; c&nbsp;&#233;</ul><!-- c --><table><tr><td>1</td><td>2</td></tr></table></body></html>", "One\ntwo\na\nb & c é\n1 2")]
    [InlineData("a < b <unclosed", "a < b")]
    [InlineData("x<!-- never closed", "x")]
    [InlineData("x<a href=\"a>b\">y</a>", "xy")]
    public async Task ReadAsync_HtmlOnly_IsReducedToItsText(string html, string text) =>
        Assert.Equal(text, (await MappedAsync($"{Head}Content-Type: text/html\r\n\r\n{html}")).Description.Clear);

    [Theory]
    [InlineData("format=flowed", "It hums \r\nat night.\r\n\r\nStill \r\n> It \r\n> stopped?\r\n>> Yes.\r\n \u003efrom\r\n-- \r\nAnn", "It hums at night.\n\nStill \n> It stopped?\n>> Yes.\n>from\n-- \nAnn")]
    [InlineData("Format=Flowed; DelSp=Yes", "異音が \r\nする", "異音がする")]
    [InlineData("charset=utf-8", "It hums \r\nat night.", "It hums \nat night.")]
    public async Task ReadAsync_FlowedText_HasItsParagraphsPutTogether(string parameters, string text, string expected) =>
        Assert.Equal(expected, (await MappedAsync($"{Head}Content-Type: text/plain; {parameters}\r\n\r\n{text}")).Description.Clear);

    [Fact]
    public async Task ReadAsync_TextsBesideAttachments_AreAllTheBody()
    {
        const string Content = Head + "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nfirst\r\n--c\r\nContent-Type: image/png\r\n\r\nx\r\n--c\r\n\r\nsecond\r\n--c\r\n"
            + "Content-Type: text/plain; name=log.txt\r\n\r\nlog\r\n--c--\r\n--b\r\nContent-Type: application/pgp-signature; name=s.asc\r\n\r\nxx\r\n--b--\r\n";

        var mapped = await MappedAsync(Content);

        Assert.Equal("first\nsecond", mapped.Description.Clear);
        Assert.Equal(["image/png", "text/plain", "application/pgp-signature"], mapped.Attachments.Select(file => file.MediaType));
    }

    [Fact]
    public async Task ReadAsync_Mbox_GivesEachMessage()
    {
        const string Content = "From kim@example.org Sun Mar  1 10:00:00 2026\n" + Head + "\r\nOne\r\n>From here\r\n\r\nFrom now on\r\nFrom 10:00 on\r\n\r\n"
            + "From - Sun Mar  1 10:00:00 2026\nnot a header\n\nbroken\n\nFrom - Sun Mar  1 10:00:00 2026\nSubject: last\nMessage-ID: <3@x>\n\nThree\n";

        var outcomes = await Reading.AllAsync(Yaml, Content);

        Assert.Equal(["1@example.org", "", "3@x"], outcomes.Select(row => (row as RowOutcome.Mapped)?.LocalId ?? ""));
        Assert.Equal("One\nFrom here\n\nFrom now on\nFrom 10:00 on", ((RowOutcome.Mapped)outcomes[0]).Case.Description.Clear);
        Assert.Equal([1L, 13, 18], outcomes.Select(row => row.Position.Line));
        var rejected = (RowOutcome.Rejected)outcomes[1];
        Assert.Equal("From - Sun Mar  1 10:00:00 2026\nnot a header\n\nbroken\n\n", Encoding.ASCII.GetString(rejected.RawRecord.Span));
        Assert.Equal(Content.IndexOf("From - Sun", StringComparison.Ordinal), rejected.Position.ByteOffset);
    }

    [Theory]
    [InlineData("Answer\n\nOn Sun, Mar 1, 2026 at 10:00 Kim <k@x.org> wrote:\n> quoted\n> more\n\nBelow", "Answer\n\n\nBelow")]
    [InlineData("Answer\n\nOn Sun, Mar 1, 2026 at 10:00\nKim <k@x.org> wrote:\n\nquoted without signs", "Answer")]
    [InlineData("Answer\n-----Original Message-----\nFrom: Kim\nold", "Answer")]
    [InlineData("Antwort\nAm 01.03.2026 um 10:00 schrieb Kim:\n> alt", "Antwort")]
    [InlineData("As Kim wrote:\nit is broken\n> x", "As Kim wrote:\nit is broken")]
    public async Task ReadAsync_QuotedDropped_LeavesWhatTheAuthorWrote(string body, string kept)
    {
        var yaml = Yaml.Replace("{type: mail}", "{type: mail, quoted: drop}", StringComparison.Ordinal);

        Assert.Equal(kept, Assert.IsType<RowOutcome.Mapped>(Assert.Single(await Reading.AllAsync(yaml, $"{Head}\r\n{body}"))).Case.Description.Clear);
        Assert.Equal(body, (await MappedAsync($"{Head}\r\n{body}")).Description.Clear);
    }

    [Theory]
    [InlineData("", RejectReason.BrokenRecord)]
    [InlineData("just some text\n", RejectReason.BrokenRecord)]
    [InlineData("a: b\n\ntext", RejectReason.BrokenRecord)]
    [InlineData(Head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ncut off", RejectReason.BrokenRecord)]
    [InlineData(Head + "Content-Type: multipart/mixed\r\n\r\nx", RejectReason.BrokenRecord)]
    [InlineData(Head + "Content-Transfer-Encoding: base64\r\n\r\n!!!", RejectReason.BrokenRecord)]
    [InlineData(Head + "Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin", RejectReason.BrokenRecord)]
    [InlineData("Subject: no id\r\n\r\nx", RejectReason.MissingKey)]
    public async Task ReadAsync_BrokenMessage_IsRejected(string content, string reason) =>
        Assert.Equal(reason, (await RejectedAsync(content)).Reason);

    [Fact]
    public async Task ReadAsync_PartsTooDeep_AreRejected()
    {
        var parts = Enumerable.Range(0, 40).Select(depth => $"Content-Type: multipart/mixed; boundary=b{depth}\r\n\r\n--b{depth}\r\n");

        Assert.Contains("deep", (await RejectedAsync(Head + string.Concat(parts))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_LargeAttachment_IsMeasuredNotHeld()
    {
        var head = Head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        await using var reader = Reading.Mapping(Yaml).OpenReader(new GeneratedStream(head, 100_000_000, "\r\n--b--\r\n"), "large.eml");

        var mapped = Assert.IsType<RowOutcome.Mapped>(await reader.ReadAsync(CancellationToken.None)).Case;

        Assert.Equal(("text", 75_000_000ul), (mapped.Description.Clear, mapped.Attachments[0].SizeBytes));
    }

    [Theory]
    [InlineData(Head + "X-Long: ", "headers")]
    [InlineData(Head + "\r\n", "texts")]
    public async Task ReadAsync_TooLarge_IsPassedOver(string head, string says)
    {
        await using var reader = Reading.Mapping(Yaml).OpenReader(
            new GeneratedStream("From - 10:00\n" + head, 50_000_000, "\n\nFrom - 10:00\nSubject: x\nMessage-ID: <3@x>\n\nb\n"), "large.mbox");
        var outcomes = await Reading.AllAsync(reader);

        var rejected = Assert.IsType<RowOutcome.Rejected>(outcomes[0]);
        Assert.Equal(RejectReason.TooLarge, rejected.Reason);
        Assert.Contains(says, rejected.Message, StringComparison.Ordinal);
        Assert.Equal("3@x", Assert.IsType<RowOutcome.Mapped>(outcomes[1]).LocalId);
    }

    [Fact]
    public async Task ReadAsync_OneByteAtATime_GivesTheSame()
    {
        var bytes = Encoding.UTF8.GetBytes("From - 10:00\n" + Head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntéxt\r\n--b--\r\n\r\nFrom - 10:00\nSubject: x\nMessage-ID: <3@x>\n\nb");
        await using var whole = Reading.Mapping(Yaml).OpenReader(new MemoryStream(bytes), "a.mbox");
        await using var dripping = Reading.Mapping(Yaml).OpenReader(new DrippingStream(bytes), "a.mbox");
        var expected = await Reading.AllAsync(whole);

        Assert.Equal(2, expected.OfType<RowOutcome.Mapped>().Count());
        Assert.Equal(expected, await Reading.AllAsync(dripping));
    }

    private static async Task<Contracts.Case> MappedAsync(string content) =>
        Assert.IsType<RowOutcome.Mapped>(Assert.Single(await Reading.AllAsync(Yaml, content))).Case;

    private static async Task<RowOutcome.Rejected> RejectedAsync(string content) =>
        Assert.IsType<RowOutcome.Rejected>(Assert.Single(await Reading.AllAsync(Yaml, content)));
}
