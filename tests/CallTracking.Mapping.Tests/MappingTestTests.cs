using CallTracking.Mapping.Checks;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>Tests that stand beside a mapping.</summary>
public sealed class MappingTestTests : IDisposable
{
    private const string Mapping = """
        source: test
        format: {type: delimited, encoding: windows-1252, delimiter: ";"}
        time_zone: Europe/Paris
        key: [id, part]
        gone: {from: status, equals: gone}
        filter: [{drop_when: {from: status, equals: test}, name: trial}]
        fields:
          status: {from: status, values: {offen: open}}
          opened: {from: opened, format: dd/MM/yyyy HH:mm, optional: true}
          customer.name: {from: name, optional: true}
          customer.addresses.postcode: {from: zip, optional: true}
          tags: {from: tags, split: ",", optional: true}
          messages: [{body: {from: q, optional: true}}, {body: {from: a, optional: true}}]
          repair.cost: {from: cost, currency: EUR, optional: true}
        custom_fields:
          shop: {from: shop, class: technical, optional: true}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("calltracking-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("row: {id: 1, part: 2, status: offen}, expect: {status: open}, key: 1|2")]
    [InlineData("row: {id: 1, part: 2, opened: 01/05/2026 09:12}, expect: {opened: \"2026-05-01T09:12:00+02:00\", opened.precision: minute, opened.original: 01/05/2026 09:12}")]
    [InlineData("row: {id: 1, part: 2, opened: 01/05/2026 09:12}, expect: {opened: \"2026-05-01T07:12:00Z\"}")]
    [InlineData("row: {id: 1, part: 2, zip: \"07\", name: null}, expect: {customer.addresses.postcode: \"07\", customer.name: null}")]
    [InlineData("row: {id: 1, part: 2, tags: \"a,b\"}, expect: {tags: [a, b], tags.count: 2}")]
    [InlineData("row: {id: 1, part: 2, q: hm, a: yes}, expect: {\"messages[1].body\": yes, messages.count: 2}")]
    [InlineData("row: {id: 1, part: 2, cost: \"12.50\", shop: S}, expect: {repair.cost: 12.5 EUR, custom_fields.shop: S}")]
    [InlineData("row: {id: 1, part: 2, status: zu}, rejected: {reason: unmapped-value, field: status}")]
    [InlineData("row: {id: 1}, rejected: {}")]
    [InlineData("row: {id: 1, part: 2, status: test}, filtered: trial")]
    [InlineData("row: {id: 1, part: 2, status: gone}, gone: true, key: 1|2")]
    [InlineData("text: \"id;part;status;name\\n1;2;offen;Zoë\\n\", expect: {customer.name: Zoë}")]
    public async Task Test_ThatIsTrue_Passes(string test)
    {
        var run = await RunAsync($"tests: [{{name: one, {test}}}]");

        Assert.Empty(run.Faults);
        Assert.Empty(Assert.Single(run.Results).Differences);
        Assert.True(run.IsPassed);
    }

    [Theory]
    [InlineData("row: {id: 1, part: 2, status: offen}, expect: {status: closed}", "status", "\"closed\"", "\"open\"")]
    [InlineData("row: {id: 1, part: 2}, expect: {status: open}", "status", "\"open\"", "nothing")]
    [InlineData("row: {id: 1, part: 2, tags: \"a,b\"}, expect: {tags: [a]}", "tags", "\"a\"", "[\"a\", \"b\"]")]
    [InlineData("row: {id: 1, part: 2}, expect: {}, key: 1|3", "key", "1|3", "1|2")]
    [InlineData("row: {id: 1, part: 2, status: zu}, expect: {status: open}", "the record", "a case", "rejected unmapped-value")]
    [InlineData("row: {id: 1, part: 2}, rejected: {reason: bad-time}", "the record", "rejected bad-time", "a case")]
    [InlineData("row: {id: 1}, rejected: {reason: bad-time}", "rejected.reason", "bad-time", "missing-key")]
    [InlineData("row: {id: 1, part: 2, status: test}, filtered: other", "filtered", "other", "trial")]
    [InlineData("text: \"id;part;status\\n1;2;offen\\n3;4;offen\\n\", expect: {}", "the text", "one record", "2 records")]
    [InlineData("text: \"id;part\\n1;2\\n\", expect: {}", "the text", "one record", "unreadable")]
    public async Task Test_ThatIsNot_TellsBothSides(string test, string field, string expected, string actual)
    {
        var run = await RunAsync($"tests: [{{name: one, {test}}}]");

        var difference = Assert.Single(Assert.Single(run.Results).Differences);
        Assert.Equal((field, expected), (difference.Field, difference.Expected));
        Assert.StartsWith(actual, difference.Actual, StringComparison.Ordinal);
        Assert.False(run.IsPassed);
    }

    [Theory]
    [InlineData("expect: {customer_country: AT}, joined: {customer: \"nr;country\\n7;AT\\n\"}", null)]
    [InlineData("expect: {customer_country: null}", null)]
    [InlineData("expect: {customer_country: AT}, joined: {customer: \"nr;country\\n8;AT\\n\"}", "customer_country")]
    [InlineData("expect: {customer_country: AT}", "customer_country,join 'customer'")]
    public async Task Test_OfAMappingThatJoins_TakesTheRecordsOfTheTest(string test, string? differing)
    {
        var mapping = Mapping.Replace("key: [id, part]", "key: [id, part]\njoin: [{as: customer, files: customers.csv, key: nr, on: who}]", StringComparison.Ordinal)
            .Replace("  tags:", "  customer_country: customer.country\n  tags:", StringComparison.Ordinal);

        var run = await RunAsync($"tests: [{{name: one, text: \"id;part;who;status\\n1;2;7;offen\\n\", {test}}}]", mapping);

        Assert.Empty(run.Faults);
        Assert.Equal(differing ?? string.Empty, string.Join(',', Assert.Single(run.Results).Differences.Select(difference => difference.Field)));
    }

    [Fact]
    public async Task Test_ThatNamesAColumnWhichIsNotRead_IsToldWhichMayBeMeant()
    {
        var run = await RunAsync("tests: [{name: one, row: {id: 1, prt: 2}, expect: {}}]");

        var said = Assert.Single(Assert.Single(run.Results).Differences, difference => difference.Field == "row");
        Assert.StartsWith("the test names a column 'prt' that the mapping does not read. Did you mean 'part'", said.Actual, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tests: []", "no tests")]
    [InlineData("tests: [{name: a, row: {id: 1}}]", "what its record must become")]
    [InlineData("tests: [{name: a, expect: {}}]", "one record")]
    [InlineData("tests: [{name: a, row: {id: 1}, expect: {statsu: open}}]", "'statsu'")]
    [InlineData("tests: [{name: a, row: {id: 1}, expect: {}, extra: 1}]", "'extra'")]
    [InlineData("mapping: none.yaml\ntests: [{name: a, row: {id: 1}, expect: {}}]", "cannot be read")]
    public async Task TestFile_WithFaults_RunsNothing(string tests, string said)
    {
        var run = await RunAsync(tests);

        Assert.Contains(said, Assert.Single(run.Faults).Message, StringComparison.Ordinal);
        Assert.Empty(run.Results);
    }

    [Fact]
    public async Task TestFile_ForTrees_TakesTexts()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "tree.yaml"), "source: t\nformat: {type: jsonl}\ntime_zone: Etc/UTC\nkey: id\nfields: {subject: a.b}\n");
        var file = Path.Combine(_folder, "tree.tests.yaml");

        await File.WriteAllTextAsync(file, "tests: [{name: one, text: '{\"id\": 1, \"a\": {\"b\": \"x\"}}', expect: {subject: x}}]");
        var text = await MappingTestRun.RunAsync(file, CancellationToken.None);
        await File.WriteAllTextAsync(file, "tests: [{name: one, row: {id: 1}, expect: {subject: x}}]");
        var row = await MappingTestRun.RunAsync(file, CancellationToken.None);

        Assert.True(text.IsPassed);
        Assert.Contains("trees", Assert.Single(row.Faults).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("end: line")]
    [InlineData("footer: {from: \"^Total\"}")]
    public async Task TestFile_TextsAsPiecesOfFiles_NeedNoEnd(string end)
    {
        var run = await RunAsync(
            "tests: [{name: one, text: \"id,at\\n1,7\", joined: {shop: \"id,name\\n7,Mitte\"}, expect: {subject: Mitte}}]",
            $"source: t\nformat: {{type: delimited, {end}}}\ntime_zone: Etc/UTC\nkey: id\njoin: [{{as: shop, files: shops.csv, key: id, on: at}}]\nfields: {{subject: shop.name}}\n");

        Assert.Empty(run.Faults);
        Assert.Empty(Assert.Single(run.Results).Differences);
    }

    [Fact]
    public async Task Readme_TestsOfItsFirstExample_Pass()
    {
        var blocks = (await File.ReadAllTextAsync(RepositoryRoot.Path("src", "CallTracking.Mapping", "README.md"))).Split("```yaml\n").Skip(1).Select(rest => rest.Split("```")[0]).ToList();

        var run = await RunAsync(blocks.Single(block => block.StartsWith("tests:", StringComparison.Ordinal)), blocks.First(block => block.StartsWith("source: helpdesk", StringComparison.Ordinal)));

        Assert.Empty(run.Faults);
        Assert.All(run.Results, result => Assert.Empty(result.Differences));
    }

    private async Task<MappingTestRun> RunAsync(string tests, string mapping = Mapping)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "desk.yaml"), mapping);
        var file = Path.Combine(_folder, "desk.tests.yaml");
        await File.WriteAllTextAsync(file, tests);
        return await MappingTestRun.RunAsync(file, CancellationToken.None);
    }
}
