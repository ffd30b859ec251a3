using System.Text;
using CallTracking.Mapping.Proposals;

namespace CallTracking.SampleData.Tests;

/// <summary>What may be personal is asked: nothing of it leaves its region in the clear because a proposal was left as it was.</summary>
public sealed partial class ProposalTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 20).Select(name => $"Anneke{(char)('a' + name)}")];

    [Theory]
    [InlineData("given")]
    [InlineData("family")]
    [InlineData("who")]
    [InlineData("note")]
    [InlineData("last")]
    [InlineData("Bemerkung")]
    [InlineData("Gesprächsnotiz")]
    [InlineData("interlocuteur")]
    [InlineData("uwagi")]
    [InlineData("備考")]
    [InlineData("segment")]
    public async Task Propose_FewDifferentWordsThatMayBeNames_AreAskedAndNeverTechnical(string header)
    {
        var proposal = await OfColumnAsync(header, row => Names[row % Names.Length]);

        var field = Assert.Single(proposal.Fields, field => field.Column == header);
        Assert.Contains("class: unspecified", field.Value, StringComparison.Ordinal);
        Assert.NotNull(field.Question);
        Assert.Contains($"# {header}: ", proposal.Mapping, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("segment", "P1,P2,P3", true)]
    [InlineData("segment", "true,false", true)]
    [InlineData("segment", "open,closed,pending", true)]
    [InlineData("segment", "0,1,2,7", true)]
    [InlineData("SLA", "Gold,Silver,Bronze", true)]
    [InlineData("person.segment", "P1,P2,P3", false)]
    [InlineData("party.where.post", "N1,SW1,E14", false)]
    [InlineData("segment", "28,35,61", false)]
    [InlineData("segment", "8010,1010,4020", false)]
    [InlineData("segment", "M,W,D", false)]
    [InlineData("segment", "MUELLER,SCHMIDT", false)]
    [InlineData("born where", "1950-03-01,1961-04-02,2003-11-12", false)]
    [InlineData("segment", "1950-03-01,1961-04-02,2003-11-12", false)]
    [InlineData("segment", "2026-03-01,2026-04-02,2025-11-12", false)]
    public async Task Propose_FewDifferentWords_AreTechnicalOnlyWhereTheyOrTheHeaderProveIt(string header, string words, bool isTechnical)
    {
        var values = words.Split(',');

        var proposal = await OfColumnAsync(header, row => values[row % values.Length]);

        var field = Assert.Single(proposal.Fields, field => field.Column == header);
        Assert.Equal(isTechnical, field.Question is null && field.Value.Contains("class: technical", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Propose_PersonsOfATree_AreAskedAndNeverTechnical()
    {
        var proposal = await ProposeAsync(string.Concat(Enumerable.Range(1, 500).Select(row =>
            $$$"""{"ref": "C-{{{row}}}", "party": {"person": {"given": "{{{Names[row % 20]}}}", "family": "{{{Names[(row + 7) % 20]}}}"}, "where": {"post": "{{{8000 + (row % 12)}}}"}}, "state": "open"}""" + "\n")), "AT", name: "desk.jsonl");

        Assert.DoesNotContain(proposal.Fields, field => field.Column.StartsWith("party.", StringComparison.Ordinal) && field.Question is null);
        Assert.Contains("# customer.name: {join: [party.person.given, party.person.family], with: \" \"}", proposal.Mapping, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Vorname Kunde;Nachname Kunde;Tel. Kunde", "[Vorname Kunde, Nachname Kunde]", "customer.phones")]
    [InlineData("Vorname Kunde;Nachname Kunde;Tel.Kunde", "[Vorname Kunde, Nachname Kunde]", "customer.phones")]
    [InlineData("Prénom;Nom;Tél. client", "[Prénom, Nom]", "customer.phones")]
    [InlineData("Imię;Nazwisko;Tel. klienta", "[Imię, Nazwisko]", "customer.phones")]
    [InlineData("Nombre;Apellidos;Teléfono cliente", "[Nombre, Apellidos]", "customer.phones")]
    [InlineData("Vorname Bearbeiter;Nachname Bearbeiter;Telefon privat", "[Vorname Bearbeiter, Nachname Bearbeiter]", "customer.phones")]
    public async Task Propose_PartsOfANameAndItsTelephone_AreThatPersonsNameAndATelephone(string header, string parts, string phones)
    {
        var file = Write("desk.csv", Encoding.UTF8.GetBytes($"Ticket-Nr;{header}\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"T{row};{Names[row % 20]};{Names[row % 7]}a;0316 {800000 + (row * 7)}\n"))));

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "AT"), default);

        var target = header.Contains("Bearbeiter", StringComparison.Ordinal) ? "agent.name" : "customer.name";
        Assert.Contains($"\n  {target}: {{join: {parts}, with: \" \"}}", proposal.Mapping, StringComparison.Ordinal);
        Assert.Contains(proposal.Fields, field => field.Target == phones && field.Column == header.Split(';')[2] && field.Question is null);
        await AssertSoundAsync(proposal, file, rejected: 0);
    }

    private Task<MappingProposal> OfColumnAsync(string header, Func<int, string> value)
    {
        var isTree = header.TrimEnd('.').Contains('.', StringComparison.Ordinal) && !header.Contains(". ", StringComparison.Ordinal);
        var steps = header.Split('.');
        string Json(int row) => $"{string.Concat(steps.Select(step => $$"""{"{{step}}": """))}\"{value(row)}\"{new string('}', steps.Length)}";
        var text = isTree
            ? string.Concat(Enumerable.Range(1, 500).Select(row => $$"""{"xyz": "T{{row}}", {{Json(row)[1..]}}""" + "\n"))
            : $"xyz;{header}\n" + string.Concat(Enumerable.Range(1, 500).Select(row => $"T{row};{value(row)}\n"));
        return ProposeAsync(text, "AT", name: isTree ? "desk.jsonl" : "desk.csv");
    }

    [Theory]
    [InlineData("isikukood", "{0}", true)]
    [InlineData("abc", "+372 {0}", false)]
    [InlineData("abc", "0{0:000 00 00 00}", false)]
    [InlineData("abc", "+9{0}", false)]
    [InlineData("personxy", "+9{0}", false)]
    [InlineData("party.person.abc", "+9{0}", false)]
    public async Task Propose_DigitsThatNothingCallsATelephone_AreAskedUnlessTheyAreWrittenAsOne(string header, string format, bool isAsked)
    {
        var proposal = await OfColumnAsync(header, row => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, 38001080000 + (row * 7919)));

        var field = Assert.Single(proposal.Fields, field => field.Column == header);
        Assert.Equal((isAsked, !isAsked), (field.Question is not null, field.Value.Contains("phone", StringComparison.Ordinal)));
    }
}
