using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace CallTracking.Hub.Storage;

/// <summary>One embedded migration: its name, its text, and the digest by which an edited one is noticed.</summary>
internal sealed record MigrationFile(string Name, string Sql)
{
    private const string Prefix = "migrations/";

    /// <summary>SHA-256 of the text with LF line ends, in lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>All migrations of this build, in the order in which they run.</summary>
    public static IReadOnlyList<MigrationFile> OfThisBuild { get; } = Load(typeof(MigrationFile).Assembly);

    private static List<MigrationFile> Load(Assembly assembly) =>
        [.. assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                return new MigrationFile(resource[Prefix.Length..^".sql".Length], reader.ReadToEnd());
            })];
}
