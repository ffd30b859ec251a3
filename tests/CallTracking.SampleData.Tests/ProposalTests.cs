using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CallTracking.Mapping;
using CallTracking.Mapping.Checks;
using CallTracking.Mapping.Proposals;
using CallTracking.Testing;
using Xunit.Abstractions;

namespace CallTracking.SampleData.Tests;

/// <summary>Mappings proposed for exports that were never seen, against those that people wrote for them.</summary>
public sealed partial class ProposalTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calltracking-proposal-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("DE", "Vorgangsnummer=case_number,Erstellt am=opened,Geändert am=updated,Status=status,Priorität=priority,Kanal=channel,Name=customer.name,E-Mail=customer.emails,Telefon=customer.phones,PLZ=customer.addresses.postcode,Beschreibung=description,Kosten=repair.cost", 0.9)]
    [InlineData("JP", "受付番号=case_number,受付日時=opened,状態=status,優先度=priority,受付方法=channel,氏名=customer.name,メールアドレス=customer.emails,電話番号=customer.phones,郵便番号=customer.addresses.postcode,内容=description,満足度=satisfaction.csat", 0.9)]
    [InlineData("US", "id=case_number,created_at=opened,status=status,via.channel=channel,requester.name=customer.name,requester.email=customer.emails,subject=subject", 0.55)]
    public async Task Propose_ARegionOfTheGenerator_NamesTheFieldsThatItsOwnMappingNames(string code, string plain, double least)
    {
        var region = SampleRegion.Parse(code);
        var (content, _) = await SampleKit.WriteAsync(region, new SampleOptions(600, 7, new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero)));
        var file = Write($"export.{region.Extension}", content);

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: code, TimeZone: region.Zone.Id), default);

        AssertPlain(plain, proposal);
        await AssertSoundAsync(proposal, file, rejected: 0);
        await AssertShareAsync(code, proposal, region.MappingFile, file, least);
    }

    [Fact]
    public async Task Propose_TheExampleOfFrance_NamesItsFieldsAndQuarantinesItsBadRows()
    {
        var file = RepositoryRoot.Path("ops", "examples", "region-fr", "export.csv");

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "FR"), default);

        AssertPlain("Dossier=case_number,Créé le=opened,Modifié le=updated,Clos le=closed,Statut=status,Client=customer.name,Courriel=customer.emails,Code postal=customer.addresses.postcode,Conseiller=agent.name", proposal);
        Assert.Equal(("windows-1252", 2), (proposal.Encoding!.Encoding, proposal.Outcomes["bad-time"] + proposal.Outcomes["undecodable"]));
        await AssertSoundAsync(proposal, file, rejected: 2);
        await AssertShareAsync("FR", proposal, RepositoryRoot.Path("ops", "examples", "region-fr", "mapping.yaml"), file, 0.9);
    }

    [SharedTheory("samples")]
    [InlineData("callcenter-csat/Call Center.csv", "callcenter-csat", "US", "id=case_number,call_timestamp=opened,channel=channel,customer_name=customer.name,csat_score=satisfaction.csat,city=customer.addresses.locality,state=customer.addresses.area,call_center=centre", 0.9)]
    [InlineData("nyc311-csv/311_Service_Requests_legacy.csv", "nyc311-legacy", "US", "Unique Key=case_number,Created Date=opened,Closed Date=closed,Status=status,Complaint Type=inquiry_type,Descriptor=subject", 0.6)]
    [InlineData("nyc311-csv/311_Service_Requests_soda.csv", "nyc311-soda", "US", "unique_key=case_number,created_date=opened,closed_date=closed,status=status,open_data_channel_type=channel", 0.6)]
    [InlineData("fukui-survey-ja/fukui_survey_2023-05.utf8bom.csv", "fukui-utf8", "JP", "会員ID=customer.number,回答日時=opened,性別=customer.gender,満足度=satisfaction.csat,満足度の理由=satisfaction.comment,NPS=satisfaction.nps", 0.8)]
    [InlineData("fukui-survey-ja/fukui_survey_2023-05.cp932.csv", "fukui-cp932", "JP", "会員ID=customer.number,回答日時=opened,性別=customer.gender,満足度=satisfaction.csat,満足度の理由=satisfaction.comment,NPS=satisfaction.nps", 0.8)]
    [InlineData("servicenow-incident-log/incident_event_log.csv", "servicenow-log", null, "number=case_number,opened_at=opened,closed_at=closed,sys_updated_at=updated,incident_state=status,priority=priority", 0.6)]
    public async Task Propose_ARealExport_NamesThePlainFieldsAndReadsTheSample(string sample, string mapping, string? country, string plain, double least)
    {
        var file = SharedData.Path(["samples", .. sample.Split('/')]);

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: country, TimeZone: "Etc/UTC"), default);

        AssertPlain(plain, proposal);
        await AssertSoundAsync(proposal, file, rejected: 0);
        await AssertShareAsync(mapping, proposal, RepositoryRoot.Path("tests", "mappings", mapping + ".yaml"), file, least);
    }

    [SharedFact("samples/consumidor-gov-br")]
    public async Task Propose_AFileWithoutHeaderAndKey_NumbersColumnsAndAsks()
    {
        var file = SharedData.Path("samples", "consumidor-gov-br", "2015-01.csv");

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "BR", TimeZone: "America/Sao_Paulo"), default);

        AssertPlain("column 8=opened,column 21=status", proposal);
        Assert.Contains("key: {hash_of: row}", proposal.Mapping, StringComparison.Ordinal);
        Assert.Contains(proposal.Questions, question => question.Contains("looks like data", StringComparison.Ordinal));
        Assert.DoesNotContain(proposal.Fields, field => field is { Target: "custom_fields", Column: "column 4", Question: null });
        await AssertSoundAsync(proposal, file, rejected: 0);
    }

    [Fact]
    public async Task Propose_ColumnsOfEqualWidthInBytes_AreToldThoughTheirLettersDiffer()
    {
        var region = SampleRegion.Parse("KR");
        var (content, _) = await SampleKit.WriteAsync(region, new SampleOptions(300, 7, new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero)));

        var proposal = await MappingProposer.ProposeAsync([Write("export.dat", content)], new ProposalOptions(Country: "KR", TimeZone: region.Zone.Id), default);

        Assert.StartsWith("{type: fixed, encoding: cp949, unit: bytes, columns: [", proposal.Format, StringComparison.Ordinal);
        Assert.Contains("bytes long", proposal.Mapping, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PL", "# fold: {by: nr, order: kiedy}")]
    [InlineData("DE", null)]
    public async Task Propose_RowsThatAreStepsOfCases_OffersToFoldThem(string code, string? fold)
    {
        var region = SampleRegion.Parse(code);
        var (content, _) = await SampleKit.WriteAsync(region, new SampleOptions(300, 7, new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero)));

        var proposal = await MappingProposer.ProposeAsync([Write($"export.{region.Extension}", content)], new ProposalOptions(Country: code, TimeZone: region.Zone.Id), default);

        Assert.Equal(fold is not null, proposal.Mapping.Contains("fold:", StringComparison.Ordinal));
        if (fold is not null)
        {
            Assert.Contains(fold, proposal.Mapping, StringComparison.Ordinal);
            var folded = proposal.Mapping.Replace("# fold:", "fold:", StringComparison.Ordinal);
            Assert.Empty(SourceMapping.Parse("proposed.yaml", folded).Faults);
        }
    }

    [Fact]
    public async Task Propose_ADatabaseOfSqlite_SaysHowItIsRead()
    {
        var file = Write("desk.sqlite", Encoding.UTF8.GetBytes("SQLite format 3\0\u0010\0\u0001\u0001"));

        var fault = await Assert.ThrowsAsync<SourceFormatException>(() => MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "GB"), default));

        Assert.Contains("provider sqlite", Assert.Single(fault.Faults).Cure, StringComparison.Ordinal);
    }

    [SharedFact("samples/consumidor-gov-br")]
    public async Task Propose_AFileThatLostLetters_AsksForABetterOne()
    {
        var file = SharedData.Path("samples", "consumidor-gov-br", "2014-05.csv");

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "BR"), default);

        Assert.Contains(proposal.Questions, question => question.Contains("U+FFFD", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Propose_AFooterAndACutRow_AskInsteadOfMakingCasesOfThem()
    {
        var proposal = await ProposeAsync(Table(300, before: "SR/99999;2026-01-\n") + "RAZEM;300\nWygenerowano 2026-02-01\n", "PL");

        Assert.Contains("footer: {from: \"^RAZEM|^Wygenerowano\"}", proposal.Format, StringComparison.Ordinal);
        Assert.DoesNotContain("ragged", proposal.Format, StringComparison.Ordinal);
        Assert.Contains("# ? The last 2 lines have fewer cells", proposal.Mapping, StringComparison.Ordinal);
        Assert.Contains("# ? 1 of the first", proposal.Mapping, StringComparison.Ordinal);
        Assert.Equal((300, 1), (proposal.Outcomes["cases"], proposal.Outcomes["ragged-row"]));
    }

    [Fact]
    public async Task Propose_AFileCutInItsLastRow_TakesItForNoFooter()
    {
        var proposal = await ProposeAsync(Table(30) + "SR/00031;2026", "PL");

        Assert.DoesNotContain("footer", proposal.Format, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Propose_PathsBelowAParentWithATellingName_GoByTheirOwn()
    {
        var proposal = await ProposeAsync(string.Concat(Enumerable.Range(1, 30).Select(row =>
            $$$"""{"zgłoszenie": {"numer": "SR-{{{row}}}", "klient": {"imię": "Imię{{{row % 7}}}", "nazwisko": "N{{{row}}}"}, "status": {"kod": "{{{row % 3}}}"}, "zmieniono": "2026-01-{{{1 + (row % 28):00}}}T10:00:00Z"}}""" + "\n")), "PL", name: "desk.jsonl");

        Assert.DoesNotContain(proposal.Fields, field => field.Column != "zgłoszenie.numer" && (field.Target == "case_number" || field.Value.Contains("class: case_number", StringComparison.Ordinal)));
        Assert.DoesNotContain(proposal.Fields, field => field.Target != "case_number" && field.Evidence.Contains("zgłoszenie", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Lampy,Wentylatory,Czajniki", true)]
    [InlineData("Zespół A,Zespół B,Dział reklamacji", false)]
    public async Task Propose_AGroupOfWhatNobodyKnows_IsAsked(string words, bool isAsked)
    {
        var groups = words.Split(',');

        var proposal = await ProposeAsync("Numer zgłoszenia;Utworzono;Grupa\n" + string.Concat(Enumerable.Range(1, 30).Select(row => $"SR-{row};2026-01-{1 + (row % 28):00};{groups[row % 3]}\n")), "PL");

        var team = Assert.Single(proposal.Fields, field => field.Column == "Grupa");
        Assert.Equal(("agent.team", isAsked), (team.Target, team.Question is not null));
    }

    [Fact]
    public async Task Propose_ColumnsOfFixedWidthWithDecimalCommas_AreFixed()
    {
        var rows = string.Concat(Enumerable.Range(1, 40).Select(row => $"{row,-8}2026-01-{1 + (row % 28):00} {"It hums no " + (row % 5),-14}{row * 1.5m,8:0.00}\n".Replace('.', ',')));

        var proposal = await ProposeAsync($"{"NUMMER",-8}{"DATUM",-11}{"BETREFF",-14}{"KOSTEN",8}\n{rows}SUMME 40\n", "DE", name: "desk.txt");

        Assert.StartsWith("{type: fixed", proposal.Format, StringComparison.Ordinal);
        Assert.Contains("{name: NUMMER, start: 1, end: ", proposal.Format, StringComparison.Ordinal);
        Assert.Contains("{name: KOSTEN, start: ", proposal.Format, StringComparison.Ordinal);
        Assert.Contains(proposal.Questions, question => question.Contains("fixed width", StringComparison.Ordinal));
        Assert.InRange(proposal.Outcomes["cases"], 40, 41);
    }

    [Fact]
    public async Task Propose_RowsThatShareANumber_NamesItAndThem_AndHasTheLanguageToldByTheTexts()
    {
        var file = Write("desk.csv", Encoding.UTF8.GetBytes("Case ID,Created,Subject\n" + string.Concat(Enumerable.Range(1, 30).Select(row => $"{(row == 30 ? 1 : row)},2026-01-{1 + (row % 28):00} 10:00,The lamp hums again number {row}\n"))));

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: "US"), default);

        Assert.Contains(proposal.Questions, question => question.StartsWith("1 of 30 rows repeat a 'Case ID' of another row", StringComparison.Ordinal));
        Assert.Contains("language: {detect: [Subject]}", proposal.Mapping, StringComparison.Ordinal);
        await AssertSoundAsync(proposal, file, rejected: 0);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("US", false)]
    public async Task Propose_DaysThatReadBothWays_AreAQuestionUnlessTheCountrySaysIt(string? country, bool isAsked)
    {
        var file = Write("desk.csv", "id,created,subject\n1,03/04/2026,a lamp\n2,05/06/2026,a fan\n3,01/02/2026,a kettle\n"u8.ToArray());

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(Country: country), default);

        var opened = Assert.Single(proposal.Fields, field => field.Target == "opened");
        Assert.Equal(isAsked, opened.Question is not null);
        Assert.Contains("AMBIGUOUS", opened.Evidence, StringComparison.Ordinal);
        Assert.Equal(!isAsked, proposal.Mapping.Contains("MM/dd/yyyy}", StringComparison.Ordinal) && !opened.Value.Contains("dd/MM", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Propose_HeaderNames_ThatNeedQuotesStayThemselves()
    {
        var file = Write("desk.csv", Encoding.UTF8.GetBytes("\"Ticket: \"\"ID\"\" #1\",\"yes\",\"Created\nat\",'note {x}\n1,a,2026-01-02,x\n2,a,2026-01-03,y\n3,a,2026-01-04,z\n4,b,2026-01-05,z\n"));

        var proposal = await MappingProposer.ProposeAsync([file], new ProposalOptions(), default);

        await AssertSoundAsync(proposal, file, rejected: 0);
    }

    [Theory]
    [InlineData("01/02/2026,03/04/2026,05/06/2026,07/08/2026,09/10/2026", true)]
    [InlineData("01/02/2026,03/04/2026,05/06/2026,07/08/2026,13/10/2026", false)]
    [InlineData("2026-01-02,2026-03-04,2026-05-06,2026-07-08,2026-09-10", false)]
    [InlineData("01/02/2026,01/02/2026,01/02/2026,01/02/2026,01/02/2026", false)]
    public void DayOrder_OfTexts_IsOpenOnlyWhereNothingTellsIt(string texts, bool isOpen) =>
        Assert.Equal(isOpen, DayOrder.IsOpen(texts.Split(',')));

    [Theory]
    [InlineData("desk.xml", "<?xml version=\"1.0\"?><export><v>1</v><cases><case><id>7</id><title>a lamp</title></case><case><id>8</id><title>a fan</title></case></cases></export>", "type: xml, records: export/cases/case", "id=case_number,title=subject")]
    [InlineData("desk2.xml", "<?xml version=\"1.0\" encoding=\"GB18030\"?><desk><ticket id=\"7\"><title lang=\"en\">a lamp</title><created>2026-01-13 10:00</created><state><name>closed</name></state></ticket><ticket id=\"8\"><title lang=\"en\">a fan</title><created>2026-01-14 10:00</created><state><name>open</name></state></ticket></desk>", "type: xml, records: desk/ticket", "created=opened")]
    [InlineData("desk.jsonl", "{\"id\":1,\"title\":\"a lamp\",\"created_at\":1760000000}\n{\"id\":2,\"title\":\"a fan\",\"created_at\":1760000001}\n", "type: jsonl", "id=case_number,title=subject,created_at=opened")]
    [InlineData("desk.json", "{\"page\":1,\"data\":{\"tickets\":[{\"id\":1,\"title\":\"a lamp\"},{\"id\":2,\"title\":\"a fan\"}]}}", "type: json, encoding: utf-8, records: data.tickets", "id=case_number,title=subject")]
    [InlineData("desk.tsv", "Report of cases\n\nCase ID\tCreated\tStatus\n1\t13.01.2026 10:00\tgeschlossen\n2\t14.01.2026 10:00\tgeschlossen\n", "delimiter: tab, preamble: 2", "Case ID=case_number,Created=opened,Status=status")]
    [InlineData("desk.sql", "/*M!999999\\- enable the sandbox mode */\n-- MariaDB dump 10.19\nSET NAMES utf8mb4;\nCREATE TABLE `staff` (`id` int);\nCREATE TABLE `tickets` (`id` int, `subject` text);\nINSERT INTO `tickets` VALUES (1,'a lamp'),(2,'a fan');\n-- Dump completed\n", "type: sqldump, table: tickets", "id=case_number,subject=subject")]
    [InlineData("desk.eml", "From: A <a@example.com>\nSubject: a lamp\nDate: Mon, 5 Jan 2026 10:00:00 +0100\nMessage-ID: <1@example.com>\n\nIt hums\n", "type: mail", "")]
    public async Task Propose_EachKindOfFile_IsToldFromItsStart(string name, string content, string format, string plain)
    {
        var proposal = await ProposeAsync(content, name: name);

        Assert.Contains(format, proposal.Format, StringComparison.Ordinal);
        Assert.Equal(["cases"], proposal.Outcomes.Keys);
        await AssertSoundAsync(proposal, Path.Combine(_folder, name), rejected: 0);
        if (plain.Length > 0)
        {
            AssertPlain(plain, proposal);
        }
    }

    private static void AssertPlain(string plain, MappingProposal proposal)
    {
        foreach (var pair in plain.Split(',').Select(pair => pair.Split('=')))
        {
            var field = proposal.Fields.FirstOrDefault(field => field.Question is null && field.Target == pair[1]);
            Assert.True(field is not null && (field.Column == pair[0] || field.Value.Contains(pair[0], StringComparison.Ordinal)), $"{pair[1]} is {field?.Column ?? "nothing"}, not {pair[0]}");
        }
    }

    /// <summary>Of a file with this text alone.</summary>
    private Task<MappingProposal> ProposeAsync(string text, string? country = null, string name = "desk.csv") =>
        MappingProposer.ProposeAsync([Write(name, Encoding.UTF8.GetBytes(text))], new ProposalOptions(Country: country), default);

    /// <summary>Without faults, with its tests passed, and reading the file.</summary>
    private async Task AssertSoundAsync(MappingProposal proposal, string file, int rejected)
    {
        var mapping = Write("mapping.yaml", Encoding.UTF8.GetBytes(proposal.Mapping));
        var load = SourceMapping.Load(mapping);
        Assert.Empty(load.Faults);
        var run = await MappingTestRun.RunAsync(Write("mapping.tests.yaml", Encoding.UTF8.GetBytes(proposal.Tests!)), default);
        Assert.Empty(run.Faults);
        Assert.All(run.Results, result => Assert.Empty(result.Differences));
        await using var reader = load.Mapping!.OpenReader(File.OpenRead(file), "sample");
        var (rows, lost) = (0, 0);
        for (; rows < 2000 && await reader.ReadAsync(default) is { } outcome; rows++)
        {
            lost += outcome is RowOutcome.Rejected ? 1 : 0;
        }

        Assert.Equal(rejected, lost);
    }

    /// <summary>Of the columns that the written mapping reads into fields, how many the proposal reads into the same.</summary>
    private async Task AssertShareAsync(string name, MappingProposal proposal, string written, string file, double least)
    {
        var expected = await FieldsAsync(SourceMapping.Load(written).Mapping!, file);
        var found = await FieldsAsync(SourceMapping.Parse("proposal", proposal.Mapping).Mapping!, file);
        var right = expected.Where(column => found.TryGetValue(column.Key, out var fields) && fields.Overlaps(column.Value)).Select(column => column.Key).ToList();
        var wrong = expected.Where(column => found.TryGetValue(column.Key, out var fields) && !fields.Overlaps(column.Value)).Select(column => $"{column.Key}: {string.Join('|', found[column.Key])}").ToList();
        var share = (double)right.Count / expected.Count;
        var text = string.Create(CultureInfo.InvariantCulture, $"{name}: {right.Count} of {expected.Count} columns right ({share:P0}), {wrong.Count} wrong: {string.Join(", ", wrong)}; not proposed: {string.Join(", ", expected.Keys.Where(column => !found.ContainsKey(column)))}");
        output.WriteLine(text);
        Assert.True(share >= least, text);
    }

    private static async Task<Dictionary<string, HashSet<string>>> FieldsAsync(SourceMapping mapping, string file)
    {
        var fields = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        await using var reader = mapping.OpenReader(File.OpenRead(file), "sample");
        for (var row = 0; row < 100 && await reader.ReadAsync(default) is not null; row++)
        {
            foreach (var field in reader.ExplainLast().Where(field => !field.Path.StartsWith("custom_fields.", StringComparison.Ordinal)))
            {
                foreach (var source in field.Sources)
                {
                    (fields.TryGetValue(source.Key, out var known) ? known : fields[source.Key] = []).Add(Index().Replace(field.Path, string.Empty));
                }
            }
        }

        return fields;
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    [GeneratedRegex(@"\[\d+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Index();
}
