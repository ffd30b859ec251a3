using System.Globalization;
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
        var (name, load) = await FindAsync(word, on, cancellationToken);
        return load.Policies is { } policies
            ? (name, policies)
            : throw new HubException(string.Join(Environment.NewLine, load.Faults), HubExit.Usage);
    }

    private async Task<(string Name, PolicyLoad Load)> FindAsync(string word, DateOnly on, CancellationToken cancellationToken)
    {
        switch (word)
        {
            case Packs:
                return ("the packs alone", PolicySet.Parse(PolicySet.BuiltInPacks, on));
            case Draft:
                return ("the draft", PolicySet.Parse(PolicyFolder.Read(options.PoliciesDirectory, options), on));
            case InForce:
                return await store.FindInForceAsync(clock.GetUtcNow(), cancellationToken) is { } inForce
                    ? ($"version {inForce.Version}", inForce.Read(on))
                    : ("the packs (nothing is published yet)", PolicySet.Parse(PolicySet.BuiltInPacks, on));
        }

        if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var versions = await store.ListAsync(cancellationToken);
            return versions.FirstOrDefault(version => version.Version == number) is { } found
                ? ($"version {number}", found.Read(on))
                : throw new HubException($"There is no policy version {number}. Published: {(versions.Count > 0 ? $"1 to {versions[^1].Version}" : "none")}.", HubExit.Usage);
        }

        return (word, PolicySet.Parse(PolicyFolder.Read(Path.GetFullPath(word), options), on));
    }
}
