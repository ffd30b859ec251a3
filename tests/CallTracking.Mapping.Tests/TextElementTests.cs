using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Lists made from texts: journals, repeated columns, lists in a cell.</summary>
public sealed class TextElementTests
{
    private const string Journal = """
        messages:
          each: [comments, work_notes]
          split_by: '(?<at>\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) - (?<author>[^\n(]+) \((?<kind>[^)\n]+)\)\n'
          reverse: true
          fields:
            at: {from: at, format: "yyyy-MM-dd HH:mm:ss"}
            body: text
            author_employee: {from: author, when: {from: kind, equals: Work notes}}
            visibility: {from: kind, values: {Additional comments: public, Work notes: internal}}
            author_role: {from: author, values: {System: system}, unknown: agent}
        """;

    [Fact]
    public async Task Each_OfAJournalInOneCell_GivesItsEntriesOldestFirst()
    {
        var outcomes = await Reading.AllAsync(
            Reading.Csv(Journal, zone: "Europe/Berlin"),
            "id,comments,work_notes\n1,\"2016-12-12 15:20:11 - Abel Tuter (Additional comments)\nIt is (still) broken\n\n2016-12-11 09:00:00 - System (Additional comments)\nOpened\n\n\",\"2016-12-10 08:00:00 - Ann Lee (Work notes)\nSeen\n\n\"\n");

        var messages = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Messages;
        Assert.Equal(["Seen", "Opened", "It is (still) broken"], messages.Select(message => message.Body.Clear));
        Assert.Equal([Visibility.Internal, Visibility.Public, Visibility.Public], messages.Select(message => message.Visibility));
        Assert.Equal("2016-12-12T14:20:11Z", messages[2].At.At.ToDateTime().ToString("yyyy-MM-ddTHH:mm:ssZ", null));
        Assert.Equal("Ann Lee", messages[0].AuthorEmployee.Clear);
        Assert.Null(messages[1].AuthorEmployee);
    }

    [Fact]
    public async Task Each_OfAJournalWithTextBeforeItsFirstHead_LosesNothing()
    {
        var yaml = Reading.Csv("messages: {each: c, split_by: '(?<author>[A-Z]+): ', fields: {body: text}}");

        var outcomes = await Reading.AllAsync(yaml, "id,c\n1,loose AB: first CD: \n2,nothing fits\n3,\n");

        Assert.Equal(["loose", "first"], ((RowOutcome.Mapped)outcomes[0]).Case.Messages.Select(message => message.Body.Clear));
        Assert.Equal("nothing fits", Assert.Single(((RowOutcome.Mapped)outcomes[1]).Case.Messages).Body.Clear);
        Assert.Empty(((RowOutcome.Mapped)outcomes[2]).Case.Messages);
    }

    [Fact]
    public async Task Each_OfRepeatedColumns_ReadsEveryCellByItsPattern()
    {
        var yaml = Reading.Csv("""
            messages:
              each: Comment#*
              pattern: '^(?<at>[^;]*);(?<author>[^;]*);(?<body>(?s:.*))$'
              fields:
                at: {from: at, format: "dd/MMM/yy h:mm tt", culture: en-US}
                author_employee: author
                body: body
            """);

        var outcomes = await Reading.AllAsync(yaml, "id,Comment,Comment\n1,12/Dec/23 10:15 AM;a1;Hello; you,\"13/Dec/23 1:00 PM;a2;two\nlines\"\n");

        var messages = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Messages;
        Assert.Equal(["Hello; you", "two\nlines"], messages.Select(message => message.Body.Clear));
        Assert.Equal(["a1", "a2"], messages.Select(message => message.AuthorEmployee.Clear));
        Assert.Equal(13, messages[1].At.At.ToDateTime().Hour);
    }

    [Fact]
    public async Task Each_OfAListInACell_TakesPartsAndTheRecordAround()
    {
        var yaml = Reading.Csv("""
            repair.parts:
              each: parts
              split: ";"
              pattern: '^ *(?<no>[^x]+)x(?<count>[0-9]+)$'
              where: {from: no, is_null: false}
              fields: {number: no, quantity: count, name: ^.product}
            """);

        var outcomes = await Reading.AllAsync(yaml, "id,parts,product\n1,A1x2; B7x1 ;;none,Lamp\n");

        var parts = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Repair.Parts;
        Assert.Equal([("A1", 2, "Lamp")], parts.Select(part => (part.Number, part.Quantity, part.Name)));
    }

    [Fact]
    public async Task Messages_WrittenOutAndFromAJournal_StandInOneList()
    {
        var yaml = Reading.Csv("messages: [{body: q, author_role: {const: customer}}, {each: c, split: \"|\", fields: {body: text}}]");

        var outcomes = await Reading.AllAsync(yaml, "id,q,c\n1,asked,a|b\n");

        Assert.Equal(["asked", "a", "b"], Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Messages.Select(message => message.Body.Clear));
    }

    [Fact]
    public async Task Each_OfATextInJson_SplitsIt()
    {
        const string Yaml = """
            source: test
            format: {type: json}
            time_zone: Etc/UTC
            key: id
            fields:
              messages: {each: notes, split: "\n", fields: {body: text, author_employee: ^.by.name}}
            """;

        var outcomes = await Reading.AllAsync(Yaml, """[{"id": 1, "by": {"name": "Ann"}, "notes": ["a\nb", "c"]}]""");

        var messages = Assert.IsType<RowOutcome.Mapped>(Assert.Single(outcomes)).Case.Messages;
        Assert.Equal(["a", "b", "c"], messages.Select(message => message.Body.Clear));
        Assert.All(messages, message => Assert.Equal("Ann", message.AuthorEmployee.Clear));
    }

    [Fact]
    public void Each_NamingWhatThePatternLacks_IsAFaultWithTheNearest()
    {
        var fault = Assert.Single(SourceMapping.Parse("m.yaml", Reading.Csv("messages: {each: c, split_by: '(?<author>[A-Z]+): ', fields: {body: text, author_employee: auhtor}}")).Faults);

        Assert.Contains("'author'", fault.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_ElementThatCannotBeRead_RejectsTheRecordByItsPlace()
    {
        var outcomes = await Reading.AllAsync(Reading.Csv("repair.parts: {each: p, split: \";\", fields: {quantity: text}}"), "id,p\n1,1;x\n");

        Assert.Equal("repair.parts[1].quantity", Assert.IsType<RowOutcome.Rejected>(Assert.Single(outcomes)).Field);
    }
}
