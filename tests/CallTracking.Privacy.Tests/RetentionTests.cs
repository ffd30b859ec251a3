using System.Globalization;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

public sealed class RetentionTests
{
    [Theory]
    [InlineData("P3Y", "2023-02-28", "2026-02-28")]
    [InlineData("P1M", "2026-01-31", "2026-02-28")]
    [InlineData("P1Y", "2024-02-29", "2025-02-28")]
    [InlineData("P1Y2M1W3D", "2025-01-01", "2026-03-11")]
    [InlineData("P18M", "2025-01-15", "2026-07-15")]
    [InlineData("P30D", "2026-02-01", "2026-03-03")]
    [InlineData("P9999Y", "2026-01-01", "9999-12-31")]
    public void AddTo_CalendarPeriod_FollowsTheCalendar(string text, string from, string to)
    {
        Assert.True(CalendarPeriod.TryParse(text, out var period));

        var start = DateTimeOffset.Parse($"{from}T00:00:00Z", CultureInfo.InvariantCulture);
        Assert.Equal(DateOnly.Parse(to, CultureInfo.InvariantCulture), DateOnly.FromDateTime(period.AddTo(start).UtcDateTime));
        Assert.Equal(text, period.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("3Y")]
    [InlineData("P3")]
    [InlineData("PY")]
    [InlineData("P1.5Y")]
    [InlineData("P-1Y")]
    [InlineData("P1D1Y")]
    [InlineData("P1Y1Y")]
    [InlineData("PT5H")]
    [InlineData("P99999Y")]
    [InlineData("P1Y ")]
    public void TryParse_NotAPeriod_IsRefused(string? text) => Assert.False(CalendarPeriod.TryParse(text, out _));

    [Fact]
    public void RetentionFor_ClosedCase_TakesTheShortestOfAllJurisdictions()
    {
        var german = PolicyKit.Policies.RetentionFor("DE", "DE", "DE", "battery", CaseStatus.Closed)!;
        var mixed = PolicyKit.Policies.RetentionFor("JP", "DE", "US", "battery", CaseStatus.Closed)!;

        Assert.Equal(("eea", RetentionClock.Closed, "P3Y", RetentionAction.Delete), (german.Jurisdiction, german.Clock, german.Period.ToString(), german.Action));
        Assert.Equal("eea", mixed.Jurisdiction);
    }

    [Fact]
    public void RetentionFor_DocumentThatShortensOneTime_InheritsTheOthers()
    {
        var policies = PolicyKit.LoadWith("jurisdiction: fr\nparent: eea\ncountries: [FR]\nretention: [{statuses: [closed], clock: closed, period: P1Y, action: delete}]").Policies!;

        Assert.Equal(("fr", "P1Y"), Kept(policies, CaseStatus.Closed));
        Assert.Equal(("eea", "P3Y"), Kept(policies, CaseStatus.Resolved));
        Assert.Equal(("eea", "P6Y"), Kept(policies, CaseStatus.Open));

        // One for all cases stands before the parent's for some.
        var all = PolicyKit.LoadWith("jurisdiction: fr\nparent: eea\ncountries: [FR]\nretention: [{clock: updated, period: P1Y, action: delete}]").Policies!;
        Assert.Equal(("fr", "P1Y"), Kept(all, CaseStatus.Closed));
        Assert.Equal(("fr", "P1Y"), Kept(all, CaseStatus.Open));
    }

    private static (string Jurisdiction, string Period) Kept(PolicySet policies, CaseStatus status) =>
        policies.RetentionFor("FR", "FR", "FR", "", status) is { } kept ? (kept.Jurisdiction, kept.Period.ToString()) : ("none", "");

    [Fact]
    public void RetentionFor_ProductWithItsOwnRule_BeatsTheGeneralOne()
    {
        var policies = PolicyKit.LoadWith("""
            jurisdiction: de
            parent: eea
            countries: [DE]
            retention:
              - {clock: closed, period: P1Y, action: anonymize}
              - {products: [battery], statuses: [closed], clock: opened, period: P10Y, minimum: P10Y, action: delete, basis: "product liability"}
              - {products: [battery], clock: opened, period: P2Y, action: delete}
            """).Policies!;

        var battery = policies.RetentionFor("DE", "", "", "battery", CaseStatus.Closed)!;
        Assert.Equal("P10Y", battery.Period.ToString());
        Assert.Equal("P10Y", policies.RetentionFor("DE", "", "", "Battery", CaseStatus.Closed)!.Period.ToString());
        Assert.Equal("product liability", battery.Basis);
        Assert.Equal("P2Y", policies.RetentionFor("DE", "", "", "battery", CaseStatus.Open)!.Period.ToString());
        Assert.Equal(RetentionAction.Anonymize, policies.RetentionFor("DE", "", "", "display", CaseStatus.Open)!.Action);
        Assert.Equal("P6Y", policies.RetentionFor("FR", "", "", "battery", CaseStatus.Open)!.Period.ToString());
    }

    [Fact]
    public void RetentionFor_OneRuleNamesTheProductAndOneTheStatus_TheProductsHolds()
    {
        var policies = PolicyKit.LoadWith("""
            jurisdiction: de
            parent: eea
            countries: [DE]
            retention:
              - {statuses: [closed], clock: closed, period: P1Y, action: anonymize}
              - {products: [battery], clock: opened, period: P4Y, action: delete}
            """).Policies!;

        Assert.Equal("P4Y", policies.RetentionFor("DE", "", "", "battery", CaseStatus.Closed)!.Period.ToString());
    }

    [Theory]
    [InlineData("AA", "BB")]
    [InlineData("BB", "AA")]
    public void RetentionFor_SamePeriodInTwoCountries_DeletesWhereOneOfThemDoes(string customer, string centre)
    {
        var policies = PolicyKit.Load(
            PolicyKit.Document("default.yaml", "jurisdiction: default"),
            PolicyKit.Document("aa.yaml", "jurisdiction: aa\ncountries: [AA]\nretention: [{clock: closed, period: P1Y, action: anonymize}]"),
            PolicyKit.Document("bb.yaml", "jurisdiction: bb\ncountries: [BB]\nretention: [{clock: closed, period: P1Y, action: delete}]"));

        Assert.Equal((RetentionAction.Delete, "bb"), (policies.RetentionFor(customer, centre, "", "", CaseStatus.Closed)!.Action, policies.RetentionFor(customer, centre, "", "", CaseStatus.Closed)!.Jurisdiction));
    }

    [Fact]
    public void ExpiresAt_MinimumOfAnotherJurisdiction_IsNeverUndercut()
    {
        var policies = PolicyKit.Load(
            PolicyKit.Document("default.yaml", "jurisdiction: default"),
            PolicyKit.Document("aa.yaml", "jurisdiction: aa\ncountries: [AA]\nretention: [{clock: closed, period: P1Y, action: delete}]"),
            PolicyKit.Document("bb.yaml", "jurisdiction: bb\ncountries: [BB]\nretention: [{clock: closed, period: P5Y, minimum: P3Y, action: delete}]"),
            PolicyKit.Document("dd.yaml", "jurisdiction: dd\ncountries: [DE]\nretention: [{clock: closed, period: P6Y, minimum: P2Y, action: delete}]"));
        var closed = new DateTimeOffset(2020, 6, 1, 0, 0, 0, TimeSpan.Zero);

        var decision = policies.RetentionFor("AA", "BB", "DE", "", CaseStatus.Closed)!;

        Assert.Equal("P1Y", decision.Period.ToString());
        Assert.Equal(closed.AddYears(3), decision.ExpiresAt(closed));
        Assert.Null(policies.RetentionFor("CC", "", "", "", CaseStatus.Closed));
    }
}
