using System.Diagnostics;
using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>The packs that come with the program: what every one of them must say, and that a law holds from its day.</summary>
public sealed class LawPackTests
{
    private static readonly PolicySet Policies = PolicyKit.Policies;

    // Personal identifiers that no pack may let through, whatever the law says of transfers.
    private static readonly DataClass[] Barred =
    [
        DataClass.NationalId, DataClass.Employee, DataClass.Handle, DataClass.Payment, DataClass.SpecialCategory, DataClass.Child,
        DataClass.DeviceId, DataClass.Credential,
    ];

    public static TheoryData<string> Codes => [.. Policies.Jurisdictions.Select(jurisdiction => jurisdiction.Code).Where(code => code != "default")];

    [Fact]
    public void BuiltInPacks_EveryRowOfTheFacts_HasOne()
    {
        string[] rows =
        [
            "eea", "gb", "ch", "jp", "us-ca", "us-states", "ca", "ca-qc", "br", "mx", "ar", "cn", "hk", "tw", "kr", "in", "sg", "th", "id", "my",
            "vn", "au", "nz", "ru", "tr", "za", "ae", "sa", "cl", "co", "il", "ph", "ke", "ng",
        ];

        Assert.Equal(rows.Concat(["default", "us"]).Order(StringComparer.Ordinal), Policies.Jurisdictions.Select(j => j.Code).Order(StringComparer.Ordinal));
        Assert.All(PolicySet.BuiltInPacks, pack => Assert.True(pack.Yaml.Split('\n').Length < 60, pack.Name));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Pack_SaysWhatLawItIsAndHowItIsKnown(string code)
    {
        var law = Policies.Jurisdictions.Single(jurisdiction => jurisdiction.Code == code);

        Assert.NotEmpty(law.Law);
        Assert.NotEmpty(law.Article);
        Assert.NotEmpty(law.Countries);
        Assert.NotNull(law.InForce);
        Assert.Matches("^[RKU](/[RKU])?$", law.Basis);
        Assert.Equal("not reviewed by counsel", law.Review);
        Assert.NotEmpty(law.NationalIds);
        Assert.Contains(law.Deadlines, deadline => deadline.Kind == RequestKind.Access);
        Assert.All(law.Deadlines, deadline => Assert.True(deadline.Within is not null || deadline.Note.Length > 0 || deadline.Article.Length > 0));
        Assert.All(law.Rules, rule => Assert.NotEmpty(rule.Article));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Pack_DropsWhatIdentifiesAndNeverKeepsANameAtTheHub(string code)
    {
        var law = Policies.Jurisdictions.Single(jurisdiction => jurisdiction.Code == code);
        var inForce = Policies.On(law.InForce!.Value > Policies.Day ? law.InForce.Value : Policies.Day);

        foreach (var country in law.Countries)
        {
            var rules = inForce.RulesFor(country, "", "");
            Assert.Contains(code, rules.Jurisdictions);
            Assert.All(Barred, barred => Assert.Equal((barred, RedactionAction.Drop, RedactionPlace.Edge), (barred, rules[barred].Action, rules[barred].Place)));
            Assert.NotEqual(RedactionAction.Keep, rules[DataClass.Name].Action);
            Assert.NotNull(inForce.RetentionFor(country, "", "", "", CaseStatus.Closed));
        }
    }

    [Theory]
    [InlineData("RU")]
    [InlineData("CN")]
    public void Pack_OfALawThatKeepsDataInTheCountry_LetsNothingCrossUnchanged(string country)
    {
        var rules = Policies.RulesFor(country, "", "");

        Assert.All(DataClassNames.Governed, dataClass => Assert.True(rules[dataClass].HidesAtEdge, DataClassNames.Of(dataClass)));
    }

    [Fact]
    public void Parse_LooserRuleUnderAbsoluteLocalisation_IsAFault()
    {
        var load = PolicyKit.LoadWith("jurisdiction: ru-own\nparent: ru\ncountries: [RU]\nrules:\n  locality: {action: keep}\n");

        Assert.Contains(load.Faults, fault => fault.Line == 5 && fault.Message.Contains("absolute duty", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CL", "2026-11-30", "2026-12-01", "cl")]
    [InlineData("IN", "2027-05-12", "2027-05-13", "in")]
    [InlineData("GB", "2026-02-04", "2026-02-05", "gb")]
    public void On_DayOfEntryIntoForce_TurnsThePackOn(string country, string before, string after, string code)
    {
        var earlier = Policies.On(DateOnly.Parse(before, null));
        var later = Policies.On(DateOnly.Parse(after, null));

        Assert.Equal(["default"], earlier.RulesFor(country, "", "").Jurisdictions);
        Assert.Equal([code], later.RulesFor(country, "", "").Jurisdictions);
        Assert.NotEqual(earlier.EdgeDigest.ToArray(), later.EdgeDigest.ToArray());
        Assert.NotEqual(earlier.RulesFor(country, "", "").EdgeDigest.ToArray(), later.RulesFor(country, "", "").EdgeDigest.ToArray());
        Assert.Equal(earlier.RulesFor("DE", "", "").EdgeDigest.ToArray(), later.RulesFor("DE", "", "").EdgeDigest.ToArray());
    }

    [Theory]
    [InlineData("IN", "2027-06-01", "P1Y")]
    [InlineData("KR", "2026-11-22", "P3Y")]
    public void RetentionFor_LawThatDemandsAMinimum_HasIt(string country, string day, string minimum) =>
        Assert.Equal(minimum, Policies.On(DateOnly.Parse(day, null)).RetentionFor(country, "", "", "", CaseStatus.Closed)!.Minimum.ToString());

    [Theory]
    [InlineData("eea", RequestKind.Erasure, "1 month", "2 months")]
    [InlineData("ar", RequestKind.Erasure, "5 working days", null)]
    [InlineData("id", RequestKind.Withdrawal, "72 hours", null)]
    [InlineData("th", RequestKind.Erasure, "90 days", null)]
    [InlineData("co", RequestKind.Access, "10 working days", "5 working days")]
    [InlineData("in", RequestKind.Grievance, "90 days", null)]
    [InlineData("jp", RequestKind.Erasure, null, null)]
    public void Deadline_AsTheFactsHaveIt(string code, RequestKind kind, string? within, string? extension)
    {
        var deadline = Policies.Jurisdictions.Single(j => j.Code == code).Deadlines.Single(d => d.Kind == kind);

        Assert.Equal((within, extension), (deadline.Within?.ToString(), deadline.Extension?.ToString()));
    }

    [Fact]
    public void Deadline_ThatStopsItsClock_SaysByWhat() =>
        Assert.Equal(["identity", "fee", "clarification"], Policies.Jurisdictions.Single(j => j.Code == "gb").Deadlines[0].ClockStops);

    [Fact]
    public void Parse_AllPacks_IsQuickEnoughForEveryStart()
    {
        var start = Stopwatch.GetTimestamp();
        PolicyKit.Load(PolicySet.BuiltInPacks);

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2));
    }
}
