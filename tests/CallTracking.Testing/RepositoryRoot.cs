namespace CallTracking.Testing;

/// <summary>Where the repository is checked out, found from where the tests run.</summary>
public static class RepositoryRoot
{
    private static readonly Lazy<string> Root = new(Search);

    /// <summary>The absolute path of the folder that holds CallTracking.sln.</summary>
    /// <exception cref="DirectoryNotFoundException">No folder above the test's own has a CallTracking.sln.</exception>
    public static string Find() => Root.Value;

    /// <summary>The absolute path of something below the root: <c>RepositoryRoot.Path("proto", "calltracking")</c>.</summary>
    public static string Path(params string[] below) => System.IO.Path.Combine([Find(), .. below]);

    private static string Search()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "CallTracking.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException(
            $"Expected CallTracking.sln in a folder above {AppContext.BaseDirectory}: run the tests inside a checkout.");
    }
}
