using System.Data.Common;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace CallTracking.Agent.Sources.Sql;

/// <summary>A driver that was dropped into a folder cannot be used.</summary>
internal sealed class ProviderAssemblyException(string message, string cure) : Exception(message)
{
    public string Cure { get; } = cure;
}

/// <summary>
/// Loads an ADO.NET driver from its own folder, apart from the agent's own packages: its dependencies are taken from beside it first,
/// the framework's from the framework.
/// </summary>
internal sealed class ProviderAssembly(string path) : AssemblyLoadContext($"driver {Path.GetFileName(path)}")
{
    private readonly AssemblyDependencyResolver _resolver = new(path);
    private readonly string _folder = Path.GetDirectoryName(path)!;

    /// <summary>The factory that a member such as <c>Vendor.ClientFactory.Instance</c> holds.</summary>
    /// <exception cref="ProviderAssemblyException">There is no such assembly, type or member.</exception>
    public static DbProviderFactory Factory(string path, string member)
    {
        if (!File.Exists(path))
        {
            throw new ProviderAssemblyException($"There is no file {path}.", "put the driver's assembly there, with the assemblies that it needs");
        }

        try
        {
            var assembly = new ProviderAssembly(path).LoadFromAssemblyPath(path);
            return Member(assembly, member) as DbProviderFactory ?? throw new ProviderAssemblyException(
                $"'{member}' is no DbProviderFactory of {Path.GetFileName(path)}.", $"write {string.Join(" or ", Known(assembly).DefaultIfEmpty("the member that holds it"))}");
        }
        catch (Exception broken) when (broken is BadImageFormatException or FileLoadException or FileNotFoundException or TypeLoadException or TargetInvocationException)
        {
            throw new ProviderAssemblyException(
                $"{Path.GetFileName(path)} cannot be loaded: {broken.Message}", "put the driver for .NET there, with every assembly that it needs");
        }
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var found = _resolver.ResolveAssemblyToPath(assemblyName) ?? Beside($"{assemblyName.Name}.dll");
        return found is null ? null : LoadFromAssemblyPath(found);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var found = _resolver.ResolveUnmanagedDllToPath(unmanagedDllName)
            ?? Names(unmanagedDllName).Select(name => Beside(name) ?? Beside(Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "native", name))).FirstOrDefault(file => file is not null);
        return found is null ? nint.Zero : LoadUnmanagedDllFromPath(found);
    }

    private static IEnumerable<string> Names(string name) => [name, $"lib{name}.so", $"{name}.dll", $"lib{name}.dylib"];

    private string? Beside(string name) => Path.Combine(_folder, name) is var file && File.Exists(file) ? file : null;

    private static object? Member(Assembly assembly, string member)
    {
        var point = member.LastIndexOf('.');
        var type = point < 0 ? null : assembly.GetType(member[..point], throwOnError: false);
        var name = member[(point + 1)..];
        return type?.GetField(name, BindingFlags.Public | BindingFlags.Static)?.GetValue(null)
            ?? type?.GetProperty(name, BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
    }

    private static IEnumerable<string> Known(Assembly assembly) => assembly.GetExportedTypes()
        .Where(type => typeof(DbProviderFactory).IsAssignableFrom(type))
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == type).Select(field => $"{type.FullName}.{field.Name}"));
}
