using CallTracking.Agent.Commands;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary>The commands that help to write a mapping: text, exit code.</summary>
public sealed class MappingCommandTests : IDisposable
{
    private const string Mapping = """
        source: desk
        format: {type: delimited}
        time_zone: Etc/UTC
        key: [id, part]
        fields:
          status: {from: s, values: {a: open}}
          customer.name: who
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("calltracking-mapping-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Reference_OfAKeyOrAPageOrNeither_IsPrintedFromTheProgramItself()
    {
        var key = await AgentProgram.RunAsync("mapping", "reference", "footer");
        var page = await AgentProgram.RunAsync("mapping", "reference", "reading-files");
        var all = await AgentProgram.RunAsync("mapping", "reference");
        var none = await AgentProgram.RunAsync("mapping", "reference", "no_such_key");

        Assert.Contains("Grand Totals", key.Output, StringComparison.Ordinal);
        Assert.StartsWith("# Reading files", page.Output, StringComparison.Ordinal);
        Assert.Contains("# Mapping values", all.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Configuration, none.Code);
    }

    [Fact]
    public async Task Test_AllAsExpected_EndsInZero()
    {
        Write("desk.yaml", Mapping);
        WriteTest(status: "open");

        var (code, output, _) = await AgentProgram.RunAsync("mapping", "test", At("desk.yaml"));

        Assert.Equal(ExitCode.Done, code);
        Assert.Equal(["ok     an open case", "1 passed, 0 failed."], Lines(output));
    }

    [Fact]
    public async Task Test_OtherThanExpected_ShowsBothSidesAndEndsInOne()
    {
        Write("desk.yaml", Mapping);
        WriteTest(status: "closed");

        var (code, output, _) = await AgentProgram.RunAsync("mapping", "test", At("desk.tests.yaml"));

        Assert.Equal(ExitCode.RunFailed, code);
        Assert.Equal(
            [$"FAILED an open case   ({At("desk.tests.yaml")}:1)", "status", "expected  \"closed\"", "but was   \"open\"", "0 passed, 1 failed."],
            Lines(output).Select(line => line.Trim()));
    }

    [Fact]
    public async Task Test_FaultyMapping_EndsInTwoWithItsPlace()
    {
        Write("desk.yaml", Mapping + "\nextra: 1\n");
        WriteTest(status: "open");

        var (code, _, error) = await AgentProgram.RunAsync("mapping", "test", At("desk.yaml"));

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("desk.yaml:8:1", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("desk.yaml")]
    [InlineData("desk.tests.yaml")]
    public async Task Test_WithoutAFileOfTests_SaysThatAloneAndHowToMakeOne(string named)
    {
        Write("desk.yaml", Mapping + "\nextra: 1\n");

        var (code, _, error) = await AgentProgram.RunAsync("mapping", "test", At(named));

        Assert.Equal(ExitCode.Configuration, code);
        Assert.StartsWith($"FAULT  {At("desk.yaml")}: The mapping has no tests. Cure: Write desk.tests.yaml beside it: tests: [", Assert.Single(Lines(error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_OfAMappingByItsShortEnding_NamesThatFile()
    {
        Write("desk.yml", Mapping);

        var (_, _, error) = await AgentProgram.RunAsync("mapping", "test", At("desk.yml"));

        Assert.StartsWith($"FAULT  {At("desk.yml")}: The mapping has no tests.", Assert.Single(Lines(error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_OfAnEmptyFileOfTests_SaysWhatATestIs()
    {
        Write("desk.yaml", Mapping);
        Write("desk.tests.yaml", "\n");

        var (_, _, error) = await AgentProgram.RunAsync("mapping", "test", At("desk.yaml"));

        Assert.Contains("There are no tests. Cure: Write tests: [", Assert.Single(Lines(error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_OfNoMappingAtAll_SaysThatAlone()
    {
        var (code, _, error) = await AgentProgram.RunAsync("mapping", "test", At("dsk.yaml"));

        Assert.Equal(ExitCode.Configuration, code);
        Assert.StartsWith($"FAULT  {At("dsk.yaml")}: There is no such mapping", Assert.Single(Lines(error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_WithNotes_ListsTablesThatRejectUnspoken()
    {
        Write("desk.yaml", Mapping.Replace("who", "{from: who, values: {a: b}, unknown: reject}", StringComparison.Ordinal));
        WriteTest(status: "open");

        var (code, output, _) = await AgentProgram.RunAsync("mapping", "test", "--notes", At("desk.yaml"));

        Assert.Equal(ExitCode.Done, code);
        Assert.StartsWith($"note   {At("desk.yaml")}:6:29: status: ", Assert.Single(Lines(output), line => line.StartsWith("note", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_Printed_IsTheCommittedFile()
    {
        var (code, output, _) = await AgentProgram.RunAsync("mapping", "schema");

        Assert.Equal((ExitCode.Done, File.ReadAllText(RepositoryRoot.Path("ops", "schemas", "mapping.schema.json"))), (code, output));
    }

    [Fact]
    public async Task Explain_ACaseByItsKey_ShowsFieldColumnAndRule()
    {
        var (code, output, _) = await ExplainAsync("id,part,s,who\n1,1,a,Ann\n1,2,a,\"Bob\nBr.\"\n", "1|2");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("row 2, line 3", output, StringComparison.Ordinal);
        Assert.Contains("customer.name  Bob⏎Br.", output, StringComparison.Ordinal);
        Assert.Contains("from s = \"a\"  (desk.yaml:6:3 from, values)", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Ann", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_ARejectedRow_SaysWhereAndWhy()
    {
        var (code, output, _) = await ExplainAsync("id,part,s,who\n1,1,zz,Ann\n", "--row", "1");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("rejected, unmapped-value in status", output, StringComparison.Ordinal);
        Assert.Contains("REJECTED unmapped-value", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_ARejectedCaseByItsKey_SaysItsRowAndWhy()
    {
        var (code, output, _) = await ExplainAsync("id,part,s,who\n1,1,a,Ann\n2,1,zz,Ann\n", "2|1");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("row 2, line 3", output, StringComparison.Ordinal);
        Assert.Contains("rejected, unmapped-value in status", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_ACaseOfAFileThatCannotBeRead_DoesNotSayThatThereIsNone()
    {
        var (code, _, error) = await ExplainAsync("other,columns\n1,1\n", "9|9");

        Assert.Equal(ExitCode.Source, code);
        Assert.Contains("'9|9' is not in what could be read", error, StringComparison.Ordinal);
        Assert.DoesNotContain("No case has the key", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_NoSuchCase_EndsInOne()
    {
        var (code, _, error) = await ExplainAsync("id,part,s,who\n1,1,a,Ann\n", "9|9");

        Assert.Equal(ExitCode.RunFailed, code);
        Assert.Contains("No case has the key '9|9' in ", error, StringComparison.Ordinal);
        Assert.Contains("cases.csv", error, StringComparison.Ordinal);
        Assert.Contains("--row N --file FILE", error, StringComparison.Ordinal);
    }

    private Task<(ExitCode Code, string Output, string Error)> ExplainAsync(string cases, params string[] which)
    {
        Write("desk.yaml", Mapping);
        Write("cases.csv", cases);
        return AgentProgram.RunAsync(["mapping", "explain", .. which, "--mapping", At("desk.yaml"), "--file", At("cases.csv")]);
    }

    private static string[] Lines(string output) => output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private void WriteTest(string status) =>
        Write("desk.tests.yaml", $"tests: [{{name: an open case, row: {{id: 1, part: 2, s: a}}, expect: {{status: {status}}}}}]");

    private string At(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text) => File.WriteAllText(At(name), text);
}
