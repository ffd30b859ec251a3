using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Ingest;
using CallTracking.Privacy;

namespace CallTracking.Hub.Dictionaries;

/// <summary>Has regions fetch a code table: a task that announces the version in force, signed as its pages are.</summary>
internal sealed class DictionaryPush(TaskStore tasks, IdentitySource identities, TimeProvider clock)
{
    /// <summary>Keeps a task for each region, delivered at its next push. The entries are not in it: who has the version already is sent none.</summary>
    public async Task AnnounceAsync(DictionaryVersionRow row, IEnumerable<RegionCode> regions, CancellationToken cancellationToken)
    {
        var identity = await identities.GetAsync(cancellationToken);
        var announced = DictionarySigner.Sign(DictionaryPages.Announce(row), identity.PolicySigningKey);
        foreach (var region in regions)
        {
            await tasks.AddAsync(region, new RegionTask { Dictionary = announced }, clock.GetUtcNow(), cancellationToken);
        }
    }
}
