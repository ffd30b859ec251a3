using CallTracking.Contracts;
using Xunit;

namespace CallTracking.Privacy.Tests;

/// <summary>Policies and cases that the tests share.</summary>
internal static class PolicyKit
{
    public const string HubYaml = """
        hub: {country: JP, entity: "Example Holdings"}
        transfers:
          - from: [AT, BE, BG, HR, CY, CZ, DK, EE, FI, FR, DE, GR, HU, IE, IS, IT, LI, LT, LU, LV, MT, NL, "NO", PL, PT, RO, SE, SI, SK, ES]
            to: JP
            basis: adequacy
            reference: "Commission Implementing Decision (EU) 2019/419"
            since: 2019-01-23
            except: [national_id, payment]
          - {from: [US], to: JP, basis: no_restriction, reference: "no general rule on transfers", since: 2020-01-01}
        """;

    /// <summary>The day of the tests.</summary>
    public static readonly DateOnly Day = new(2026, 11, 22);

    public static readonly PolicySet Policies = Load([.. PolicySet.BuiltInPacks, Document("hub.yaml", HubYaml)]);

    public static readonly RegionKeys Keys = RegionKeys.Derive(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray(), "DE");

    public static PolicyDocument Document(string name, string yaml) => new() { Name = name, Yaml = yaml };

    /// <summary>Loads documents that must be without fault.</summary>
    public static PolicySet Load(params IEnumerable<PolicyDocument> documents)
    {
        var load = PolicySet.Parse(documents, Day);
        Assert.Empty(load.Faults);
        return load.Policies!;
    }

    /// <summary>The packs and the hub, with one more document.</summary>
    public static PolicyLoad LoadWith(string yaml) =>
        PolicySet.Parse([.. PolicySet.BuiltInPacks, Document("hub.yaml", HubYaml), Document("test.yaml", yaml)], Day);

    /// <summary>A policy of one country, ZZ, with these rules and a basis for every transfer.</summary>
    public static PolicySet OneCountry(string rules) => Load(
        Document("default.yaml", PolicySet.BuiltInPacks.Single(pack => pack.Name == "default.yaml").Yaml),
        Document("zz.yaml", $"jurisdiction: zz\ncountries: [ZZ]\npurposes: [customer-link, other-link]\nrules:\n  {rules.Replace("\n", "\n  ", StringComparison.Ordinal)}\n"),
        Document("hub.yaml", "hub: {country: ZZ, entity: Example}"));

    public static PersonalText Clear(string value) => new() { Clear = value };

    /// <summary>A German case with a value of most classes.</summary>
    public static Case German() => new()
    {
        CustomerCountry = "DE",
        CentreCountry = "DE",
        CollectionCountry = "DE",
        CaseNumber = Clear("DE-2026-004711"),
        Subject = Clear("Akku wird heiß"),
        Description = Clear("Sehr geehrte Damen und Herren, mein Name ist Jürgen Weißmüller, bitte unter 0176 / 1234 5678 oder juergen.weiss@example.de melden."),
        Product = new Product { Category = "battery", Serial = Clear("SN-4420-118273"), PurchasedOn = Clear("2025-11-03") },
        Customer = new Customer
        {
            Number = Clear("K-8842190"),
            Name = Clear("Jürgen Weißmüller"),
            Emails = { Clear("Juergen.Weiss@example.de") },
            Phones = { Clear("+49 176 12345678") },
            Addresses = { new PostalAddress { Lines = { Clear("Lindenstraße 14a") }, Locality = Clear("Leipzig"), Postcode = Clear("04103"), Country = "DE" } },
            BirthDate = Clear("1971-03-09"),
            Gender = Clear("m"),
            NationalIds = { new NationalId { Kind = "DE_TAX_ID", Value = Clear("86095742719") } },
            Payments = { Clear("4111 1111 1111 1111") },
        },
        Agent = new HandlingAgent { Id = Clear("agent-0815"), Name = Clear("Sabine Krauthoff"), Team = "L2" },
        Messages =
        {
            new Message { AuthorRole = AuthorRole.Customer, Body = Clear("Hallo, hier Weißmüller, Jürgen. Meine Karte 4111-1111-1111-1111. Gruß, Jürgen") },
            new Message { AuthorRole = AuthorRole.Agent, Body = Clear("Guten Tag Herr Weissmüller, viele Grüße, Sabine Krauthoff"), AuthorEmployee = Clear("agent-0815") },
        },
    };
}
