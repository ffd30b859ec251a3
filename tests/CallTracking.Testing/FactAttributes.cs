using Xunit;

namespace CallTracking.Testing;

/// <summary>
/// A test that needs PostgreSQL. Where no server can be had it is skipped with the reason; under CI=true it is never skipped,
/// so that it fails.
/// </summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = MissingTool.Reason(PostgresServer.WhyMissing());
}

/// <summary>A theory that needs PostgreSQL; see <see cref="PostgresFactAttribute"/>.</summary>
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = MissingTool.Reason(PostgresServer.WhyMissing());
}

/// <summary>A test that needs a program on PATH (<c>[ToolFact("node")]</c>); skipped where it is absent, but never under CI=true.</summary>
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] programs) => Skip = MissingTool.Reason(MissingTool.WhyMissing(programs));
}

/// <summary>A test on files of the shared data folder; skipped, also under CI=true, where they are absent.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    /// <param name="neededRelativePaths">Files or folders below the shared data folder, such as <c>samples/nyc311-csv</c>.</param>
    public SharedFactAttribute(params string[] neededRelativePaths) => Skip = SharedData.WhyAbsent(neededRelativePaths);
}

/// <summary>A theory on files of the shared data folder; see <see cref="SharedFactAttribute"/>.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    /// <param name="neededRelativePaths">Files or folders below the shared data folder, such as <c>samples/nyc311-csv</c>.</param>
    public SharedTheoryAttribute(params string[] neededRelativePaths) => Skip = SharedData.WhyAbsent(neededRelativePaths);
}

/// <summary>
/// A test on files of the shared data folder that needs PostgreSQL too: skipped where the files are absent, and where no server
/// can be had (that never under CI=true).
/// </summary>
public sealed class SharedPostgresFactAttribute : FactAttribute
{
    /// <param name="neededRelativePaths">Files or folders below the shared data folder, such as <c>samples/nyc311-csv</c>.</param>
    public SharedPostgresFactAttribute(params string[] neededRelativePaths) =>
        Skip = SharedData.WhyAbsent(neededRelativePaths) ?? MissingTool.Reason(PostgresServer.WhyMissing());
}

/// <summary>A test of the long tier: runs under <c>ops/test --long</c> only.</summary>
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute() => Skip = TestTier.IsLong ? null : "long: runs with ops/test --long";
}

/// <summary>A theory of the long tier; see <see cref="LongFactAttribute"/>.</summary>
public sealed class LongTheoryAttribute : TheoryAttribute
{
    public LongTheoryAttribute() => Skip = TestTier.IsLong ? null : "long: runs with ops/test --long";
}

/// <summary>Which tests are wanted.</summary>
public static class TestTier
{
    /// <summary>True under <c>ops/test --long</c> (CALLTRACKING_LONG=1).</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("CALLTRACKING_LONG") == "1";
}

/// <summary>What a missing tool means for a test.</summary>
public static class MissingTool
{
    private static readonly bool InCi =
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The skip reason for an own attribute: null when nothing is missing, or under CI=true, where missing tools must fail.</summary>
    /// <param name="whatIsMissing">What is missing and how it is had, or null.</param>
    public static string? Reason(string? whatIsMissing) =>
        whatIsMissing is null || InCi ? null : $"missing: {whatIsMissing}";

    /// <summary>Says which of these programs is not on PATH, or null.</summary>
    public static string? WhyMissing(params IEnumerable<string> programs)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var absent = programs.Where(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))).ToList();
        return absent.Count == 0 ? null : $"{string.Join(", ", absent)} not on PATH";
    }
}
