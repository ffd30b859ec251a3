using CallTracking.Agent.Commands;
using CallTracking.Mapping.Packs;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary>Packs on the command line, and in the configuration's sources.</summary>
public sealed class PackCommandTests : IDisposable
{
    private const string Ticket = """{"id": 815, "status": "open", "created_at": "2024-07-26T15:41:04Z", "updated_at": "2024-07-26T15:41:04Z", "via": {"channel": "web"}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("calltracking-pack-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task List_Always_NamesEveryPackWithItsFiles()
    {
        var (code, output, _) = await AgentProgram.RunAsync("pack", "list");

        Assert.Equal(ExitCode.Done, code);
        Assert.All(MappingPack.All, pack => Assert.Contains($"{pack.Name} ", output, StringComparison.Ordinal));
        Assert.Contains(".jsonl .ndjson .json)", output, StringComparison.Ordinal);
        Assert.Matches(@"zendesk/api .*\(url, user, token or url, token\)", output);
        Assert.Matches(@"hubspot/api-json .*\(\.json; token\)", output);
        Assert.Matches(@"zammad/database .*\(connection\)", output);
        Assert.Matches(@"zammad/articles-json .*\(\.json with articles, customer_user\)", output);
    }

    [Fact]
    public async Task Extract_OfAPack_WritesWhatShowPrintsAndNeverOverAFile()
    {
        var shown = await AgentProgram.RunAsync("pack", "show", "zendesk/tickets-jsonl");
        var first = await AgentProgram.RunAsync("pack", "extract", "zendesk/tickets-jsonl", At("copy.yaml"));
        var second = await AgentProgram.RunAsync("pack", "extract", "zendesk/tickets-csv", At("copy.yaml"));

        Assert.Equal((ExitCode.Done, ExitCode.Done, ExitCode.RunFailed), (shown.Code, first.Code, second.Code));
        Assert.EndsWith("\n" + await File.ReadAllTextAsync(At("copy.yaml")), shown.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zendesk", "zendesk/api, zendesk/tickets-csv, zendesk/tickets-jsonl")]
    [InlineData("zen", "no pack 'zen'")]
    public async Task Show_OfNoOnePack_SaysWhichThereAre(string name, string said)
    {
        var (code, _, error) = await AgentProgram.RunAsync("pack", "show", name);

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zendesk/api", "    url: \"https://ACCOUNT.zendesk.com\"", "#   paging: {next: after_url, end: end_of_stream}")]
    [InlineData("zammad/articles-json", "      records: inbox/*.json", "      articles: inbox/…")]
    [InlineData("otrs/database", "    connection: \"Server=db.example", "override: {time_zone: Europe/Berlin}")]
    [InlineData("glpi/dump", "    files: inbox/*.sql", "override: {time_zone: Europe/Berlin}")]
    public async Task Show_Always_SaysWhatTheEntryNeeds(string name, string first, string second)
    {
        var (_, output, _) = await AgentProgram.RunAsync("pack", "show", name);

        Assert.Contains($"#   - pack: {name}\n", output, StringComparison.Ordinal);
        Assert.Contains(first, output, StringComparison.Ordinal);
        Assert.Contains(second, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pack: zendesk\n    url: https://a.zendesk.com", "agent.yaml:6:5", "'token'")]
    [InlineData("pack: freshdesk\n    token: x", "agent.yaml:6:5", "'url'")]
    [InlineData("pack: zendesk\n    url: http://a.zendesk.com\n    token: x", "agent.yaml:6:5", "travel in clear")]
    [InlineData("pack: zendesk\n    url: https://a.zendesk.com\n    token: x\n    http: {timeout: soon}", "agent.yaml:9:21", "duration")]
    [InlineData("pack: zendesk\n    url: https://a.zendesk.com\n    token: x\n    http: {cursor: {strat: 2020-01-01}}", "agent.yaml:9:21", "'start'")]
    [InlineData("pack: zendesk\n    connection: x", "agent.yaml:6:11", "database")]
    [InlineData("pack: zendesk/tickets-csv\n    url: https://a.zendesk.com\n    token: x", "agent.yaml:6:11", "files only")]
    [InlineData("pack: zendesk", "agent.yaml:6:5", "'files', 'url' or 'connection'")]
    public async Task Check_OfAPackThatLacksSomething_SaysPlaceAndCure(string entry, string place, string said)
    {
        Configure(entry);

        var (code, _, error) = await AgentProgram.RunAsync("check", "--offline", "--config", At("agent.yaml"));

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains(error.Split('\n'), line => line.Contains(place, StringComparison.Ordinal) && line.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_OfAPackAlone_ReadsItsFilesAndNamesTheCountryThatIsAssumed()
    {
        Configure("pack: zendesk\n    files: cases.jsonl");

        var (_, output, _) = await AgentProgram.RunAsync("check", "--offline", "--config", At("agent.yaml"));

        Assert.Contains("source zendesk: customer_country is AT in every case", output, StringComparison.Ordinal);
        Assert.Contains("cases.jsonl, first 1 row: mapped 1", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("override: {source: desk-two, fields: {customer_country: {const: CH}}}")]
    [InlineData("override:\n      source: desk-two\n      fields:\n        customer_country: {const: CH}\n")]
    [InlineData("override: own.yaml")]
    public async Task Explain_OfAPackUnderOwnKeys_ShowsTheFilesOfBoth(string keys)
    {
        await File.WriteAllTextAsync(At("own.yaml"), "extends: pack:zendesk/tickets-jsonl\nsource: desk-two\nfields: {customer_country: {const: CH}}\n");
        Configure($"pack: zendesk\n    {keys}\n    files: cases.jsonl");

        var (code, output, _) = await AgentProgram.RunAsync("mapping", "explain", "815", "--config", At("agent.yaml"));

        Assert.Equal(ExitCode.Done, code);
        Assert.Matches(@"customer_country\s+CH\s+\((own|agent)\.yaml:\d+:\d+ const\)", output);
        Assert.Contains("(pack:zendesk/tickets-jsonl:10:3 column)", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pack: zendesk\n    files: cases.*", "agent.yaml:6:11", "zendesk/tickets-csv, zendesk/tickets-jsonl")]
    [InlineData("pack: zandesk/tickets-csv\n    files: cases.csv", "agent.yaml:6:11", "did you mean 'zendesk/tickets-csv'?")]
    [InlineData("pack: abc\n    files: cases.csv", "agent.yaml:6:11", "write one of dynamics/export-xlsx, ")]
    [InlineData("pack: zendesk\n    mapping: m.yaml\n    files: cases.jsonl", "agent.yaml:7:14", "override")]
    [InlineData("files: cases.jsonl", "agent.yaml:6:5", "pack: zendesk/tickets-jsonl")]
    [InlineData("pack: zendesk\n    override: {feilds: {}}\n    files: cases.jsonl", "agent.yaml:7:16", "'fields'")]
    [InlineData("pack: zendesk\n    files: cases.csv", "agent.yaml:6:5", "time_zone")]
    [InlineData("pack: zendesk/tickets-csv\n    override: own.yaml\n    files: cases.csv", "own.yaml:1:10", "another: 'zendesk/tickets-csv'")]
    public async Task Check_OfAWrongEntry_SaysPlaceAndCure(string entry, string place, string said)
    {
        await File.WriteAllTextAsync(At("own.yaml"), "extends: pack:zendesk/tickets-jsonl\n");
        Configure(entry);

        var (code, _, error) = await AgentProgram.RunAsync("check", "--offline", "--config", At("agent.yaml"));

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains(error.Split('\n'), line => line.Contains(place, StringComparison.Ordinal) && line.Contains(said, StringComparison.Ordinal));
    }

    private void Configure(string source)
    {
        File.WriteAllText(At("agent.yaml"), $"region: AT\ncentre: Vienna\ncountry: AT\nhub: https://hub.example.com\nsources:\n  - {source}\n");
        File.WriteAllText(At("cases.jsonl"), Ticket + "\n");
    }

    private string At(string name) => Path.Combine(_folder, name);
}
