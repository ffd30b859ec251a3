using System.Text.RegularExpressions;
using CallTracking.Contracts;
using CallTracking.Hub.Configuration;
using CallTracking.Privacy;

namespace CallTracking.Hub.Policies;

/// <summary>Puts together what legal publishes: the built-in packs, the folder's documents, and where this hub stands.</summary>
internal static partial class PolicyFolder
{
    private const string Transfers = "transfers.yaml";
    private const string Hub = "hub.yaml";

    /// <summary>
    /// The documents of a version. One of the folder takes the place of a built-in pack of the same name. Country and entity of the
    /// hub come from the program's own configuration and stand behind <c>transfers.yaml</c>, so that its lines keep their numbers.
    /// </summary>
    /// <exception cref="HubException">The folder is missing, or a document speaks for the hub itself.</exception>
    public static IReadOnlyList<PolicyDocument> Read(string folder, HubOptions options)
    {
        if (!Directory.Exists(folder))
        {
            throw new HubException($"Expected a folder of policy documents at {folder}; there is none. Make it (it may be empty), or name another with --dir.", HubExit.Usage);
        }

        var documents = PolicySet.BuiltInPacks.ToDictionary(pack => pack.Name, StringComparer.Ordinal);
        var files = Directory.EnumerateFiles(folder, "*.yaml").Concat(Directory.EnumerateFiles(folder, "*.yml"));
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            documents[name] = new PolicyDocument { Name = name, Yaml = File.ReadAllText(file) };
        }

        if (documents.Values.FirstOrDefault(document => SpeaksForHub().IsMatch(document.Yaml)) is { } second)
        {
            throw new HubException(
                $"{second.Name}: country and entity of the hub stand in its own configuration. Keep only transfers: in {Transfers}.", HubExit.Usage);
        }

        var given = documents.GetValueOrDefault(Transfers);
        documents.Remove(Transfers);
        var place = $"hub: {{country: {options.Country}, entity: '{options.Entity.Replace("'", "''", StringComparison.Ordinal)}'}}\n";
        var hub = new PolicyDocument { Name = given?.Name ?? Hub, Yaml = given is null ? place : $"{given.Yaml.TrimEnd()}\n{place}" };
        return [.. documents.Values.OrderBy(document => document.Name, StringComparer.Ordinal), hub];
    }

    [GeneratedRegex(@"^hub\s*:", RegexOptions.Multiline)]
    private static partial Regex SpeaksForHub();
}
