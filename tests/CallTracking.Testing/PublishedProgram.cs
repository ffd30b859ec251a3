namespace CallTracking.Testing;

/// <summary>The programs as <c>ops/build</c> publishes them: what users run, and so what end-to-end tests run.</summary>
public static class PublishedProgram
{
    /// <summary>The path of <c>calltracking-agent</c>.</summary>
    /// <exception cref="FileNotFoundException">It was not built.</exception>
    public static string Agent => Require("calltracking-agent");

    /// <summary>The path of <c>calltracking-hub</c>.</summary>
    /// <exception cref="FileNotFoundException">It was not built.</exception>
    public static string Hub => Require("calltracking-hub");

    private static string Require(string name)
    {
        var path = RepositoryRoot.Path(".run", "bin", name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"Expected {name} in .run/bin: run ops/build first.", path);
    }
}
