using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Configuration;
using CallTracking.Privacy;

namespace CallTracking.Hub.Policies;

/// <summary>Which policies a command looks at, as a word names them.</summary>
internal sealed class PolicyChoice(PolicyStore store, HubOptions options, TimeProvider clock)
{
    public const string InForce = "in-force";
    public const string Draft = "draft";
    public const string Packs = "packs";

    /// <summary>For the help of options.</summary>
    public const string Words = "a version's number, in-force, draft (the folder of hub.yaml), packs, or a folder";

    /// <summary>The policies that the word names, as they hold on a day (null: today), and a name for people.</summary>
    /// <exception cref="HubException">There are none, or they have faults.</exception>
    public async Task<(string Name, PolicySet Policies)> LoadAsync(string word, DateOnly? day, CancellationToken cancellationToken)
    {
        var on = day ?? PolicySet.DayOf(clock.GetUtcNow());
        var (name, documents) = await FindAsync(word, cancellationToken);
        var load = PolicySet.Parse(documents, on);
        return load.Policies is { } policies
            ? (name, policies)
            : throw new HubException(string.Join(Environment.NewLine, load.Faults), HubExit.Usage);
    }

    private async Task<(string Name, IReadOnlyList<PolicyDocument> Documents)> FindAsync(string word, CancellationToken cancellationToken)
    {
        switch (word)
        {
            case Packs:
                return ("the packs alone", PolicySet.BuiltInPacks);
            case Draft:
                return ("the draft", PolicyFolder.Read(options.PoliciesDirectory, options));
            case InForce:
                return await store.FindInForceAsync(clock.GetUtcNow(), cancellationToken) is { } inForce
                    ? ($"version {inForce.Version}", inForce.Documents)
                    : ("the packs (nothing is published yet)", PolicySet.BuiltInPacks);
        }

        if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var versions = await store.ListAsync(cancellationToken);
            return versions.FirstOrDefault(version => version.Version == number) is { } found
                ? ($"version {number}", found.Documents)
                : throw new HubException($"There is no policy version {number}. Published: {(versions.Count > 0 ? $"1 to {versions[^1].Version}" : "none")}.", HubExit.Usage);
        }

        return (word, PolicyFolder.Read(Path.GetFullPath(word), options));
    }
}
