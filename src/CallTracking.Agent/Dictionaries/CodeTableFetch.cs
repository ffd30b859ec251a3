using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf.Reflection;

namespace CallTracking.Agent.Dictionaries;

/// <summary>What asking the hub for a code table gave.</summary>
/// <param name="Name">The table's.</param>
/// <param name="IsChanged">Another version is kept now.</param>
/// <param name="Trouble">Why the hub did not give it; null when it did, or has no other version.</param>
internal sealed record CodeTableNews(string Name, bool IsChanged, string? Trouble);

/// <summary>Asks the hub for the code tables that mappings name, and keeps them. What cannot be had leaves what is kept.</summary>
internal sealed class CodeTableFetch(AgentSettings settings, AgentIdentity identity, CodeTableCache cache, TimeProvider clock) : ITableFetch
{
    // What the hub takes in is smaller.
    private const long MostBytes = 256L << 20;
    private const uint MostPages = 10_000;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly MethodDescriptor GetDictionary =
        PolicyReflection.Descriptor.Services.Single(service => service.Name == "PolicyService").FindMethodByName("GetDictionary");

    /// <summary>Asks for each of these, in order; once the hub is away for one, for no other.</summary>
    public async Task<IReadOnlyList<CodeTableNews>> RefreshAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        await using var channel = settings.Door.Open(identity, gzip: true);
        var news = new List<CodeTableNews>();
        string? away = null;
        foreach (var name in names.ToList())
        {
            var (isChanged, trouble) = (false, away);
            try
            {
                (isChanged, trouble) = away is null ? await RefreshAsync(channel, name, cancellationToken) : (false, away);
            }
            catch (RpcException failed)
            {
                var failure = HubFailure.Of(failed, settings.Hub);
                trouble = failed.StatusCode == RpcStatusCode.NotFound ? failed.Detail : failure.Text;
                away = failed.StatusCode == RpcStatusCode.NotFound ? null : trouble;
            }

            news.Add(new CodeTableNews(name, isChanged, trouble));
        }

        return news;
    }

    private async Task<(bool IsChanged, string? Trouble)> RefreshAsync(RpcChannel channel, string name, CancellationToken cancellationToken)
    {
        var have = cache.Look(name)?.Version ?? 0;
        var pages = new List<SignedDictionary>();
        uint version = 0;
        long bytes = 0;
        for (uint page = 1, count = 1; page <= count; page++)
        {
            var request = new GetDictionaryRequest { Name = name, HaveVersion = have, Page = page, Version = version };
            var answer = await channel.UnaryAsync<GetDictionaryRequest, GetDictionaryResponse>(GetDictionary, request, new RpcCallOptions(CallTimeout), cancellationToken);
            if (answer.Dictionary is not { } signed)
            {
                cache.Confirm(name, clock.GetUtcNow());
                return (false, null);
            }

            if (cache.Open(signed) is not { } opened)
            {
                return (false, "what the hub sent is not signed by the key that this region enrolled with");
            }

            if (page > 1 && (opened.Version, opened.Pages) != (version, count))
            {
                return (false, "the hub's pages are not all of one version; the next run asks again");
            }

            bytes += signed.CalculateSize();
            if (bytes > MostBytes || opened.Pages > MostPages)
            {
                return (false, "the hub's table is larger than any may be");
            }

            (version, count) = (opened.Version, opened.Pages);
            pages.Add(signed);
        }

        if (cache.Join(name, pages) is null)
        {
            return (false, "what the hub sent are not the pages of this table");
        }

        cache.Keep(name, pages, clock.GetUtcNow());
        return (true, null);
    }
}
