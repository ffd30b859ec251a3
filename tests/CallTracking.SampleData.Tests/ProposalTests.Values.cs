using System.Globalization;
using System.Text;
using CallTracking.Mapping.Proposals;

namespace CallTracking.SampleData.Tests;

/// <summary>Values that say more than their header: numbers that are times, eras, signs of currencies.</summary>
public sealed partial class ProposalTests
{
    [Fact]
    public async Task Propose_WhatASpreadsheetMadeOfNumbers_IsToldAndTakenOutOfItsFormulas()
    {
        var proposal = await ProposeAsync("Case Number,Created,Phone,Cost\n" + string.Concat(Enumerable.Range(1, 40).Select(row => $"=\"{row:000000}\",11/{1 + (row % 28)}/2026 9:05 AM,{(row % 2 == 0 ? "1.41555E+10" : "+1 415 555 0100")},{row}.50\n")), "US");

        Assert.Contains("case_number: {from: Case Number, pattern: '^=\"(?<text>.*)\"$', unmatched: keep}", proposal.Mapping, StringComparison.Ordinal);
        Assert.Single(proposal.Questions, question => question.StartsWith("'Case Number' holds formulas of a spreadsheet", StringComparison.Ordinal));
        Assert.Single(proposal.Questions, question => question.StartsWith("'Phone' has numbers with an exponent", StringComparison.Ordinal));
        Assert.DoesNotContain(proposal.Questions, question => question.Contains("'Cost' ha", StringComparison.Ordinal));
        var numbers = new List<string>();
        Assert.Equal((40, 0), await ReadAsync(proposal, "desk.csv", await File.ReadAllTextAsync(Path.Combine(_folder, "desk.csv")), mapped => numbers.Add(mapped.Case.CaseNumber.Clear)));
        Assert.Equal("000001", numbers[0]);
    }

    // No format reads them, and so nobody knows what they are; a year of our time is no telephone number all the same.
    [Theory]
    [InlineData("01.{0}.2026")]
    [InlineData("2026.{0}.01")]
    public async Task Propose_DaysThatNoFormatReads_AreNoTelephones(string form)
    {
        var proposal = await ProposeAsync("ID;Datum;Status\n" + string.Concat(Enumerable.Range(1, 28).Select(row => string.Create(CultureInfo.InvariantCulture, $"K{row};{string.Format(CultureInfo.InvariantCulture, form, row.ToString("00", CultureInfo.InvariantCulture))};offen\n"))), "DE");

        Assert.DoesNotContain("like telephone numbers", proposal.Mapping, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("createdMs", 1_200_000_000_000, "opened", "unix_ms")]
    [InlineData("createdMs", 951_000_000_000, "opened", "unix_ms")]
    [InlineData("createdEpoch", 1_760_000_000, "opened", "unix")]
    [InlineData("openedTs", 1_760_000_000, "opened", "unix")]
    [InlineData("case created (ms)", 1_760_000_000_000, "opened", "unix_ms")]
    public async Task Propose_UnixTimesBesideOthers_AreWhatTheirHeaderSays(string header, long first, string target, string format)
    {
        var proposal = await ProposeAsync(string.Concat(Enumerable.Range(1, 60).Select(row =>
            $$"""{"id": "C-{{row}}", "{{header}}": {{(row switch { 7 => "null", 8 => "\"yesterday\"", _ => first + (row * 1234) })}}, "updatedMs": {{1_760_000_000_000 + (row * 1234)}}, "subject": "It hums"}""" + "\n")), "DE", name: "desk.jsonl");

        var field = Assert.Single(proposal.Fields, field => field.Target == target);
        Assert.True(field.Question is null && field.Value.Contains($"format: {format}", StringComparison.Ordinal), field.ToString());
        Assert.Contains(proposal.Fields, field => field is { Target: "updated", Question: null });
    }

    [Theory]
    [InlineData("contactMs", 951_000_000_000)]
    [InlineData("call", 1_760_000_000_000)]
    [InlineData("whom", 1_760_000_000)]
    [InlineData("kontakt", 1_010_000_000_000)]
    public async Task Propose_NumbersInTheRangeOfTimes_AreNeverTelephones(string header, long first)
    {
        var proposal = await OfColumnAsync(header, row => $"{(row == 8 ? 0 : first + (row * 1_234_567))}");

        var field = Assert.Single(proposal.Fields, field => field.Column == header);
        Assert.DoesNotContain("phone", field.Target + field.Value, StringComparison.Ordinal);
        Assert.NotNull(field.Question);
    }

    [Theory]
    [InlineData("comments", "text", "by", "at", "1760000000000", "unix_ms")]
    [InlineData("thread.comments", "text", "author", "created", "2026-01-02T10:00:00Z", "iso")]
    [InlineData("history", "message", "sender", "date", "2026-01-02 10:00", "iso")]
    public async Task Propose_AListOfTexts_BecomesMessagesWithTimeAndAuthor(string list, string body, string by, string at, string time, string format)
    {
        var value = char.IsDigit(time[^1]) && format != "iso" ? time : $"\"{time}\"";
        var isDeep = list.Contains('.', StringComparison.Ordinal);
        string Record(int row) => $$$"""{"id": "C-{{{row}}}", "subject": "It hums", {{{(isDeep ? "\"thread\": {" : "")}}}"{{{list.Split('.')[^1]}}}": [{"{{{at}}}": {{{value}}}, "{{{by}}}": "{{{Names[row % 20]}}}", "{{{body}}}": "It hums again and again, number {{{row}}}"}]{{{(isDeep ? "}" : "")}}}}""" + "\n";

        var file = Write("desk.jsonl", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 60).Select(Record))));

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "DE"), default);

        var asked = list == "history" ? "# " : string.Empty;
        Assert.Contains($"\n  {asked}messages:", proposal.Mapping, StringComparison.Ordinal);
        var mapping = proposal.Mapping.Replace("\n  # ", "\n  ", StringComparison.Ordinal);
        Assert.Contains($"    each: {list}\n", mapping, StringComparison.Ordinal);
        Assert.Contains($"      body: {body}\n", mapping, StringComparison.Ordinal);
        Assert.Contains($"      at: {{from: {at}, format: {format}}}\n", mapping, StringComparison.Ordinal);
        Assert.Contains($"      # author_employee: {by}   # ?", mapping, StringComparison.Ordinal);
        await AssertSoundAsync(proposal, file, rejected: 0);
    }

    [Fact]
    public async Task Propose_AListOfElementsNamedForOne_BecomesMessages()
    {
        string Record(int row) => $"""<case no="C-{row}"><notes><note by="{Names[row % 20]}" at="2026-01-{1 + (row % 28):00}T08:00:00Z">It hums again, number {row}</note><note by="Ida" at="2026-02-01T08:00:00Z">Yes</note></notes></case>""";
        var file = Write("desk.xml", Encoding.UTF8.GetBytes($"<desk>{string.Concat(Enumerable.Range(1, 60).Select(Record))}</desk>"));

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "DE"), default);

        Assert.Contains("\n  messages:   # 0.85", proposal.Mapping, StringComparison.Ordinal);
        Assert.Contains("    each: notes.note\n", proposal.Mapping, StringComparison.Ordinal);
        await AssertSoundAsync(proposal, file, rejected: 0);
    }

    [Theory]
    [InlineData("受付日", "令和8年1月{0}日", "opened", "ggy年M月d日")]
    [InlineData("受付日時", "令和8年1月{0}日 09:05", "opened", "ggy年M月d日 H:mm")]
    [InlineData("受付日", "R8.01.{0}", "opened", "gy.M.d")]
    [InlineData("受付日", "H30/4/{0}", "opened", "gy/M/d")]
    [InlineData("生年月日", "S59.10.{0}", "customer.birth_date", "gy.M.d")]
    [InlineData("生年月日", "昭和59年10月{0}日", "customer.birth_date", "ggy年M月d日")]
    public async Task Propose_DatesOfAnEra_AreTimesOfTheJapaneseCalendar(string header, string pattern, string target, string format)
    {
        var file = Write("desk.csv", Encoding.UTF8.GetBytes($"受付番号,{header},件名\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"C{row},{string.Format(null, pattern, 1 + (row % 28))},音がする\n"))));

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "JP"), default);

        var field = Assert.Single(proposal.Fields, field => field.Column == header);
        Assert.Equal((target, null), (field.Target, field.Question));
        Assert.Contains("calendar: japanese", field.Value, StringComparison.Ordinal);
        Assert.Contains(format, field.Value, StringComparison.Ordinal);
        await AssertSoundAsync(proposal, file, rejected: 0);
    }

    [Theory]
    [InlineData("Valor Reparo", "R$ {0},50", "BR", "BRL")]
    [InlineData("Valor Reparo", "R$ 1.0{0},00", null, "BRL")]
    [InlineData("Repair cost", "£{0}.50", null, "GBP")]
    [InlineData("Kosten", "{0},50 €", "CH", "EUR")]
    [InlineData("Koszt", "{0},50 zł", null, "PLN")]
    public async Task Propose_AmountsWithASign_AreOfItsCurrency(string header, string amount, string? country, string currency)
    {
        var proposal = await ProposeAsync($"Protocolo;{header}\n" + string.Concat(Enumerable.Range(1, 60).Select(row => $"C{row};{string.Format(null, amount, 10 + row)}\n")), country);

        Assert.Contains($"repair.cost: {{from: {header}, currency: {currency}", proposal.Mapping, StringComparison.Ordinal);
        Assert.Contains(proposal.Fields, field => field is { Target: "repair.cost", Question: null });
        Assert.Equal(60, proposal.Outcomes["cases"]);
    }

    [Theory]
    [InlineData("Observações", null, "description")]
    [InlineData("Observações", "Descrição", "custom_fields")]
    public async Task Propose_Observations_AreTheDescriptionWhereNothingElseIs(string header, string? other, string target)
    {
        var file = Write("desk.csv", Encoding.UTF8.GetBytes($"Protocolo;Canal;{header};{other ?? "x"}\n" + string.Concat(Enumerable.Range(1, 60).Select(row =>
            $"C{row};{(row % 3 == 0 ? "WhatsApp" : row % 3 == 1 ? "Telefone" : "Whats App")};O ventilador faz barulho desde o dia {row};{(other is null ? "" : "A luz pisca quando liga " + row)}\n"))));

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "BR"), default);

        var field = Assert.Single(proposal.Fields, field => field.Column == header);
        Assert.Equal(target, field.Target);
        Assert.Null(field.Question);
        Assert.Contains("WhatsApp: chat", proposal.Mapping, StringComparison.Ordinal);
        Assert.Contains("Whats App: chat", proposal.Mapping, StringComparison.Ordinal);
        await AssertSoundAsync(proposal, file, rejected: 0);
    }
}
