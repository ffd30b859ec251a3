using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Dictionaries;

/// <summary>The commands of the real program.</summary>
public sealed class DictionaryProgramTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IDisposable
{
    private const string Table = "code,parent,label.en,label.ja\r\n-1,,\"Lamp, small\",ランプ\r\nP2,-1,Fan,\r\n";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ct-dictionary-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PostgresFact]
    public async Task Import_OfATable_IsListedShownAndExportedAsItWas()
    {
        var database = await MigratedAsync();
        var file = Write("product-models.csv", "\uFEFF" + Table);

        var imported = await RunAsync(database, "dictionary", "import", file, "--note", "spring range", "--by", "ana");
        var again = await RunAsync(database, "dictionary", "import", file, "--note", "again");
        var listed = await RunAsync(database, "dictionary", "list");
        var shown = await RunAsync(database, "dictionary", "show", "product-models", "--limit", "1");
        var exported = await RunAsync(database, "dictionary", "export", "product-models", "--out", Path.Combine(_folder.FullName, "back.csv"));

        Assert.Contains("product-models version 1 is in force (2 codes", imported.Output, StringComparison.Ordinal);
        Assert.Contains("says the same", again.Output, StringComparison.Ordinal);
        Assert.Contains("by ana: spring range", Assert.Single(listed.Output.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("ja: ランプ", shown.Output, StringComparison.Ordinal);
        Assert.Contains("1 more", shown.Output, StringComparison.Ordinal);
        Assert.Equal(0, exported.ExitCode);
        Assert.Equal(Table, await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "back.csv")));
    }

    [PostgresFact]
    public async Task Import_OfATableWithFaults_SaysAllOfThemAndPublishesNothing()
    {
        var database = await MigratedAsync();
        var file = Write("parts.csv", "code,parent,label.en\nA,A,Lamp\nB,,Fan\nB,,Fan\n,,x\nC,,Fan\nD,\n");

        var refused = await RunAsync(database, "dictionary", "import", file, "--note", "x");
        var unnamed = await RunAsync(database, "dictionary", "import", file, "--name", "Parts 1", "--note", "x");
        var listed = await RunAsync(database, "dictionary", "list");
        var missing = await RunAsync(database, "dictionary", "show", "parts");

        Assert.Equal((2, 2, 0, 1), (refused.ExitCode, unnamed.ExitCode, listed.ExitCode, missing.ExitCode));
        foreach (var said in (string[])["parts.csv:2:1: The code 'A' is its own parent", "parts.csv:4:1: The code 'B' stands twice", "parts.csv:5:1: The row has no code", "parts.csv:6:1: Another code has the label 'Fan'", "parts.csv:7:1: The row has 2 cells"])
        {
            Assert.Contains(said, refused.Error, StringComparison.Ordinal);
        }

        Assert.Contains("no code table yet", listed.Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Import_OfConcepts_PublishesTheStarterAndFilesAndExportsThemAsTheyWere()
    {
        var database = await MigratedAsync();
        var (concepts, english) = (Write("concepts.yaml", "concepts: {hazard.smoke: {}}\n"), Write("en.yaml", "languages: {en: {concepts: {hazard.smoke: {patterns: [smoke]}}}}\n"));
        var back = Path.Combine(_folder.FullName, "back.yaml");

        var starter = await RunAsync(database, "dictionary", "import", "--starter", "--note", "first");
        var exported = await RunAsync(database, "dictionary", "export", "hazards", "--out", back);
        var again = await RunAsync(database, "dictionary", "import", back, "--concepts", "--name", "hazards", "--note", "the same");
        var own = await RunAsync(database, "dictionary", "import", concepts, english, "--concepts", "--name", "own", "--note", "ours");
        var listed = await RunAsync(database, "dictionary", "list");
        var regions = await RunAsync(database, "dictionary", "regions");

        Assert.Contains("hazards version 1 is in force", starter.Output, StringComparison.Ordinal);
        Assert.Equal(0, exported.ExitCode);
        Assert.Contains("says the same", again.Output, StringComparison.Ordinal);
        Assert.Contains("own version 1 is in force (1 entry of a concept dictionary", own.Output, StringComparison.Ordinal);
        Assert.Equal(2, listed.Output.Trim().Split('\n').Length);
        Assert.Contains("dictionary", regions.Output, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Retire_OfConcepts_IsListedSoOnceAndComesBackByAnImport()
    {
        var database = await MigratedAsync();
        await RunAsync(database, "dictionary", "import", "--starter", "--note", "first");
        await RunAsync(database, "dictionary", "import", Write("parts.csv", Table), "--note", "codes");

        var retired = await RunAsync(database, "dictionary", "retire", "hazards", "--note", "too many false alarms", "--by", "safety");
        var again = await RunAsync(database, "dictionary", "retire", "hazards", "--note", "once more");
        var listed = await RunAsync(database, "dictionary", "list");
        var back = await RunAsync(database, "dictionary", "import", "--starter", "--note", "again");
        var table = await RunAsync(database, "dictionary", "retire", "parts", "--note", "no");

        Assert.Contains("hazards is retired with version 2", retired.Output, StringComparison.Ordinal);
        Assert.Contains("retired already", again.Output, StringComparison.Ordinal);
        Assert.Contains("hazards  version 2  retired", listed.Output, StringComparison.Ordinal);
        Assert.Contains("by safety: too many false alarms", listed.Output, StringComparison.Ordinal);
        Assert.Contains("hazards version 3 is in force", back.Output, StringComparison.Ordinal);
        Assert.Equal(2, table.ExitCode);
        Assert.Contains("'parts' is a code table", table.Error, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Import_OfConceptsWithFaults_SaysWhereAndPublishesNothing()
    {
        var database = await MigratedAsync();
        var file = Write("hazards.yaml", "concepts: {hazard.smoke: {}}\nlanguages: {en: {concepts: {hazard.smoke: {patterns: [sm*ke]}}}}\n");

        var refused = await RunAsync(database, "dictionary", "import", file, "--concepts", "--note", "x");
        var both = await RunAsync(database, "dictionary", "import", file, "--starter", "--note", "x");
        var listed = await RunAsync(database, "dictionary", "list");

        Assert.Equal((2, 2), (refused.ExitCode, both.ExitCode));
        Assert.Contains(": 'sm*ke' has a star inside a word. Cure: Put stars at a word's start or end only.", refused.Error, StringComparison.Ordinal);
        Assert.Contains("hazards.yaml:2:", refused.Error, StringComparison.Ordinal);
        Assert.Contains("or --starter without any", both.Error, StringComparison.Ordinal);
        Assert.Contains("no code table yet", listed.Output, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<string> MigratedAsync()
    {
        var database = await postgres.CreateMigratedAsync();
        return database.ConnectionString;
    }

    private async Task<ProgramResult> RunAsync(string database, params string[] arguments)
    {
        var config = Write("hub.yaml", "country: JP\nentity: Example Holdings\n");
        await using var run = HubProgram.Start(config, database, arguments);
        return await run.WaitForExitAsync(Patience);
    }
}
