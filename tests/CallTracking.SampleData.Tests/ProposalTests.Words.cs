
namespace CallTracking.SampleData.Tests;

/// <summary>Headers as people abbreviate and turn them, and values that speak against a header.</summary>
public sealed partial class ProposalTests
{
    [Theory]
    [InlineData("Vorgangsnr.", "case_number")]
    [InlineData("Vorgangs-Nr.", "case_number")]
    [InlineData("N° ticket", "case_number")]
    [InlineData("Nº de caso", "case_number")]
    [InlineData("Núm. de incidencia", "case_number")]
    [InlineData("№ обращения", "case_number")]
    [InlineData("Ticket no.", "case_number")]
    [InlineData("Zaaknr.", "case_number")]
    [InlineData("Seriennr.", "product.serial")]
    [InlineData("Nr. seryjny", "product.serial")]
    [InlineData("Freitext", "description")]
    public async Task Propose_AnAbbreviatedHeader_IsItsField(string header, string target) =>
        Assert.Contains((await OfColumnAsync(header, row => $"X{row}a")).Fields, field => field.Column == header && field.Target == target && field.Question is null);

    [Theory]
    [InlineData("Zuletzt bearbeitet", "updated")]
    [InlineData("Zuletzt geändert am", "updated")]
    [InlineData("Last modified on", "updated")]
    [InlineData("Modifié", "updated")]
    [InlineData("Eröffnet", "opened")]
    [InlineData("Opened on", "opened")]
    [InlineData("Ouvert", "opened")]
    [InlineData("Geopend", "opened")]
    public async Task Propose_ATurnOfATime_IsItsField(string header, string target) =>
        Assert.Contains((await OfColumnAsync(header, row => $"2026-01-{1 + (row % 28):00} 10:00")).Fields, field => field.Column == header && field.Target == target && field.Question is null);

    [Theory]
    [InlineData("Eingangsweg", "Telefon,E-Mail,Brief")]
    [InlineData("Mode de contact", "téléphone,courriel,courrier")]
    [InlineData("Sposób zgłoszenia", "telefon,e-mail,list")]
    public async Task Propose_AWayIn_IsTheChannel(string header, string words) =>
        Assert.Contains((await OfColumnAsync(header, row => words.Split(',')[row % 3])).Fields, field => field.Column == header && field.Target == "channel" && field.Question is null);
}
