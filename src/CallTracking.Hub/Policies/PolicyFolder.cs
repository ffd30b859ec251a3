using System.Text.RegularExpressions;
using CallTracking.Contracts;
using CallTracking.Hub.Configuration;
using CallTracking.Privacy;

namespace CallTracking.Hub.Policies;

/// <summary>Puts together what legal publishes: the built-in packs, the folder's documents, and where this hub stands.</summary>
internal static partial class PolicyFolder
{
    /// <summary>
    /// The documents of a version. One of the folder takes the place of a built-in pack of the same name. Where none says where the
    /// hub stands, country and entity come from the program's own configuration, without any transfer basis.
    /// </summary>
    /// <exception cref="HubException">The folder is missing.</exception>
    public static IReadOnlyList<PolicyDocument> Read(string folder, HubOptions options)
    {
        if (!Directory.Exists(folder))
        {
            throw new HubException($"Expected a folder of policy documents at {folder}; there is none. Make it (it may be empty), or name another with --dir.", HubExit.Usage);
        }

        var documents = PolicySet.BuiltInPacks.ToDictionary(pack => pack.Name, StringComparer.Ordinal);
        var files = Directory.EnumerateFiles(folder, "*.yaml").Concat(Directory.EnumerateFiles(folder, "*.yml"));
        foreach (var file in files.Where(file => !IsTrial(file)))
        {
            var name = Path.GetFileName(file);
            documents[name] = new PolicyDocument { Name = name, Yaml = File.ReadAllText(file) };
        }

        if (!documents.Values.Any(document => SpeaksForHub().IsMatch(document.Yaml)))
        {
            var entity = options.Entity.Replace("'", "''", StringComparison.Ordinal);
            documents["hub.yaml"] = new PolicyDocument { Name = "hub.yaml", Yaml = $"hub: {{country: {options.Country}, entity: '{entity}'}}\n" };
        }

        return [.. documents.Values.OrderBy(document => document.Name, StringComparer.Ordinal)];
    }

    /// <summary>Examples beside the documents: <c>br.test.yaml</c>.</summary>
    public static bool IsTrial(string file) =>
        file.EndsWith(".test.yaml", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".test.yml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Why the policies are not this hub's, or null: they decide over transfers to where it stands.</summary>
    public static Fault? CheckPlace(PolicySet policies, HubOptions options) => policies.Hub.Country == options.Country
        ? null
        : new Fault(
            "hub.yaml",
            0,
            0,
            $"The policies are for a hub in {policies.Hub.Country}; this one is configured in {options.Country}.",
            "Write the same country in both.");

    [GeneratedRegex(@"^hub\s*:", RegexOptions.Multiline)]
    private static partial Regex SpeaksForHub();
}
