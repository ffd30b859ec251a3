using System.Text.RegularExpressions;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Contracts.Tests;

/// <summary>Rules of the house that no analyzer of ours checks, read from the sources of src/.</summary>
public sealed partial class HouseRuleTests
{
    private const int LongestFile = 400;

    private static readonly string[] Code = [".cs", ".razor", ".cshtml", ".js", ".css", ".proto"];

    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "lib", "dist"];

    private static readonly string[] VagueNames =
        ["Utils", "Util", "Utilities", "Helpers", "Helper", "Common", "Core", "Shared", "Infrastructure", "Misc"];

    [Fact]
    public void Files_InSrc_AreShort() =>
        Assert.Empty(Sources()
            .Select(path => (path, lines: File.ReadLines(path).Count()))
            .Where(file => file.lines > LongestFile)
            .Select(file => $"{Short(file.path)}: {file.lines} lines, at most {LongestFile} are allowed: split it"));

    [Fact]
    public void Sources_NothingLeftUndone() => Assert.Empty(Sources().SelectMany(path => Matches(path, Undone())));

    [Fact]
    public void Sources_TimeComesFromTimeProvider() => Assert.Empty(Sources().SelectMany(path => Matches(path, WallClock())));

    [Fact]
    public void Folders_InSrc_SayWhatIsInThem() =>
        Assert.Empty(Folders(RepositoryRoot.Path("src")).Where(path => VagueNames.Contains(Path.GetFileName(path))).Select(Short));

    [Fact]
    public void Migrations_Names_SortInTheOrderTheyRun()
    {
        var names = MigrationNames();

        Assert.All(names, name => Assert.Matches(MigrationName(), name));
        Assert.Equal(names.Count, names.Select(name => name[..13]).Distinct().Count());
    }

    [Theory]
    [InlineData("// TODO: later")]
    [InlineData("throw new NotImplementedException();")]
    [InlineData("/* FIXME */")]
    public void Undone_PlantedLine_IsFound(string line) => Assert.Matches(Undone(), line);

    [Theory]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("var now = DateTimeOffset.Now;")]
    [InlineData("if (DateTime.Today > x)")]
    [InlineData("Thread.Sleep(100);")]
    public void WallClock_PlantedLine_IsFound(string line) => Assert.Matches(WallClock(), line);

    [Theory]
    [InlineData("var now = clock.GetUtcNow();")]
    [InlineData("var now = TimeProvider.System.GetUtcNow();")]
    [InlineData("record Times(DateTimeOffset NowAt);")]
    public void WallClock_TimeProvider_IsAllowed(string line) => Assert.DoesNotMatch(WallClock(), line);

    [Theory]
    [InlineData("2026-11-22_01_cases.sql", true)]
    [InlineData("2026-11-22_1_cases.sql", false)]
    [InlineData("22-11-2026_01_cases.sql", false)]
    [InlineData("cases.sql", false)]
    public void MigrationName_Pattern_TellsGoodFromBad(string name, bool good) => Assert.Equal(good, MigrationName().IsMatch(name));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Undone();

    [GeneratedRegex(@"\bDateTime(Offset)?\s*\.\s*(Now|UtcNow|Today)\b|\bThread\s*\.\s*Sleep\b")]
    private static partial Regex WallClock();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}_\d{2}_[a-z0-9_]+\.sql$")]
    private static partial Regex MigrationName();

    private static List<string> MigrationNames()
    {
        var folder = RepositoryRoot.Path("src", "CallTracking.Hub", "Storage", "Migrations");
        return [.. Directory.EnumerateFiles(folder, "*.sql").Select(path => Path.GetFileName(path)).Where(name => name != "schema.sql")];
    }

    private static IEnumerable<string> Matches(string path, Regex forbidden) => File.ReadLines(path)
        .Select((line, index) => (line, number: index + 1))
        .Where(at => forbidden.IsMatch(at.line))
        .Select(at => $"{Short(path)}:{at.number}: {at.line.Trim()}");

    private static IEnumerable<string> Sources() => Folders(RepositoryRoot.Path("src"))
        .Append(RepositoryRoot.Path("src"))
        .Concat(Folders(RepositoryRoot.Path("proto")))
        .SelectMany(Directory.EnumerateFiles)
        .Where(path => Code.Contains(Path.GetExtension(path)) && !path.Contains(".min.", StringComparison.Ordinal));

    private static IEnumerable<string> Folders(string folder) => Directory.EnumerateDirectories(folder)
        .Where(below => !NotOurs.Contains(Path.GetFileName(below)))
        .SelectMany(below => Folders(below).Prepend(below));

    private static string Short(string path) => Path.GetRelativePath(RepositoryRoot.Find(), path);
}
