using CallTracking.Contracts;
using CallTracking.Hub.Cases;
using Xunit;

namespace CallTracking.Hub.Tests.Cases;

public sealed class ParameterReaderTests
{
    [Fact]
    public void Read_EveryParameter_FillsTheFilter()
    {
        var reader = Reader(
            ("region", "de,JP"), ("country", "DE, us-ca"), ("status", "pending_customer"), ("priority", "PRIORITY_HIGH"), ("channel", "web_form"),
            ("kind", "repair"), ("category", "BATTERY,LENS"), ("model", "A, B"), ("brand", "x"), ("language", "ja"), ("hazard", "SMOKE"),
            ("inquiry_type", "DEFECT"), ("opened_from", "2026-01-01"), ("opened_before", "2026-01-02T09:00:00+09:00"),
            ("updated_from", "2026-01-02T09:00:00 09:00"), ("updated_before", "2026-01-02T09:00Z"));

        var filter = CaseFilterParameters.Read(reader);

        Assert.Empty(reader.Finish());
        Assert.Equal(["DE", "JP"], filter.Regions);
        Assert.Equal(["DE", "US-CA"], filter.Countries);
        Assert.Equal([CaseStatus.PendingCustomer], filter.Statuses);
        Assert.Equal([Priority.High], filter.Priorities);
        Assert.Equal([Channel.WebForm], filter.Channels);
        Assert.Equal([RecordKind.Repair], filter.Kinds);
        Assert.Equal(["BATTERY", "LENS"], filter.ProductCategories);
        Assert.Equal(["A, B"], filter.ProductModels);
        Assert.Equal(PlantedCases.At(2), filter.OpenedBefore.ToDateTimeOffset());
        Assert.Equal(PlantedCases.At(2), filter.UpdatedFrom.ToDateTimeOffset());
        Assert.Equal(PlantedCases.At(2).AddHours(9), filter.UpdatedBefore.ToDateTimeOffset());
    }

    [Fact]
    public void Finish_ManyFaults_NamesThemAllAtOnce()
    {
        var reader = Reader(("region", "Berlin1"), ("status", "opened"), ("opened_from", "22.11.2026"), ("colour", "red"), ("country", "Germany"));

        CaseFilterParameters.Read(reader);
        var faults = reader.Finish();

        Assert.Equal(["colour", "country", "opened_from", "region", "status"], faults.Select(fault => fault.Parameter).Order(StringComparer.Ordinal));
        Assert.Contains("pending_customer", faults.Single(fault => fault.Parameter == "status").Expected, StringComparison.Ordinal);
        Assert.Contains("opened_before", faults.Single(fault => fault.Parameter == "colour").Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("country,country")]
    [InlineData("country,colour")]
    [InlineData("country,status,kind,month")]
    public void ReadBy_NotOneToThreeFields_IsAFault(string by)
    {
        var reader = Reader(("by", by));
        CaseQuestion.ReadBy(reader);
        Assert.Single(reader.Finish());
    }

    [Theory]
    [InlineData("2026-02-01", "2026-01-01", "day")]
    [InlineData("1990-01-01", "2026-01-01", "hour")]
    [InlineData("", "2026-01-01", "day")]
    public void ReadBacklog_RangeThatIsEmptyOrTooLong_IsAFault(string from, string until, string every)
    {
        var reader = Reader(("from", from), ("until", until), ("every", every));
        CaseQuestion.ReadBacklog(reader, PlantedCases.At(1));
        Assert.Single(reader.Finish());
    }

    private static ParameterReader Reader(params (string Name, string Value)[] given) =>
        new(given.ToDictionary(pair => pair.Name, pair => (IReadOnlyList<string>)[pair.Value]));
}
