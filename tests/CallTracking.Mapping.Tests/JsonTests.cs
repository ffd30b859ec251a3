using System.Text;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class JsonTests
{
    private const string Json = "{type: json, encoding: utf-8, records: data.tickets}";
    private const string Lines = "{type: jsonl, encoding: utf-8}";

    [Theory]
    [InlineData("{type: json}", """[{"id":1,"s":"a"},{"id":2,"s":"b"}]""")]
    [InlineData(Json, """{"meta":{"tickets":[{"id":9}]},"data":{"n":[1,{"x":"]"}],"tickets":[ {"id":1,"s":"a"} , {"id":2,"s":"b"} ],"more":"\"}"},"users":[]}""")]
    [InlineData("{type: json, records: \"$.data.tickets[*]\"}", """{"data":{"tickets":[{"id":1,"s":"a"},{"id":2,"s":"b"}]}}""")]
    [InlineData(Lines, "{\"id\":1,\"s\":\"a\"}\n{\"id\":2,\"s\":\"b\"}")]
    public async Task ReadAsync_ArrayOrLines_GivesEachRecord(string format, string content)
    {
        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: format), content);

        Assert.Equal(["1:a", "2:b"], outcomes.Cast<RowOutcome.Mapped>().Select(row => $"{row.LocalId}:{row.Case.Subject.Clear}"));
    }

    [Fact]
    public async Task ReadAsync_EmptyArray_HasNoRecords() =>
        Assert.Empty(await Reading.AllAsync(Reading.Csv("subject: s", format: "{type: json}"), " [ ] "));

    [Theory]
    [InlineData("{type: json}", "[", ",\n", "]")]
    [InlineData(Json, "{\"data\":{\"tickets\":[", ",\n", "],\"more\":1}}")]
    [InlineData("{type: json, encoding: utf-16}", "[", ",\n", "]")]
    [InlineData(Lines, "", "\n", "")]
    public async Task ReadAsync_RecordNestedTooDeep_CostsItOnlyAndSaysWhere(string format, string head, string between, string tail)
    {
        const int Levels = 100_000;
        var deep = "{\"id\":2,\"s\":" + new string('[', Levels) + new string(']', Levels) + "}";
        var text = head + "{\"id\":1,\"s\":\"a\"}" + between + deep + between + "{\"id\":3,\"s\":\"c\"}" + tail;
        var encoding = format.Contains("utf-16", StringComparison.Ordinal) ? Encoding.Unicode : Encoding.UTF8;

        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: format), encoding.GetBytes(text));

        Assert.Equal(["Mapped", "Rejected", "Mapped"], outcomes.Select(row => row.GetType().Name));
        var rejected = (RowOutcome.Rejected)outcomes[1];
        Assert.Equal(RejectReason.BrokenRecord, rejected.Reason);
        Assert.Equal($"The record is nested deeper than 64 levels at byte {encoding.GetByteCount(deep[..75])} of it.", rejected.Message);
        Assert.Equal((2, 2, encoding.GetByteCount(text[..text.IndexOf(deep, StringComparison.Ordinal)])), (rejected.Position.Row, rejected.Position.Line, rejected.Position.ByteOffset));
    }

    [Theory]
    [InlineData("]}{")]
    [InlineData("]]")]
    [InlineData("\"")]
    public async Task ReadAsync_RecordNestedTooDeepAndBroken_EndsTheArray(string end)
    {
        var content = "[{\"id\":1},{\"id\":2,\"s\":" + new string('[', 100) + new string(']', 98) + end + "]},{\"id\":3}]";

        var failure = await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Reading.Csv("subject: s", format: "{type: json}"), content));

        Assert.StartsWith("Broken JSON at byte ", failure.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_NestedTicket_FillsMessagesFieldsAndTags()
    {
        var yaml = Reading.Csv(
            """
            channel: {from: via.channel, values: {voice: phone, web: web_form}}
            customer.emails: [requester.email, 'requester[''e.mail'']']
            product.serial: custom_fields[id=360003].value
            tags: tags
            agent.name: comments[0].author.name
            satisfaction.csat: {from: satisfaction_rating.score, scale: [0, 1], values: {good: 1, bad: 0, offered: null, unoffered: null}}
            messages:
              each: comments
              where: {from: hidden, not_equals: "true"}
              fields:
                body: body
                at: created_at
                visibility: {from: public, values: {"true": public, "false": internal}}
                author_role: {from: role, values: {end-user: customer, agent: agent}}
                author_employee: {from: author.name, when: {from: role, equals: agent}}
                channel: {from: ^.via.channel, values: {voice: phone, web: web_form}}
            """,
            format: "{type: json}");
        const string Content = """
            [{"id":7,"via":{"channel":"voice"},"requester":{"email":"a@example.org","e.mail":"b@example.org"},"tags":["x","y"],
              "custom_fields":[{"id":1,"value":"no"},{"id":360003,"value":"SN-1"}],"satisfaction_rating":{"score":"good"},
              "comments":[{"body":"Hello","created_at":"2026-03-01T10:00:00Z","public":true,"role":"agent","author":{"name":"Kim"},"hidden":false},
                          {"body":"Note","created_at":"2026-03-01T10:01:00Z","public":false,"role":"end-user","author":{"name":"Lee"}},
                          {"body":"Secret","hidden":true}]}]
            """;

        var mapped = Assert.IsType<RowOutcome.Mapped>(Assert.Single(await Reading.AllAsync(yaml, Content))).Case;

        Assert.Equal(["a@example.org", "b@example.org"], mapped.Customer.Emails.Select(email => email.Clear));
        Assert.Equal(("SN-1", "Kim", 100.0), (mapped.Product.Serial.Clear, mapped.Agent.Name.Clear, mapped.Satisfaction.CsatScore));
        Assert.Equal(["x", "y"], mapped.Tags.Select(tag => tag.Clear));
        Assert.Equal(["Hello", "Note"], mapped.Messages.Select(message => message.Body.Clear));
        Assert.Equal([Visibility.Public, Visibility.Internal], mapped.Messages.Select(message => message.Visibility));
        Assert.Equal([AuthorRole.Agent, AuthorRole.Customer], mapped.Messages.Select(message => message.AuthorRole));
        Assert.Equal("Kim", mapped.Messages[0].AuthorEmployee.Clear);
        Assert.Null(mapped.Messages[1].AuthorEmployee);
        Assert.All(mapped.Messages, message => Assert.Equal(Channel.Phone, message.Channel));
    }

    [Fact]
    public async Task ReadAsync_BrokenAtAByte_DeliversWhatIsBeforeAndNamesThePlace()
    {
        await using var reader = Reading.Mapping(Reading.Csv("subject: s", format: "{type: json}"))
            .OpenReader(new MemoryStream("[{\"id\":1},\n{\"id\":2, oops}]"u8.ToArray()), "cases.json");

        Assert.IsType<RowOutcome.Mapped>(await reader.ReadAsync(CancellationToken.None));
        var failure = await Assert.ThrowsAsync<SourceFormatException>(async () => await reader.ReadAsync(CancellationToken.None));

        Assert.Contains("byte 20", failure.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, failure.Fault.Line);
    }

    [Theory]
    [InlineData("""[{"id":1},{"id":2""", "ends inside a value")]
    [InlineData("""[{"id":1},""", "ends inside the array")]
    [InlineData("""[{"id":1} {"id":2}]""", "expected ','")]
    [InlineData("""[{"id":1},]""", "expected a record")]
    [InlineData("""[{"id":1}] x""", "more behind the end")]
    [InlineData("""{"id":1}""", "array of records")]
    public async Task ReadAsync_BrokenStructure_FailsTheFile(string content, string says) =>
        Assert.Contains(
            says,
            (await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Reading.Csv("subject: s", format: "{type: json}"), content))).Fault.Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"data":{"ticket":[]}}""", "'ticket'")]
    [InlineData("""{"data":{"tickets":[{"id":1}],"tickets":[{"id":2}]}}""", "")]
    public async Task ReadAsync_RecordsNotWhereTheMappingSays_FailsTheFile(string content, string cure) =>
        Assert.Contains(
            cure,
            (await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Reading.Csv("subject: s", format: Json), content))).Fault.Cure,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"id\":1,", RejectReason.BrokenRecord)]
    [InlineData("[1]", RejectReason.BrokenRecord)]
    [InlineData("{\"id\":1,\"s\":\"a\\u0000b\"}", RejectReason.NulCharacter)]
    [InlineData("{\"id\":1,\"s\":\"\\ud800\"}", RejectReason.Undecodable)]
    [InlineData("{\"id\":1,\"s\":{\"x\":1}}", RejectReason.BadValue)]
    [InlineData("{\"id\":1,\"s\":[\"a\",\"b\"]}", RejectReason.BadValue)]
    [InlineData("{\"id\":null,\"s\":\"a\"}", RejectReason.MissingKey)]
    public async Task ReadAsync_BadLine_IsRejectedAndTheNextIsRead(string line, string reason)
    {
        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: Lines), $"\n{line}\n{{\"id\":2,\"s\":\"sound\"}}\n");

        Assert.IsType<RowOutcome.Blank>(outcomes[0]);
        Assert.Equal(reason, Assert.IsType<RowOutcome.Rejected>(outcomes[1]).Reason);
        Assert.Equal("sound", Assert.IsType<RowOutcome.Mapped>(outcomes[2]).Case.Subject.Clear);
    }

    [Theory]
    [InlineData(Lines, "", "\n", "\n")]
    [InlineData("{type: json}", "[", ",", "]")]
    public async Task ReadAsync_ByteThatIsNoUtf8_RejectsThatRecordOnly(string format, string start, string between, string end)
    {
        byte[] content =
        [
            .. Encoding.UTF8.GetBytes(start + "{\"id\":1,\"s\":\""), 0xFF,
            .. Encoding.UTF8.GetBytes("\"}" + between + "{\"id\":2,\"s\":\"b\"}" + end),
        ];

        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: format), content);

        Assert.Equal(RejectReason.Undecodable, Assert.IsType<RowOutcome.Rejected>(outcomes[0]).Reason);
        Assert.IsType<RowOutcome.Mapped>(outcomes[1]);
    }

    [Theory]
    [InlineData("json", "[{\"id\":1,\"s\":\"", "\"},{\"id\":2,\"s\":\"b\"}]")]
    [InlineData("jsonl", "{\"id\":1,\"s\":\"", "\"}\n{\"id\":2,\"s\":\"b\"}\n")]
    public async Task ReadAsync_RecordOverTheLimit_IsPassedOver(string type, string head, string tail)
    {
        var mapping = Reading.Mapping(Reading.Csv("subject: s", format: $"{{type: {type}}}"));

        await using var reader = mapping.OpenReader(new GeneratedStream(head, 50_000_000, tail), "cases.json");
        var outcomes = await Reading.AllAsync(reader);

        Assert.Equal(RejectReason.TooLarge, Assert.IsType<RowOutcome.Rejected>(outcomes[0]).Reason);
        Assert.Equal("b", Assert.IsType<RowOutcome.Mapped>(outcomes[1]).Case.Subject.Clear);
    }

    [Theory]
    [InlineData("{type: json, records: d}", "{\"x\":[\"]\\\"\"],\"d\":[{\"id\":1,\"s\":\"a\\\\\"},\n {\"id\":2,\"s\":\"日本}\"},{\"id\":3}],\"y\":1.5e3} ")]
    [InlineData("{type: jsonl}", "{\"id\":1,\"s\":\"a\\\\\"}\r\n\n{\"id\":2,\"s\":\"日本}\"}\n{\"id\":3}")]
    public async Task ReadAsync_OneByteAtATime_GivesTheSame(string format, string content)
    {
        var mapping = Reading.Mapping(Reading.Csv("subject: s", format: format));
        var bytes = Encoding.UTF8.GetBytes(content);

        await using var whole = mapping.OpenReader(new MemoryStream(bytes), "cases.json");
        await using var dripping = mapping.OpenReader(new DrippingStream(bytes), "cases.json");
        var expected = await Reading.AllAsync(whole);

        Assert.Equal(expected, await Reading.AllAsync(dripping));
        Assert.Equal(["1:a\\", "2:日本}", "3:"], expected.OfType<RowOutcome.Mapped>().Select(row => $"{row.LocalId}:{row.Case.Subject?.Clear}"));
    }

    [Fact]
    public async Task ReadAsync_Utf16_IsReadThroughUtf8()
    {
        var outcomes = await Reading.AllAsync(
            Reading.Csv("subject: s", format: "{type: json, encoding: utf-16}"), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("[{\"id\":1,\"s\":\"日本\"}]")]);

        Assert.Equal("日本", Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Subject.Clear);
    }

    /// <summary>The record as the file writes it: what is counted there can be found in it.</summary>
    [Theory]
    [InlineData("utf-16", "jsonl", 2)]
    [InlineData("utf-16BE", "jsonl", 2)]
    [InlineData("utf-16", "json", 2)]
    [InlineData("utf-32", "json", 4)]
    public async Task ReadAsync_CharacterThatWideTextLacks_IsToldByTheEncodingAndItsOwnBytes(string name, string type, int width)
    {
        const string Sound = "{\"id\":1,\"s\":\"日本\"}";
        const string Start = "{\"id\":2,\"s\":\"日本";
        var encoding = Encoding.GetEncoding(name);
        byte[] half = name switch { "utf-32" => [0x00, 0xD8, 0x00, 0x00], "utf-16BE" => [0xD8, 0x00], _ => [0x00, 0xD8] };
        var (open, between, close) = type == "json" ? ("[", ",", "]") : (string.Empty, "\n", "\n");

        var outcomes = await Reading.AllAsync(
            Reading.Csv("subject: s", format: $"{{type: {type}, encoding: {name}}}"),
            [.. encoding.GetBytes(open + Sound + between + Start), .. half, .. encoding.GetBytes("\"}" + between + Sound.Replace('1', '3') + close)]);

        var rejected = Assert.Single(outcomes.OfType<RowOutcome.Rejected>());
        Assert.Equal((RejectReason.Undecodable, $"Byte {Start.Length * width} of the record is not {name}."), (rejected.Reason, rejected.Message));
        Assert.Equal(["1", "3"], outcomes.OfType<RowOutcome.Mapped>().Select(row => row.LocalId));
    }

    [Fact]
    public async Task ReadAsync_WideTextThatIsNoJson_IsToldByTheBytesOfTheFile()
    {
        var outcomes = await Reading.AllAsync(Reading.Csv("subject: s", format: "{type: jsonl, encoding: utf-16}"), Encoding.Unicode.GetBytes("{\"id\":1,\"s\":\"日本\" x}\n"));

        Assert.Equal("Not JSON at byte 34 of the record.", Assert.IsType<RowOutcome.Rejected>(Assert.Single(outcomes)).Message);
    }

    [Theory]
    [InlineData("utf-16", "json")]
    [InlineData("utf-16BE", "jsonl")]
    [InlineData("utf-32", "jsonl")]
    [InlineData("utf-32BE", "json")]
    public async Task ReadAsync_WideTextWithoutAMark_IsToldWhereTheMappingSaysAnotherEncoding(string name, string type)
    {
        var content = Encoding.GetEncoding(name).GetBytes(type == "json" ? "[{\"id\":1}]" : "{\"id\":1}\n");

        var fault = (await Assert.ThrowsAsync<SourceFormatException>(() => Reading.AllAsync(Reading.Csv("subject: s", format: $"{{type: {type}}}"), content))).Fault;

        Assert.Equal(($"The file begins as {name} does, the mapping says utf-8.", $"Write encoding: {name} under format in the mapping."), (fault.Message, fault.Cure));
    }

    [Fact]
    public async Task ReadAsync_NumbersOfJson_KeepThePointInAnyCulture()
    {
        var yaml = Reading.Csv("satisfaction.ces: n", more: "culture: de-DE", format: "{type: json}");

        var outcomes = await Reading.AllAsync(yaml, """[{"id":1,"n":4.5},{"id":2,"n":"4,5"},{"id":3,"n":"4.5"}]""");

        Assert.Equal([4.5, 4.5], outcomes.OfType<RowOutcome.Mapped>().Select(row => row.Case.Satisfaction.Ces));
        Assert.Equal(RejectReason.BadValue, Assert.IsType<RowOutcome.Rejected>(outcomes[2]).Reason);
    }

    [Fact]
    public async Task ReadAsync_UnmappedKept_SurvivesTypedUnderItsName()
    {
        var yaml = Reading.Csv("subject: s\ntags: c[0].t\nbrand: m.b", more: "unmapped: keep", format: "{type: json}");

        var outcomes = await Reading.AllAsync(
            yaml, """[{"id":1,"s":"a","z":true,"n":12,"m":{"b":"taken","x":1.5,"y":"t"},"l":["p","q"],"e":"","o":null,"c":[{"t":"taken"}]}]""");

        var fields = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.CustomFields;
        Assert.Equal(["l", "m.x", "m.y", "n", "z"], fields.Select(field => field.Name));
        Assert.Equal((12, 1.5, "t", true), (fields[3].Integer, fields[1].Number, fields[2].Text.Clear, fields[4].Flag));
        Assert.All(fields, field => Assert.Equal(DataClass.Unspecified, field.DataClass));
    }

    [Theory]
    [InlineData("jane.doe@example.com")]
    [InlineData("0176 1234 5678")]
    [InlineData("K-8842190")]
    [InlineData("+49 176 Mobil")]
    [InlineData("line\\nbreak")]
    [InlineData("")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm")]
    public async Task ReadAsync_UnmappedNameThatCouldBeAValue_KeepsTheValueWithoutIt(string name)
    {
        var yaml = Reading.Csv("subject: s", more: "unmapped: keep", format: "{type: json}");

        var outcomes = await Reading.AllAsync(yaml, $$$"""[{"id":1,"s":"a","people":{"{{{name}}}":{"city":"Kobe"},"old":"x"}}]""");

        var fields = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.CustomFields;
        Assert.Equal([("people.old", "x"), ("unnamed-1", "Kobe")], fields.Select(field => (field.Name, field.Text.Clear)));
    }

    [Theory]
    [InlineData("氏名（カナ）")]
    [InlineData("Größe [cm] / Breite #2")]
    [InlineData("q_12-a")]
    [InlineData("2024")]
    public async Task ReadAsync_UnmappedNameLikeAColumns_IsKept(string name)
    {
        var yaml = Reading.Csv("subject: s", more: "unmapped: keep", format: "{type: json}");

        var outcomes = await Reading.AllAsync(yaml, $$"""[{"id":1,"s":"a","{{name}}":"x"}]""");

        Assert.Equal(name, Assert.Single(Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.CustomFields).Name);
    }

    [Fact]
    public async Task ReadAsync_UnmappedNameTwice_KeepsBothValues()
    {
        var yaml = Reading.Csv("subject: s", more: "unmapped: keep", format: "{type: json}");

        var outcomes = await Reading.AllAsync(yaml, """[{"id":1,"s":"a","x":"first","x":"second","unnamed-2":"third"}]""");

        var fields = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.CustomFields;
        Assert.Equal(["first", "second", "third"], fields.Select(field => field.Text.Clear).Order(StringComparer.Ordinal));
        Assert.Equal(3, fields.Select(field => field.Name).Distinct().Count());
    }

    [Fact]
    public async Task ReadAsync_UnmappedArray_IsWrittenInItsOwnCharacters()
    {
        var yaml = Reading.Csv("subject: s", more: "unmapped: keep", format: "{type: json}");

        var outcomes = await Reading.AllAsync(
            yaml, """[{"id":1,"s":"a","l":["Max\nMuster\u006dann","\"J\u00fcrgen\" \ud83d\ude00",1.5,null,"",true,{"an":"x","of":[],"b":["y","z"],"n":null}],"e":[null,[]]}]""");

        var field = Assert.Single(Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.CustomFields);
        Assert.Equal("Max\nMustermann, \"Jürgen\" 😀, 1.5, true, (an: x, b: (y, z))", field.Text.Clear);
    }

    [Theory]
    [InlineData("""["\u0000"]""", RejectReason.NulCharacter)]
    [InlineData("""[{"\u0000":1}]""", RejectReason.NulCharacter)]
    [InlineData("""["\ud83d"]""", RejectReason.Undecodable)]
    public async Task ReadAsync_UnmappedArrayThatNoCaseCanHold_IsRejected(string array, string reason)
    {
        var yaml = Reading.Csv("subject: s", more: "unmapped: keep", format: "{type: json}");

        var outcomes = await Reading.AllAsync(yaml, $$"""[{"id":1,"s":"a","l":{{array}}}]""");

        Assert.Equal(reason, Assert.IsType<RowOutcome.Rejected>(Assert.Single(outcomes)).Reason);
    }

    [Theory]
    [InlineData("""{"id":1,"a":[{"b":"x","k":7},{"b":"y","k":8}],"t":["p"]}""", "x,y", "x", "y", "p")]
    [InlineData("""{"id":1,"a":{"b":"x","k":8},"t":"p"}""", "x", "x", "x", "p")]
    [InlineData("""{"id":1,"a":null,"t":null}""", "", "", "", "")]
    public async Task ReadAsync_OneObjectWhereAnArrayIsExpected_IsAnArrayOfOne(string content, string all, string first, string chosen, string tags)
    {
        var yaml = Reading.Csv(
            """
            subject: {join: "a[*].b", with: ","}
            description: a[0].b
            resolution: a[k=8].b
            tags: t[*]
            messages: {each: a, fields: {body: b}}
            agent.name: a[1].missing
            """,
            format: Lines);

        var mapped = Assert.IsType<RowOutcome.Mapped>(Assert.Single(await Reading.AllAsync(yaml, content))).Case;

        Assert.Equal((all, first, chosen), (mapped.Subject?.Clear ?? "", mapped.Description?.Clear ?? "", mapped.Resolution?.Clear ?? ""));
        Assert.Equal(tags, string.Join(',', mapped.Tags.Select(tag => tag.Clear)));
        Assert.Equal(all, string.Join(',', mapped.Messages.Select(message => message.Body.Clear)));
    }

    [Theory]
    [InlineData("""{"id":1,"n":"x","c":"plain"}""")]
    [InlineData("""{"id":1,"n":{"@lang":"de","#text":"x"},"c":{"@by":"Kim","#text":"plain"}}""")]
    [InlineData("""{"id":1,"n":{"#text":"x"},"c":["plain"]}""")]
    public async Task ReadAsync_TextWithOrWithoutAttributes_IsTheText(string content)
    {
        var yaml = Reading.Csv("subject: n\ndescription: n.#text\nmessages: {each: c, fields: {body: \"#text\", author_employee: \"@by\"}}", format: Lines);

        var mapped = Assert.IsType<RowOutcome.Mapped>(Assert.Single(await Reading.AllAsync(yaml, content))).Case;

        Assert.Equal(("x", "x", "plain"), (mapped.Subject.Clear, mapped.Description.Clear, Assert.Single(mapped.Messages).Body.Clear));
    }

    [Fact]
    public async Task ReadAsync_TextsWhereObjectsAreExpected_IsRejected() =>
        Assert.Equal(
            RejectReason.BadValue,
            Assert.IsType<RowOutcome.Rejected>(Assert.Single(await Reading.AllAsync(
                Reading.Csv("messages: {each: c, fields: {body: b}}", format: Lines), """{"id":1,"c":["plain"]}"""))).Reason);
}
