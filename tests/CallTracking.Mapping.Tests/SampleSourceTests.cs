using CallTracking.Contracts;
using CallTracking.Mapping.Shapes;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class SampleSourceTests
{
    [SharedFact("samples/servicenow-incident-log")]
    public async Task ServiceNow_AuditLog_CountsAndFieldsAreTheReadmes()
    {
        var outcomes = await ReadAsync("servicenow-log.yaml", "servicenow-incident-log", "incident_event_log.csv");

        var cases = outcomes.OfType<RowOutcome.Mapped>().ToList();
        Assert.Equal((4005, 582, 3423), (outcomes.Count, cases.Count, outcomes.OfType<RowOutcome.Folded>().Count()));
        Assert.All(cases, row => Assert.Equal((CaseStatus.Closed, CaseStatus.Closed), (row.Case.Status, row.Case.StatusHistory[^1].Status)));
        Assert.Equal((2229, 176), (cases.Sum(row => row.Case.StatusHistory.Count), cases.Count(row => row.Case.Agent?.Id is null)));
        var first = cases[0].Case;
        Assert.Equal(("INC0000045", Priority.Normal, Severity.Major, "Category 55 / Subcategory 170"), (first.CaseNumber.Clear, first.Priority, first.Severity, first.InquiryType));
        Assert.Equal((At(2, 29, 1, 16), At(3, 5, 12, 0), At(3, 5, 12, 0)), (Time(first.Opened), Time(first.Updated), Time(first.Closed)));
        Assert.Equal(
            [(CaseStatus.New, At(2, 29, 1, 23)), (CaseStatus.Resolved, At(2, 29, 8, 53)), (CaseStatus.Closed, At(3, 5, 12, 0))],
            first.StatusHistory.Select(change => (change.Status, Time(change.At))));
    }

    [SharedFact("samples/servicenow-incident-log")]
    public async Task ServiceNow_LongestCase_HasItsLastRowsValuesAndItsHistory()
    {
        var outcomes = await ReadAsync("servicenow-log.yaml", "servicenow-incident-log", "incident_event_log.csv");

        var longest = outcomes.OfType<RowOutcome.Mapped>().Single(row => row.LocalId == "INC0000990").Case;
        Assert.Equal(
            [CaseStatus.New, CaseStatus.PendingCustomer, CaseStatus.Open, CaseStatus.PendingCustomer, CaseStatus.Open, CaseStatus.PendingCustomer, CaseStatus.Resolved, CaseStatus.Closed],
            longest.StatusHistory.Select(change => change.Status));
        Assert.Equal((At(3, 2, 8, 14), At(3, 27, 8, 59)), (Time(longest.Opened), Time(longest.Closed)));
        Assert.Equal(("Caller 1402", "Resolver 13", ""), (longest.Customer.Number.Clear, longest.Agent.Id.Clear, longest.Agent.Team));
        Assert.Equal(9, longest.CustomFields.Single(field => field.Name == "reassignments").Integer);
        Assert.Equal("code 6", longest.CustomFields.Single(field => field.Name == "closed_code").Text.Clear);
    }

    [SharedFact("samples/zendesk-json")]
    public async Task Zendesk_ThreeFiles_TicketsHaveTheirPeopleAndOrganizations()
    {
        var outcomes = await ReadAsync("zendesk-export.yaml", "zendesk-json", "tickets.json");

        var cases = outcomes.Cast<RowOutcome.Mapped>().Select(row => row.Case).ToList();
        Assert.Equal(
            (200, 199, 196, 195, 195),
            (cases.Count, cases.Count(row => row.Customer.Name is not null), cases.Count(row => row.Customer.Emails.Count == 1), cases.Count(row => row.Agent?.Name is not null), cases.Count(row => row.Customer.Organisation is not null)));
        var first = cases[0];
        Assert.Equal("436bf9b0-1147-4c0a-8439-6f79833bff5b", first.CaseNumber.Clear);
        Assert.Equal(
            ("38", "Elma Castro", "georgettecastro@flotonic.com", "8364-062-708", "Zentry"),
            (first.Customer.Number.Clear, first.Customer.Name.Clear, first.Customer.Emails[0].Clear, first.Customer.Phones[0].Clear, first.Customer.Organisation.Clear));
        Assert.Equal(("24", "Harris Côpeland", "Artisan"), (first.Agent.Id.Clear, first.Agent.Name.Clear, first.CustomFields.Single().Text.Clear));
        Assert.Equal((CaseStatus.PendingCustomer, Priority.High, Channel.WebForm, 4), (first.Status, first.Priority, first.Channel, first.Tags.Count));
        Assert.Equal((new DateTime(2016, 4, 28, 21, 19, 34, DateTimeKind.Utc), -600), (Time(first.Opened), first.Opened.UtcOffsetMinutes));
        Assert.Equal(("Prince Hinton", "Quilk"), (cases[1].Customer.Name.Clear, cases[1].Customer.Organisation.Clear));
        Assert.Null(cases[77].Customer.Name);
        Assert.Null(cases[84].Customer.Organisation);
    }

    [SharedFact("samples/consumidor-gov-br")]
    public async Task Consumidor_WithoutKeyAndHeader_CountsAndFieldsAreTheReadmes()
    {
        var outcomes = await ReadAsync("consumidor-2015.yaml", "consumidor-gov-br", "2015-01.csv");

        var cases = outcomes.Cast<RowOutcome.Mapped>().ToList();
        Assert.Equal((4000, 4000), (cases.Count, cases.Select(row => row.LocalId).Distinct().Count()));
        Assert.Equal(2374, cases.Count(row => row.Case.Satisfaction is not null));
        Assert.Equal(1540, cases.Count(row => row.Case.CustomFields.Any(field => field is { Name: "resolvida", Text.Clear: "yes" })));
        Assert.Equal("Brasília", cases[0].Case.Customer.Addresses[0].Locality.Clear);
    }

    [SharedFact("samples/callcenter-csat")]
    public async Task CallCenter_WholeFile_CountsAndFieldsAreTheReadmes()
    {
        var outcomes = await ReadAsync("callcenter-csat.yaml", "callcenter-csat", "Call Center.csv");

        var cases = outcomes.OfType<RowOutcome.Mapped>().ToList();
        Assert.Equal((5000, 4950, 50), (outcomes.Count, cases.Count, outcomes.OfType<RowOutcome.Blank>().Count()));
        Assert.Equal(1553, cases.Count(row => row.Case.Channel == Channel.Phone));
        Assert.Equal(4950 - 3117, cases.Count(row => row.Case.Satisfaction is not null));
        Assert.Equal(427, cases.Count(row => row.Case.Centre == "Denver/CO"));
        var first = cases[0];
        Assert.Equal("DKK-57076809-w-055481-fU", first.LocalId);
        Assert.Equal("Analise Gairdner", first.Case.Customer.Name.Clear);
        Assert.Equal("Detroit", first.Case.Customer.Addresses[0].Locality.Clear);
        Assert.Equal((7.0, 1.0, 10.0), (first.Case.Satisfaction.Csat, first.Case.Satisfaction.CsatMin, first.Case.Satisfaction.CsatMax));
        Assert.Equal(200.0 / 3, first.Case.Satisfaction.CsatScore, 9);
        Assert.Equal(new DateTime(2020, 10, 29, 5, 0, 0, DateTimeKind.Utc), first.Case.Opened.At.ToDateTime());
        Assert.Equal((TimePrecision.Day, "10/29/2020"), (first.Case.Opened.Precision, first.Case.Opened.Original));
        Assert.Equal(17, Assert.Single(first.Case.CustomFields, field => field.Name == "call_minutes").Integer);
    }

    [SharedFact("samples/nyc311-csv")]
    public async Task Nyc311_PortalExport_CountsAndFieldsAreTheReadmes()
    {
        var outcomes = await ReadAsync("nyc311-legacy.yaml", "nyc311-csv", "311_Service_Requests_legacy.csv");

        var cases = outcomes.Cast<RowOutcome.Mapped>().ToList();
        Assert.Equal(117, cases.Count);
        Assert.All(cases, row => Assert.Equal(CaseStatus.Closed, row.Case.Status));
        Assert.Equal(76, cases.Count(row => row.Case.Centre == "NYPD"));
        var first = cases[0].Case;
        Assert.Equal("33648024", first.CaseNumber.Clear);
        Assert.Equal(new DateTime(2016, 6, 21, 2, 4, 21, DateTimeKind.Utc), first.Opened.At.ToDateTime());
        Assert.Equal(-240, first.Opened.UtcOffsetMinutes);
        Assert.Equal(["70 BUSH STREET", "BUSH STREET", "COLUMBIA STREET", "HICKS STREET"], first.IncidentAddress.Lines.Select(line => line.Clear));
        Assert.Equal("40.67500778066339,-74.00664420030702", first.IncidentCoordinates.Clear);
        Assert.DoesNotContain(cases, row => row.Case.ToString().Contains("Unspecified", StringComparison.Ordinal));
    }

    [SharedFact("samples/nyc311-csv")]
    public async Task Nyc311_ApiExport_CountsAndFieldsAreTheReadmes()
    {
        var outcomes = await ReadAsync("nyc311-soda.yaml", "nyc311-csv", "311_Service_Requests_soda.csv");

        var cases = outcomes.Cast<RowOutcome.Mapped>().ToList();
        Assert.Equal(500, cases.Count);
        Assert.Equal((232, 268), (cases.Count(row => row.Case.Status == CaseStatus.Closed), cases.Count(row => row.Case.Status == CaseStatus.Open)));
        Assert.Equal(
            (275, 123, 102),
            (cases.Count(row => row.Case.Channel == Channel.WebForm), cases.Count(row => row.Case.Channel == Channel.MobileApp), cases.Count(row => row.Case.Channel == Channel.Phone)));
        Assert.Equal(268, cases.Count(row => row.Case.Closed is null));
        Assert.Equal(new DateTime(2023, 12, 10, 17, 0, 0, DateTimeKind.Utc), cases[0].Case.Opened.At.ToDateTime());
        Assert.Empty(cases[0].Case.Opened.Original);
        Assert.Equal(500, cases.Select(row => row.LocalId).Distinct().Count());
    }

    [SharedTheory("samples/fukui-survey-ja")]
    [InlineData("fukui-utf8.yaml", "fukui_survey_2023-05.utf8bom.csv")]
    [InlineData("fukui-cp932.yaml", "fukui_survey_2023-05.cp932.csv")]
    public async Task Fukui_InBothEncodings_CountsAndFieldsAreTheReadmes(string mapping, string file)
    {
        var outcomes = await ReadAsync(mapping, "fukui-survey-ja", file);

        var cases = outcomes.Cast<RowOutcome.Mapped>().ToList();
        Assert.Equal(1500, cases.Count);
        Assert.Equal(1500, cases.Select(row => row.LocalId).Distinct().Count());
        Assert.Equal(1233, cases.Select(row => row.Case.Customer.Number.Clear).Distinct().Count());
        Assert.Equal(
            [9, 23, 168, 796, 504],
            Enumerable.Range(1, 5).Select(score => cases.Count(row => row.Case.Satisfaction.Csat == score)));
        Assert.Equal(1500 - 51, cases.Count(row => row.Case.Customer.Gender is not null));
        Assert.Single(cases, row => Custom(row, "商品満足度の理由") == "アテンドの髙橋さんが良かった");
        var first = cases[0];
        Assert.Equal("132011\u001F2023-05-01 22:14:22", first.LocalId);
        Assert.Equal("1967", first.Case.Customer.BirthDate.Clear);
        Assert.Equal("800万円以上 900万円未満", Custom(first, "世帯年収"));
        Assert.Equal(new DateTimeOffset(2023, 5, 1, 22, 14, 22, TimeSpan.FromHours(9)), first.SourceUpdatedAt);
        Assert.Equal(9, first.Case.Satisfaction.Nps);
    }

    [SharedFact("samples/fukui-survey-ja")]
    public async Task Fukui_Cp932AndUtf8_GiveTheSameCases()
    {
        var utf8 = await ReadAsync("fukui-utf8.yaml", "fukui-survey-ja", "fukui_survey_2023-05.utf8bom.csv");
        var cp932 = await ReadAsync("fukui-cp932.yaml", "fukui-survey-ja", "fukui_survey_2023-05.cp932.csv");

        // Our cp932 copy has CRLF inside cells too.
        Assert.Equal(
            utf8.Cast<RowOutcome.Mapped>().Select(row => row.Case.ToString()),
            cp932.Cast<RowOutcome.Mapped>().Select(row => row.Case.ToString().Replace("\\r\\n", "\\n", StringComparison.Ordinal)));
        Assert.Contains(utf8.Cast<RowOutcome.Mapped>(), row => row.Case.ToString().Contains('～', StringComparison.Ordinal));
    }

    private static DateTime At(int month, int day, int hour, int minute) => new(2016, month, day, hour, minute, 0, DateTimeKind.Utc);

    private static DateTime Time(CaseTime time) => time.At.ToDateTime();

    private static string? Custom(RowOutcome.Mapped row, string name) =>
        row.Case.CustomFields.SingleOrDefault(field => field.Name == name)?.Text.Clear;

    private static async Task<List<RowOutcome>> ReadAsync(string mapping, string folder, string file)
    {
        var load = SourceMapping.Load(RepositoryRoot.Path("tests", "mappings", mapping));
        Assert.Empty(load.Faults);
        var path = SharedData.Path("samples", folder, file);
        await using var reader = load.Mapping!.OpenReader(File.OpenRead(path), file, ReadingPlace.InMemory(Path.GetDirectoryName(path)));
        var watch = new ShapeWatch(load.Mapping, known: null, isLook: true);
        reader.Watch(watch);
        var outcomes = await Reading.AllAsync(reader);
        watch.Ended(reader);
        Assert.Empty(watch.Oddities);
        Assert.Empty(outcomes.OfType<RowOutcome.Rejected>().Select(row => $"{row.Position} {row.Reason} {row.Field}: {row.Message}"));
        return outcomes;
    }
}
