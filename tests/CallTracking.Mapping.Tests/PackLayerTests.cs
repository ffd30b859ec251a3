using System.Text;
using CallTracking.Mapping.Packs;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Mappings that lay their own keys over those of a pack.</summary>
public sealed class PackLayerTests
{
    private const string Ticket = """{"id": 1, "status": "open", "priority": "low", "type": "problem", "subject": "s", "created_at": "2024-07-26 15:41", "via": {"channel": "web"}}""";

    private static readonly MappingPack Below = new("desk/lines", """
        # Lines of a desk
        source: desk
        format: {type: jsonl}
        time_zone: Etc/UTC
        key: id
        fields:
          opened: created_at
          inquiry_type: type
          status: {from: status, values: {open: open}, unknown: reject}
          subject: {join: [subject, type], with: " / "}
          channel: {from: via.channel, values: {web: web_form}, unknown: null}
        """);

    [Theory]
    [InlineData("fields: {status: {values: {open: new}}}", "status", "new")]
    [InlineData("fields: {inquiry_type: null}", "inquiry_type", null)]
    [InlineData("fields: {subject: {template: '{subject}!'}}", "subject", "s!")]
    [InlineData("fields: {status: {const: closed}}", "status", "closed")]
    [InlineData("fields: {channel: {values: {web: null}}}", "channel", null)]
    [InlineData("fields: {priority: {from: priority, values: {low: high}, unknown: reject}}", "priority", "high")]
    [InlineData("fields: {inquiry_type: {upper: true}}", "inquiry_type", "PROBLEM")]
    public async Task OwnKey_OverAPack_IsTheOneThatCounts(string own, string path, string? expected)
    {
        var load = Load(own.Replace("fields: {", "fields: {opened: {format: 'yyyy-MM-dd HH:mm'}, ", StringComparison.Ordinal));

        await using var reader = load.OpenReader(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Ticket + "\n")), "a.jsonl");
        var mapped = Assert.IsType<RowOutcome.Mapped>(await reader.ReadAsync(CancellationToken.None));

        Assert.Equal(expected, Checks.CaseText.Lines(mapped.Case).Where(line => line.Path == path).Select(line => line.Text).SingleOrDefault());
        Assert.NotNull(mapped.Case.Opened);
    }

    [Fact]
    public void Fault_OfAPack_NamesThePackAndItsLine()
    {
        var load = SourceMapping.Parse("own.yaml", "\n\nfields: {closed: {frm: x}}\n", new PackUse(Below with { Text = Below.Text.Replace("type: jsonl", "type: jsonls", StringComparison.Ordinal) }, null));

        Assert.Contains(load.Faults, fault => fault is { File: "pack:desk/lines", Line: 3 });
        Assert.Contains(load.Faults, fault => fault is { File: "own.yaml", Line: 3 });
    }

    [Fact]
    public void Alias_OverTwoPlacesOfAPack_IsRefused()
    {
        var load = SourceMapping.Parse("own.yaml", "fields: {inquiry_type: &both {upper: true}, opened: *both}", new PackUse(Below, null));

        Assert.Contains("by an alias", Assert.Single(load.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Digest_OverAPack_ChangesWithBothLayersAndTheCountry()
    {
        var use = new PackUse(Below, null);
        ulong[] digests =
        [
            SourceMapping.Parse("own.yaml", "{}", use).Mapping!.Digest,
            SourceMapping.Parse("own.yaml", "culture: de-DE", use).Mapping!.Digest,
            SourceMapping.Parse("own.yaml", "{}", new PackUse(Below with { Text = Below.Text + "\n" }, null)).Mapping!.Digest,
            SourceMapping.Parse("own.yaml", "{}", use with { CustomerCountry = "DE" }).Mapping!.Digest,
            SourceMapping.Parse("own.yaml", "{}", use with { CustomerCountry = "AT" }).Mapping!.Digest,
        ];

        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    [Theory]
    [InlineData("time_zone: Europe/Paris", false, "fields: status: values in own.yaml")]
    [InlineData("time_zone: Europe/Paris", true, "override: fields: status: values in own.yaml")]
    [InlineData("fields: {status: {from: status, values: {closed: closed}}}", false, "values at own.yaml:1")]
    public async Task UnknownWord_OfATableOfThePack_IsToldWhereTheRegionWritesIt(string own, bool isWithin, string expected)
    {
        var mapping = SourceMapping.Parse("own.yaml", own, new PackUse(Below, null) { At = isWithin ? (1, 1) : null }).Mapping!;
        await using var reader = mapping.OpenReader(new MemoryStream(Encoding.UTF8.GetBytes(Ticket.Replace("open", "awaiting part", StringComparison.Ordinal) + "\n")), "a.jsonl");

        var rejected = Assert.IsType<RowOutcome.Rejected>(await reader.ReadAsync(CancellationToken.None));

        Assert.Equal(expected, mapping.PlaceFor(rejected.Word!, rejected.Field!));
    }

    [Theory]
    [InlineData("{}", "DE")]
    [InlineData("fields: {customer_country: {const: AT}}", null)]
    public void CustomerCountry_ThatNoLayerNames_IsAssumedAndSaid(string own, string? assumed) =>
        Assert.Equal(assumed, SourceMapping.Parse("own.yaml", own, new PackUse(Below, "DE")).Mapping!.AssumedCountry);

    [Theory]
    [InlineData("extends: pack:zendesk/tickets-jsonl", null)]
    [InlineData("extends: pack:zendesk", "several exports")]
    [InlineData("extends: pack:zandesk/tickets-jsonl", "no 'pack:zandesk/tickets-jsonl'")]
    [InlineData("extends: zendesk/tickets-jsonl", "no 'zendesk/tickets-jsonl'")]
    [InlineData("extends: [a]", "one text")]
    public void Extends_OfAName_FindsThePackOrSaysWhichThereAre(string own, string? said)
    {
        var load = SourceMapping.Parse("own.yaml", own);

        if (said is null)
        {
            Assert.Empty(load.Faults);
        }
        else
        {
            Assert.Contains(load.Faults, fault => fault.Line == 1 && fault.File == "own.yaml" && fault.Message.Contains(said, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("zendesk", "inbox/*.jsonl", "zendesk/tickets-jsonl")]
    [InlineData("zendesk", "inbox/a.csv.gz", "zendesk/tickets-csv")]
    [InlineData("pack:zendesk/tickets-csv", "inbox/*", "zendesk/tickets-csv")]
    [InlineData("zendesk", "inbox/*", "zendesk/api, zendesk/tickets-csv, zendesk/tickets-jsonl")]
    [InlineData("zen", "inbox/*.csv", "")]
    public void Name_OfAHelpDesk_MeansTheExportThatFitsTheFile(string name, string file, string found) =>
        Assert.Equal(found, string.Join(", ", MappingPack.Find(name, file).Select(pack => pack.Name)));

    private static SourceMapping Load(string own)
    {
        var load = SourceMapping.Parse("own.yaml", own, new PackUse(Below, null));
        Assert.Empty(load.Faults);
        return load.Mapping!;
    }
}
