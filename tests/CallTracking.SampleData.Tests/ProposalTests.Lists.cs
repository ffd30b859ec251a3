using System.Text;
using CallTracking.Mapping.Proposals;

namespace CallTracking.SampleData.Tests;

/// <summary>What a record has several of.</summary>
public sealed partial class ProposalTests
{
    [Theory]
    [InlineData("\"phones\": [\"+49 30 12345{0:00}\", \"0171 55501{0:00}\"]", "phones", "phones")]
    [InlineData("\"contact\": {{\"Telefonnummern\": [\"+49 30 12345{0:00}\"]}}", "contact.Telefonnummern", "telefonnummern")]
    [InlineData("\"telefon\": [{{\"type\": \"home\", \"number\": \"+49 30 12345{0:00}\"}}, {{\"type\": \"mobile\", \"number\": \"0171 55501{0:00}\"}}]", "\"telefon[*].number\"", "telefon")]
    public async Task Propose_AListOfTelephones_IsTheCustomersWithItsEvidence(string telephones, string written, string word)
    {
        var records = Enumerable.Range(10, 40).Select(number => $"{{\"id\": {number}, \"subject\": \"It hums and smokes\", {string.Format(System.Globalization.CultureInfo.InvariantCulture, telephones, number)}}}");
        var sample = Write("desk.json", Encoding.UTF8.GetBytes($"[{string.Join(",\n", records)}]"));

        var proposal = await MappingProposer.ProposeAsync([sample], new ProposalOptions(Country: "DE"), default);

        var line = Assert.Single(proposal.Mapping.Split('\n'), line => line.StartsWith("  customer.phones:", StringComparison.Ordinal));
        Assert.StartsWith($"  customer.phones: {written}   # ", line, StringComparison.Ordinal);
        Assert.Contains($"'{word}'", line, StringComparison.Ordinal);
        Assert.Contains("100% like telephone numbers", line.Replace(" %", "%", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(40, proposal.Outcomes["cases"]);
        Assert.DoesNotContain("what are they?", proposal.Mapping, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{\"tickets\": {{{0}}}}}", "tickets.*")]
    [InlineData("{{{0}}}", "*")]
    [InlineData("{{\"made\": \"2026-11-02\", \"data\": {{\"cases\": {{{0}}}}}}}", "data.cases.*")]
    public async Task Propose_RecordsByKey_AreReadWithTheirNamesAsKey(string document, string path)
    {
        var records = Enumerable.Range(9001, 40).Select(number => $"\"{number}\": {{\"subject\": \"It hums and smokes {number}\", \"opened\": \"2026-11-02T09:{number % 60:00}:00Z\", \"comments\": [{{\"text\": \"x\"}}]}}");
        foreach (var parted in (string[])[", ", ",\n"])
        {
            var sample = Write("desk.json", Encoding.UTF8.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, document, string.Join(parted, records))));

            var proposal = await MappingProposer.ProposeAsync([sample], new ProposalOptions(Country: "DE"), default);

            Assert.Contains($"records: \"{path}\"", proposal.Mapping, StringComparison.Ordinal);
            Assert.Contains("key: \"#name\"", proposal.Mapping, StringComparison.Ordinal);
            Assert.Equal(40, proposal.Outcomes["cases"]);
        }
    }

    [Theory]
    [InlineData("contacts", "\"name\": \"Anna {0}\", \"phone\": \"+49 30 12345{0:00}\"")]
    [InlineData("technicians", "\"phone\": \"+49 30 12345{0:00}\"")]
    [InlineData("phones", "\"home\": \"+49 30 12345{0:00}\", \"mobile\": \"0171 55501{0:00}\"")]
    [InlineData("phones", "\"owner\": \"Anna {0}\", \"number\": \"0171 55501{0:00}\"")]
    public async Task Propose_AListWithMoreThanTheCustomersTelephones_IsAsked(string list, string item)
    {
        var records = Enumerable.Range(10, 40).Select(number => $"{{\"id\": {number}, \"{list}\": [{{{string.Format(System.Globalization.CultureInfo.InvariantCulture, item, number)}}}]}}");
        var sample = Write("desk.json", Encoding.UTF8.GetBytes($"[{string.Join(",\n", records)}]"));

        var proposal = await MappingProposer.ProposeAsync([sample], new ProposalOptions(Country: "DE"), default);

        Assert.DoesNotContain("customer.phones", proposal.Mapping, StringComparison.Ordinal);
        Assert.Contains($"# ? The list {list} holds objects with", proposal.Mapping, StringComparison.Ordinal);
        Assert.Single(proposal.Questions, question => question.StartsWith($"The list {list} holds objects with ", StringComparison.Ordinal) && question.EndsWith(": what are they?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Report: cases\r\nFrom: 1 October\r\n\r\n", "preamble: 3")]
    [InlineData("Raport: zgloszenia\nOkres: 13.10.2026 - 27.11.2026\n", "preamble: 2")]
    public async Task Propose_ATableBelowWordsWithColons_IsNoMail(string words, string expected)
    {
        var rows = Enumerable.Range(10, 40).Select(number => $"C-{number};It hums{new string('m', number % 7)} again;open\n");
        var sample = Write("desk.csv", Encoding.UTF8.GetBytes(words + "Nr;Subject;Status\n" + string.Concat(rows)));

        var proposal = await MappingProposer.ProposeAsync([sample], new ProposalOptions(Country: "PL"), default);

        Assert.Contains(expected, proposal.Mapping, StringComparison.Ordinal);
        Assert.Equal(40, proposal.Outcomes["cases"]);
    }

    [Fact]
    public async Task Propose_AListOfOtherNumbers_IsNoTelephone()
    {
        var records = Enumerable.Range(10, 40).Select(number => $"{{\"id\": {number}, \"parts\": [{{\"number\": \"47115{number}\"}}, {{\"number\": \"08155{number}\"}}]}}");
        var sample = Write("desk.json", Encoding.UTF8.GetBytes($"[{string.Join(",\n", records)}]"));

        var proposal = await MappingProposer.ProposeAsync([sample], new ProposalOptions(Country: "DE"), default);

        Assert.DoesNotContain("customer.phones", proposal.Mapping, StringComparison.Ordinal);
        Assert.Contains("# ? The list parts holds objects with number: what are they?", proposal.Mapping, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("desk.csv", "id;Betreff;Telefon\n", ";", true)]
    [InlineData("desk.json", null, null, false)]
    public async Task Propose_ATableWithAHeader_AsksWhetherColumnsMayChangePlaces(string name, string? header, string? sign, bool isProposed)
    {
        var records = Enumerable.Range(1, 40).Select(number => sign is null ? $"{{\"id\": {number}, \"subject\": \"It hums\"}}\n" : $"C-{number}{sign}It hums {number} times{sign}+49 30 12345{number}\n");
        var sample = Write(name, Encoding.UTF8.GetBytes(header + string.Concat(records)));

        var proposal = await MappingProposer.ProposeAsync([sample], new ProposalOptions(Country: "DE"), default);

        Assert.Equal(isProposed, proposal.Mapping.Contains("\n# contract: {exchanged: freeze}   # ? ", StringComparison.Ordinal));
        Assert.Equal(40, proposal.Outcomes["cases"]);
    }
}
