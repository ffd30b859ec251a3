using CallTracking.Contracts;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests;

public sealed class SampleSourceTests
{
    [SharedFact("samples/servicenow-incident-log")]
    public async Task ServiceNow_AuditLog_CountsAndFieldsAreTheReadmes()
    {
        var outcomes = await ReadAsync("servicenow-log.yaml", "servicenow-incident-log", "incident_event_log.csv");

        var cases = outcomes.Cast<RowOutcome.Mapped>().ToList();
        Assert.Equal((4005, 582), (cases.Count, cases.Select(row => row.LocalId).Distinct().Count()));
        Assert.Equal((1194, 600), (cases.Count(row => row.Case.Status == CaseStatus.New), cases.Count(row => row.Case.Status == CaseStatus.PendingCustomer)));
        var first = cases[0].Case;
        Assert.Equal((Priority.Normal, Severity.Major, "Category 55 / Subcategory 170"), (first.Priority, first.Severity, first.InquiryType));
        Assert.Equal(new DateTime(2016, 2, 29, 1, 16, 0, DateTimeKind.Utc), first.Opened.At.ToDateTime());
        Assert.Equal(1323, cases.Count(row => row.Case.Agent?.Id is null));
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

    private static string? Custom(RowOutcome.Mapped row, string name) =>
        row.Case.CustomFields.SingleOrDefault(field => field.Name == name)?.Text.Clear;

    private static async Task<List<RowOutcome>> ReadAsync(string mapping, string folder, string file)
    {
        var load = SourceMapping.Load(RepositoryRoot.Path("tests", "mappings", mapping));
        Assert.Empty(load.Faults);
        await using var reader = load.Mapping!.OpenReader(File.OpenRead(SharedData.Path("samples", folder, file)), file);
        var outcomes = await Reading.AllAsync(reader);
        Assert.Empty(outcomes.OfType<RowOutcome.Rejected>().Select(row => $"{row.Position} {row.Reason} {row.Field}: {row.Message}"));
        return outcomes;
    }
}
