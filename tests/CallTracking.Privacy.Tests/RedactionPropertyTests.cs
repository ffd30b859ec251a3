using System.Globalization;
using System.Text;
using CallTracking.Contracts;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>What must hold whatever the case and whichever the law: over generated cases, all packs, all classes and all actions.</summary>
public sealed class RedactionPropertyTests
{
    private const int CasesPerCountry = 12;

    // Every pack is in force by then.
    private static readonly DateOnly Day = new(2027, 6, 1);

    private static readonly PolicySet Packs = PolicySet.Parse([.. PolicySet.BuiltInPacks, PolicyKit.Document("hub.yaml", PolicyKit.HubYaml)], Day).Policies!;

    private static readonly string[] Actions =
    [
        "keep", "mask, at: edge", "mask, at: hub", "pseudonymize, at: edge, purpose: customer-link", "seal, at: edge", "drop, at: edge", "drop, at: hub",
        "detect, at: edge", "detect, at: hub", "shift, at: edge",
    ];

    private static readonly Dictionary<(DataClass, string), PolicySet> Known = [];

    [Fact]
    public void Redact_TwiceUnderEveryPack_ChangesNothing()
    {
        var (edge, hub) = (new EdgeRedactor(Packs, PolicyKit.Keys), new HubRedactor(Packs));
        var countries = Packs.Jurisdictions.SelectMany(pack => pack.Countries).Concat(["XX", "US-TX", "CA-ON"]).Distinct().ToList();
        Assert.True(countries.Count > 60);
        foreach (var (country, seed) in countries.SelectMany(country => Enumerable.Range(0, CasesPerCountry).Select(seed => (country, seed))))
        {
            var value = GeneratedCase.Of(new Random((seed * 7919) + country.Sum(letter => letter)), country);
            edge.Redact(value);
            var travelling = value.ToByteString();
            edge.Redact(value);
            Assert.True(travelling == value.ToByteString(), $"{country}, case {seed}: a second pass at the edge changed something.");

            Assert.True(hub.Redact(value) is HubVerdict.Accepted, $"{country}, case {seed}: the hub does not take what the edge made.");
            var stored = value.ToByteString();
            Assert.True(hub.Redact(value) is HubVerdict.Accepted { Tally.IsEmpty: true }, $"{country}, case {seed}: a second pass at the hub did something.");
            Assert.True(stored == value.ToByteString(), $"{country}, case {seed}: a second pass at the hub changed something.");
            Assert.True(hub.Tighten(value).IsEmpty, $"{country}, case {seed}: tightening to the same rules did something.");
        }
    }

    [Fact]
    public void Redact_EveryClassUnderEveryAction_LeavesOfTheValueOnlyWhatTheActionStates()
    {
        var checkedPairs = 0;
        foreach (var (dataClass, action) in Pairs())
        {
            var policies = PolicyOf(dataClass, action);
            foreach (var value in ValuesOf(dataClass))
            {
                var @case = CaseWith(dataClass, value);
                new EdgeRedactor(policies, PolicyKit.Keys).Redact(@case);
                var atEdge = action.Contains("at: edge", StringComparison.Ordinal);
                if (atEdge)
                {
                    AssertGone(@case, dataClass, action, value);
                }

                Assert.IsType<HubVerdict.Accepted>(new HubRedactor(policies).Redact(@case));
                AssertGone(@case, dataClass, action, value);
                checkedPairs++;
            }
        }

        Assert.True(checkedPairs > 200, $"only {checkedPairs} were looked at");
    }

    [Fact]
    public void AssertGone_ValueThatStayed_IsNoticed()
    {
        foreach (var dataClass in new[] { DataClass.Name, DataClass.Phone, DataClass.Email })
        {
            var value = ValuesOf(dataClass)[0];

            Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertGone(CaseWith(dataClass, value), dataClass, "drop, at: edge", value));
        }
    }

    [Fact]
    public void Tighten_FromAnyRuleToAnyOther_IsAsIfItHadComeSoOrStricterAndComesBackOnlyFromTheRegion()
    {
        foreach (var (dataClass, before) in Pairs())
        {
            var value = ValuesOf(dataClass)[0];
            var (loose, sent) = (PolicyOf(dataClass, before), CaseWith(dataClass, value));
            new EdgeRedactor(loose, PolicyKit.Keys).Redact(sent);
            new HubRedactor(loose).Redact(sent);
            foreach (var (_, after) in Pairs(dataClass).Where(pair => pair.Action != before))
            {
                var (tight, stored) = (PolicyOf(dataClass, after), sent.Clone());
                var hub = new HubRedactor(tight);
                hub.Tighten(stored);

                AssertGone(stored, dataClass, after, value, $"{before} -> {after}");
                Assert.True(hub.Redact(stored) is HubVerdict.Accepted { Tally.IsEmpty: true }, $"{DataClassNames.Of(dataClass)}, {before} -> {after}: not what the new rules ask for.");
                var tightened = FormOf(stored);
                new HubRedactor(loose).Tighten(stored);
                AssertGone(stored, dataClass, after, value, $"{before} -> {after} -> {before}");
                new HubRedactor(tight).Tighten(stored);
                Assert.True(FormOf(stored) is PersonalText.FormOneofCase.None || FormOf(stored) == tightened, $"{DataClassNames.Of(dataClass)}, {before} -> {after} and back: another form than before.");
            }

            // Sent again under the rules of before, it is what it was: but for what sealing draws by lot.
            var again = CaseWith(dataClass, value);
            new EdgeRedactor(loose, PolicyKit.Keys).Redact(again);
            new HubRedactor(loose).Redact(again);
            if (!before.StartsWith("seal", StringComparison.Ordinal))
            {
                Assert.Equal(sent, again);
            }
        }
    }

    private static PersonalText.FormOneofCase FormOf(Case value) => value.CustomFields.SingleOrDefault()?.Text.FormCase ?? PersonalText.FormOneofCase.None;

    private static IEnumerable<(DataClass DataClass, string Action)> Pairs() => DataClassNames.Governed.SelectMany(Pairs);

    private static IEnumerable<(DataClass DataClass, string Action)> Pairs(DataClass dataClass)
    {
        var coarser = RuleFit.Targets(dataClass).Select(to => $"generalize, at: edge, to: \"{to.Replace("N", "2", StringComparison.Ordinal)}\"");
        foreach (var action in Actions.Concat(coarser))
        {
            var suits = action.StartsWith("detect", StringComparison.Ordinal) ? RuleFit.IsText(dataClass)
                : action.StartsWith("shift", StringComparison.Ordinal) ? RuleFit.IsDate(dataClass)
                : dataClass != DataClass.Credential || action == "drop, at: edge";
            if (suits)
            {
                yield return (dataClass, action);
            }
        }
    }

    private static PolicySet PolicyOf(DataClass dataClass, string action)
    {
        lock (Known)
        {
            return Known.TryGetValue((dataClass, action), out var known) ? known : Known[(dataClass, action)] = Read(dataClass, action);
        }
    }

    private static PolicySet Read(DataClass dataClass, string action)
    {
        var ground = dataClass switch
        {
            DataClass.Employee => ", agreement: \"works agreement\"",
            DataClass.SpecialCategory or DataClass.Child => ", ground: \"explicit consent\"",
            _ => "",
        };
        var texts = RuleFit.IsText(dataClass) ? "" : "\nfree_text: {action: detect, at: hub}";
        return PolicyKit.OneCountry($"{DataClassNames.Of(dataClass)}: {{action: {action}{ground}}}{texts}");
    }

    // In a field of its class, and twice in a text: as it is, and at the end of a sentence.
    private static Case CaseWith(DataClass dataClass, string value)
    {
        var @case = new Case
        {
            CustomerCountry = "ZZ",
            CaseUid = ByteString.CopyFrom(new byte[16]),
            Opened = new CaseTime { At = new() { Seconds = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() } },
            CustomFields = { new CustomField { Name = "x", DataClass = dataClass, Text = PolicyKit.Clear(value) } },
        };
        if (!RuleFit.IsText(dataClass) && dataClass != DataClass.Gender)
        {
            @case.Description = PolicyKit.Clear($"The lamp of {value} blinks twice.\nSee {value.ToUpperInvariant()}.");
        }

        return @case;
    }

    private static string[] ValuesOf(DataClass dataClass) => dataClass switch
    {
        DataClass.BirthDate or DataClass.PersonalDate => ["1980-05-17", "1959-12-31"],
        DataClass.Phone => ["+49 176 1234567", "+81 90-8765-4321"],
        DataClass.Email => ["quirin.zeisig@quarkwerk.example"],
        DataClass.IpAddress => ["203.0.113.177", "2001:db8:17:29::93"],
        DataClass.Coordinates => ["48.137154,11.576124"],
        DataClass.Postcode => ["80331-77", "SW1A 2AA"],
        DataClass.Name => ["Quirin Zeisigmann", "佐々木 花子美"],
        DataClass.FreeText or DataClass.FileName => ["mail quirin.zeisig@quarkwerk.example today"],
        _ => ["QX-77341-ZEISIG-90817"],
    };

    // What must not be there any more, whatever the action leaves: all of it, and what a coarser form cuts off.
    private static IEnumerable<string> Hidden(DataClass dataClass, string action, string value)
    {
        if (RuleFit.IsText(dataClass))
        {
            yield return action.StartsWith("detect", StringComparison.Ordinal) ? "zeisig" : value;
            yield break;
        }

        yield return value;
        yield return Digits(value) is { Length: >= 7 } digits ? digits : value;
        if (action.StartsWith("generalize", StringComparison.Ordinal))
        {
            yield return dataClass switch
            {
                DataClass.BirthDate or DataClass.PersonalDate => value[7..] + "\"",
                DataClass.Phone => value[^7..],
                DataClass.Email => "zeisig",
                DataClass.IpAddress => value.Contains(':', StringComparison.Ordinal) ? "::93" : ".177",
                DataClass.Coordinates => "137154",
                _ => value[^5..],
            };
        }
    }

    private static string Digits(string value) => string.Concat(value.Where(char.IsAsciiDigit));

    private static void AssertGone(Case @case, DataClass dataClass, string action, string value, string how = "")
    {
        if (action == "keep")
        {
            return;
        }

        var wire = @case.ToByteArray();
        var text = Fold(Encoding.UTF8.GetString(wire));
        foreach (var hidden in Hidden(dataClass, action, value))
        {
            Assert.False(
                text.Contains(Fold(hidden), StringComparison.Ordinal) || wire.AsSpan().IndexOf(Encoding.Unicode.GetBytes(hidden)) >= 0,
                string.Create(CultureInfo.InvariantCulture, $"{DataClassNames.Of(dataClass)} under '{action}' {how}: '{hidden}' is still there."));
        }
    }

    private static string Fold(string text) => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
}
