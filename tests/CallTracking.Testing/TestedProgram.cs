using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CallTracking.Testing;

/// <summary>
/// The program that a test project was built with, to be run as a process of its own: as published, where <c>ops/build</c> published the very same
/// build, since machine code starts in half the time; else as it lies beside the tests.
/// </summary>
/// <param name="name"><c>calltracking-agent</c> or <c>calltracking-hub</c>.</param>
/// <param name="folder">Its folder below <c>.run/bin/lib</c>.</param>
public sealed class TestedProgram(string name, string folder)
{
    private readonly Lazy<string> _assembly = new(() => Find(name, RepositoryRoot.Path(".run", "bin", "lib", folder)));

    /// <summary>What <c>dotnet</c> is to be started with.</summary>
    /// <param name="arguments">The program's own.</param>
    public IReadOnlyList<string> Command(IEnumerable<string> arguments) => ["exec", .. Dependencies(), _assembly.Value, .. arguments];

    // Beside the tests its own list of dependencies may speak of one platform's folder; the tests' list knows where the libraries lie here.
    private IEnumerable<string> Dependencies() => Path.GetDirectoryName(_assembly.Value) == Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)
        ? ["--depsfile", Directory.GetFiles(AppContext.BaseDirectory, "*Tests.deps.json").Single()]
        : [];

    private static string Find(string name, string published)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
        var isSame = File.Exists(Path.Combine(published, $"{name}.dll")) && Own(published).All(file => IsSameBuild(file, Path.Combine(AppContext.BaseDirectory, Path.GetFileName(file))));
        return isSame ? Path.Combine(published, $"{name}.dll") : beside;
    }

    private static IEnumerable<string> Own(string published) =>
        Directory.EnumerateFiles(published, "*.dll").Where(file => Path.GetFileName(file).StartsWith("calltracking", StringComparison.OrdinalIgnoreCase));

    // Compiling to machine code keeps the module's version id, which any other source or option changes.
    private static bool IsSameBuild(string published, string beside) => File.Exists(beside) && VersionId(published) == VersionId(beside);

    private static Guid VersionId(string file)
    {
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        var reader = image.GetMetadataReader();
        return reader.GetGuid(reader.GetModuleDefinition().Mvid);
    }
}
