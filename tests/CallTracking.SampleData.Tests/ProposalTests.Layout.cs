using System.Text;
using CallTracking.Mapping;
using CallTracking.Mapping.Proposals;
using CallTracking.Testing;

namespace CallTracking.SampleData.Tests;

/// <summary>What stands where: the files of later nights, longer or without a footer, lose nothing by what this night's looked like.</summary>
public sealed partial class ProposalTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Propose_CommasWithinQuotesInMostRows_AreOfTheirCells(int unquoted)
    {
        var rows = Enumerable.Range(1000, 40).Select((number, row) => $"T-{number},2026-10-01 10:00,{(row < unquoted ? "John Smith" : "\"Smith, John\"")},open,c{row}@example.com\n");

        var proposal = await ProposeAsync("Ticket ID,Created,Customer,Status,Email\n" + string.Concat(rows), "US");

        Assert.DoesNotContain("quote", proposal.Format, StringComparison.Ordinal);
        Assert.DoesNotContain("preamble", proposal.Format, StringComparison.Ordinal);
        Assert.DoesNotContain("header", proposal.Format, StringComparison.Ordinal);
        Assert.Equal(40, proposal.Outcomes["cases"]);
        Assert.Contains("Status", proposal.Mapping, StringComparison.Ordinal);
    }

    // Wide letters among narrow ones: only in bytes are the lines of one length, though blanks stand below each other in characters, too.
    [Theory]
    [InlineData("shift_jis")]
    [InlineData("euc-jp")]
    public async Task Propose_LinesOfEqualLengthInBytes_AreCutInBytes(string encodingName)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(encodingName)!;
        string[] states = ["受付", "対応中", "完了"];
        string[] names = ["林", "試験花子", "見本次郎", "例示一二三四"];
        string[] texts = ["画面が割れた", "電源が入らない", "音が出ない 電池も切れる"];
        var lines = Enumerable.Range(1, 60).Select(row => string.Concat(
            Cell($"JP{row:000000}", 10), Cell($"2026{1 + (row % 12):00}{1 + (row % 28):00}", 10), Cell(states[row % 3], 8), Cell(names[row % 4], 16), Cell($"090-0000-{row:0000}", 15), Cell(texts[row % 3], 30), "\r\n"));
        var file = Write("uketsuke.txt", encoding.GetBytes(string.Concat(lines)));

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "JP", TimeZone: "Asia/Tokyo"), default);

        Assert.Contains("unit: bytes", proposal.Format, StringComparison.Ordinal);
        Assert.DoesNotContain("ragged", proposal.Format, StringComparison.Ordinal);
        Assert.Contains(proposal.Fields, field => field is { Target: "customer.phones" } or { Target: "custom_fields", Evidence: "like telephone numbers" });

        string Cell(string text, int bytes) => text + new string(' ', bytes - encoding.GetByteCount(text));
    }

    // A few rows of another encoding do not make Chinese of the others.
    [Fact]
    public async Task Propose_SmallFileWithOneRowInAnotherEncoding_IsReadAsTheOthers()
    {
        var rows = string.Concat(Enumerable.Range(0, 20).Select(row => $"{row};2026-01-{1 + row:00};Zoë Muster{row};Straße {row}\n"));
        var file = Write("mixed.csv", [.. Encoding.UTF8.GetBytes("id;opened;name;street\n" + rows), .. Encoding.Latin1.GetBytes("20;2026-01-05;Björn Muster;größe\n")]);

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "DE", TimeZone: "Europe/Berlin"), default);

        Assert.Contains("encoding: utf-8", proposal.Format, StringComparison.Ordinal);
        Assert.Equal(20, proposal.Outcomes["cases"]);
    }

    [Theory]
    [InlineData("Export SAV;édité le 28/11/2026;;;\n\n", 2)]
    [InlineData("Export SAV;édité le 28/11/2026;;;\n;;;;\n", 2)]
    [InlineData(";;;;\nExport;;;;\n\n28/11/2026;;;;\n", 4)]
    [InlineData("Export SAV\n\n", 2)]
    public async Task Propose_ATitlePaddedWithDelimiters_IsNoHeader(string title, int lines)
    {
        var proposal = await ProposeAsync(title + Table(40), "PL");

        Assert.Contains($"preamble: {lines}", proposal.Format, StringComparison.Ordinal);
        Assert.Contains("\nkey: Numer ", proposal.Mapping, StringComparison.Ordinal);
        Assert.Equal((40, 1), (proposal.Outcomes["cases"], proposal.Outcomes.Count));
        Assert.Equal((70, 0), await ReadAsync(proposal, "desk.csv", title + Table(70)));
    }

    [Fact]
    public async Task Propose_AHeaderThatNamesFewOfItsColumns_StaysTheHeader()
    {
        var proposal = await ProposeAsync("Numer;Temat;;;\n" + string.Concat(Enumerable.Range(1, 40).Select(row => $"SR/{row:00000};It hums;2026-01-{1 + (row % 28):00};open;{row}\n")), "PL");

        Assert.DoesNotContain("preamble", proposal.Format, StringComparison.Ordinal);
        Assert.Equal(40, proposal.Outcomes["cases"]);
    }

    [Theory]
    [InlineData("Total cases;300\nTotal cost;1200\n", "^Total")]
    [InlineData("\"Total\";300\n", "^\\\"?Total")]
    [InlineData("Total;;;;1200\n", "^Total")]
    [InlineData("RAZEM;300\nWygenerowano 2026-02-01\n", "^RAZEM|^Wygenerowano")]
    public async Task Propose_AFooter_IsToldByItsWordsAndCostsTheNextNightNothing(string footer, string pattern)
    {
        var proposal = await ProposeAsync(Table(40) + footer, "PL");

        Assert.Contains($"footer: {{from: \"{pattern}\"}}", proposal.Format, StringComparison.Ordinal);
        Assert.Equal(40, proposal.Outcomes["cases"]);
        Assert.Contains(proposal.Questions, question => question.Contains("optional: true", StringComparison.Ordinal));
        Assert.Equal((70, 0), await ReadAsync(proposal, "desk.csv", Table(70) + footer));
        var cases = 0;
        await Assert.ThrowsAsync<SourceFormatException>(() => ReadAsync(proposal, "desk.csv", Table(40), _ => cases++));
        Assert.Equal(39, cases);
        Assert.DoesNotContain("end: line", proposal.Format, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SR;300\n", "footer: 1")]
    [InlineData("-- 300 --\n", "footer: 1")]
    [InlineData("===;1\n300 cases\n", "footer: 2")]
    public async Task Propose_AFooterThatNoWordTells_IsOnlyAsked(string footer, string asked)
    {
        var proposal = await ProposeAsync(Table(40) + footer, "PL");

        Assert.DoesNotContain("footer", proposal.Format, StringComparison.Ordinal);
        Assert.Contains(proposal.Mapping.Split('\n'), line => line.StartsWith("# ? ", StringComparison.Ordinal) && line.Contains(asked, StringComparison.Ordinal));
        Assert.Equal(40, proposal.Outcomes["cases"]);
    }

    [Theory]
    [InlineData("", "utf-8", true)]
    [InlineData("\x1A", "utf-8", true)]
    [InlineData("", "utf-16", true)]
    [InlineData("99;2026", "utf-8", false)]
    public async Task Propose_ASampleThatEndsInALineEnd_HoldsALastRowWithoutOne(string last, string encoding, bool isProposed)
    {
        var sample = Write("desk.csv", [.. Encoding.GetEncoding(encoding).GetPreamble(), .. Encoding.GetEncoding(encoding).GetBytes(Table(40) + last)]);

        var proposal = await MappingProposer.ProposeAsync([sample], new ProposalOptions(Country: "PL"), default);

        Assert.Equal(isProposed, proposal.Format.EndsWith(", end: line}", StringComparison.Ordinal));
        Assert.Equal(isProposed, proposal.Mapping.Contains("; the sample ends in a line end, so that a last row without one was cut off", StringComparison.Ordinal));
        Assert.Equal(40, proposal.Outcomes["cases"]);
        if (encoding == "utf-8" && isProposed)
        {
            Assert.Equal((69, 1), await ReadAsync(proposal, "desk.csv", Table(70)[..^2]));
        }
    }

    [Fact]
    public async Task Propose_SamplesThatEndDifferently_HoldNothing()
    {
        var (one, other) = (Write("one.csv", Encoding.UTF8.GetBytes(Table(40))), Write("other.csv", Encoding.UTF8.GetBytes(Table(40).TrimEnd())));

        var both = await MappingProposer.ProposeAsync([one, other], new ProposalOptions(Country: "PL"), default);
        var same = await MappingProposer.ProposeAsync([one, one], new ProposalOptions(Country: "PL"), default);

        Assert.Equal((false, true), (both.Format.Contains("end:", StringComparison.Ordinal), same.Format.Contains("end: line", StringComparison.Ordinal)));
        Assert.Contains("; the samples end in a line end", same.Mapping, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_ALastRowThatBeginsWithAName_IsNoFooter()
    {
        var rows = string.Concat(Enumerable.Range(1, 40).Select(row => $"{Names[row % 20]};2026-01-{1 + (row % 28):00};It hums {row};open;Lamp\n"));

        var proposal = await ProposeAsync($"Client;Date;Subject;Status;Product\n{rows}Lüder-Brandt;2026", "DE");

        Assert.DoesNotContain("footer", proposal.Format, StringComparison.Ordinal);
        Assert.DoesNotContain("Lüder", proposal.Mapping, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Propose_ColumnsOfFixedWidth_ReachToTheNextAndTheLastToTheEnd(bool hasHeader)
    {
        string Line(string key, string day, string subject, string place) => $"{key,-10}{day,-12}{subject,-20}{place,-6}\n";
        var header = hasHeader ? Line("NUMMER", "DATUM", "BETREFF", "ORT") : string.Empty;
        var rows = string.Concat(Enumerable.Range(1, 40).Select(row => Line($"C{row}", $"2026-01-{1 + (row % 28):00}", (row % 2 == 0 ? "It hums " : "Flickers ") + (row % 5), "Graz")));

        var proposal = await ProposeAsync(header + rows, "AT", name: "desk.txt");

        var later = header + Line("C123456789", "2026-01-01", "It hums very loud no", "Wiener Neustadt") + Line("C123456780", "2026-01-01", "x", "Linz");
        var (cases, lost) = await ReadAsync(proposal, "desk.txt", later, mapped => Assert.Contains(mapped.LocalId, (string[])["C123456789", "C123456780"]));

        Assert.Equal((2, 0), (cases, lost));
        Assert.Contains($"start: 11, end: 22}}, {{name: {(hasHeader ? "BETREFF" : "column 3")}, start: 23, end: 42}}, {{name: {(hasHeader ? "ORT" : "column 4")}, start: 43}}]", proposal.Format.Replace("\"", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Propose_ColumnsOfFixedWidthWithoutTheLastBlanks_AreFixed(bool hasHeader)
    {
        string Line(string key, string time, string subject, string place) => $"{key,-10}{time,-21}{subject,-20}{place}".TrimEnd() + "\n";
        var header = hasHeader ? Line("Fallnummer", "Erstellt am", "Betreff", "Ort") : string.Empty;
        var rows = string.Concat(Enumerable.Range(1, 40).Select(row => Line($"C{row}", $"{1 + (row % 28):00}.01.2026 08:00:00", (row % 2 == 0 ? "It hums " : "Flickers ") + (row % 5), (row % 3) switch { 0 => "Graz", 1 => "Wels", _ => "Wiener Neustadt" })));

        var proposal = await MappingProposer.ProposeAsync([Write("desk.txt", Encoding.UTF8.GetBytes(header + rows))], new ProposalOptions(Country: "AT"), default);

        Assert.Contains("ragged: pad", proposal.Format, StringComparison.Ordinal);
        Assert.Contains(proposal.Questions, question => question.Contains("ragged: pad", StringComparison.Ordinal));
        if (hasHeader)
        {
            AssertPlain("Fallnummer=case_number,Erstellt am=opened,Betreff=subject", proposal);
            Assert.Contains("{name: Ort, start: 52}", proposal.Format.Replace("\"", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
            var (cases, lost) = await ReadAsync(proposal, "desk.txt", header + Line("C99", "01.02.2026 09:00:00", "x", string.Empty), mapped => Assert.Equal("C99", mapped.LocalId));
            Assert.Equal((1, 0), (cases, lost));
        }
    }

    [Fact]
    public async Task Propose_LinesOfProse_AreNoColumns()
    {
        var text = string.Concat(Enumerable.Range(1, 40).Select(row => string.Join(' ', Enumerable.Range(0, 3 + (row * 7 % 11)).Select(word => new string((char)('a' + word), 1 + (row * (word + 3) % 9)))) + $" {row}\n"));

        var proposal = await MappingProposer.ProposeAsync([Write("desk.txt", Encoding.UTF8.GetBytes("These are notes\n" + text))], new ProposalOptions(Country: "AT"), default);

        Assert.DoesNotContain("fixed,", proposal.Format, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_NumbersAtTheRightOfAFixedColumn_AreAskedForTheirStart()
    {
        var rows = string.Concat(Enumerable.Range(1, 40).Select(row => $"C{row,-9}2026-01-{1 + (row % 28):00}  {"It hums",-20}{row * 3,8}\n"));

        var proposal = await ProposeAsync($"{"NUMMER",-10}{"DATUM",-12}{"BETREFF",-20}{"KOSTEN",8}\n{rows}", "AT", name: "desk.txt");

        Assert.Contains(proposal.Questions, question => question.Contains("'KOSTEN'", StringComparison.Ordinal) && question.Contains("begin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Propose_ATotalsRowOfASheet_EndsTheTable()
    {
        var rows = string.Concat(Enumerable.Range(1, 60).Select(row => XlsxBuilder.Row(row + 1, $"C-{row}", $"2026-01-{1 + (row % 28):00}", "It hums", "open")));
        var file = Write("desk.xlsx", new XlsxBuilder().Sheet(XlsxBuilder.Row(1, "No", "Created", "Subject", "Status") + rows + XlsxBuilder.Row(62, "Total", null, null, "60")).Build());

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "GB"), default);

        Assert.Contains("stop_at: \"^Total\"", proposal.Format, StringComparison.Ordinal);
        Assert.Contains(proposal.Questions, question => question.Contains("stop_at", StringComparison.Ordinal));
        Assert.Equal(60, proposal.Outcomes["cases"]);
        Assert.Contains(proposal.Fields, field => field is { Column: "No", Target: "case_number", Question: null });
    }

    [Fact]
    public async Task Propose_AHeaderOfTwoRows_NamesGroupsAndColumns()
    {
        var rows = string.Concat(Enumerable.Range(1, 40).Select(row => XlsxBuilder.Row(row + 2, $"C-{row}", $"2026-01-{1 + (row % 28):00}", $"{Names[row % 20]} Muster", $"a{row}@example.com")));
        var file = Write("desk.xlsx", new XlsxBuilder().Sheet(
            XlsxBuilder.Row(1, "Case", null, "Customer", null) + XlsxBuilder.Row(2, "Number", "Created", "Name", "E-mail") + rows,
            after: "<mergeCells count=\"2\"><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"C1:D1\"/></mergeCells>").Build());

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "GB"), default);

        Assert.Contains("header_row: 1, header_rows: 2", proposal.Format, StringComparison.Ordinal);
        Assert.Equal(3, proposal.FirstRow);
        AssertPlain("Case / Number=case_number,Case / Created=opened,Customer / Name=customer.name,Customer / E-mail=customer.emails", proposal);
        Assert.Equal(40, proposal.Outcomes["cases"]);
    }

    [Theory]
    [InlineData("Report of the desk")]
    [InlineData("Case")]
    public async Task Propose_ATitleAboveTheHeaderOfASheet_IsNoGroup(string title)
    {
        var rows = string.Concat(Enumerable.Range(1, 40).Select(row => XlsxBuilder.Row(row + 2, $"C-{row}", $"2026-01-{1 + (row % 28):00}", "It hums", "open")));
        var file = Write("desk.xlsx", new XlsxBuilder().Sheet(XlsxBuilder.Row(1, title) + XlsxBuilder.Row(2, "Number", "Created", "Subject", "Status") + rows).Build());

        Assert.Contains("header_row: 2}", (await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "GB"), default)).Format, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "format: excel}")]
    [InlineData(true, "format: excel_1904}")]
    public async Task Propose_BirthDatesAsDayNumbers_AreReadAsDaysAndAsked(bool is1904, string format)
    {
        var rows = string.Concat(Enumerable.Range(1, 40).Select(row => XlsxBuilder.Row(row + 1, $"C-{row}", "open")[..^6] + $"<c r=\"C{row + 1}\"><v>{20000 + (row * 317)}</v></c></row>"));
        var file = Write("desk.xlsx", new XlsxBuilder { Is1904 = is1904 }.Sheet(XlsxBuilder.Row(1, "Nr", "Status", "Geburtsdatum") + rows).Build());

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "DE"), default);

        var born = Assert.Single(proposal.Fields, field => field.Target == "customer.birth_date");
        Assert.Contains("format: excel", born.Value, StringComparison.Ordinal);
        Assert.NotNull(born.Question);
        Assert.Contains(format.TrimEnd('}'), born.Value + born.Question, StringComparison.Ordinal);
        Assert.Contains(proposal.Fields, field => field is { Column: "Nr", Target: "case_number", Question: null });
    }

    private static string Table(int rows, string before = "") => "Numer;Data;Temat;Status;Produkt\n" + before
        + string.Concat(Enumerable.Range(1, rows).Select(row => $"SR/{row:00000};2026-01-{1 + (row % 28):00};It hums;open;Lamp\n"));

    /// <summary>What another night's file becomes under the proposal.</summary>
    private async Task<(int Cases, int Others)> ReadAsync(MappingProposal proposal, string name, string content, Action<RowOutcome.Mapped>? look = null)
    {
        await using var reader = SourceMapping.Parse("proposed.yaml", proposal.Mapping).Mapping!.OpenReader(File.OpenRead(Write("later-" + name, Encoding.UTF8.GetBytes(content))), name);
        var (cases, others) = (0, 0);
        while (await reader.ReadAsync(default) is { } outcome)
        {
            if (outcome is RowOutcome.Mapped mapped)
            {
                cases++;
                look?.Invoke(mapped);
            }
            else
            {
                others++;
            }
        }

        return (cases, others);
    }
}
