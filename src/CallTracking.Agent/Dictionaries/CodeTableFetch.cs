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
internal sealed class CodeTableFetch(AgentSettings settings, AgentIdentity identity, CodeTableCache cache, TimeProvider clock)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly MethodDescriptor GetDictionary =
        PolicyReflection.Descriptor.Services.Single(service => service.Name == "PolicyService").FindMethodByName("GetDictionary");

    /// <summary>Asks for each of these, in order; once the hub is away for one, for no other.</summary>
    public async Task<IReadOnlyList<CodeTableNews>> RefreshAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        await using var channel = RpcChannel.Create(settings.Hub, new RpcChannelOptions
        {
            ClientCertificate = identity.Certificate,
            TrustedRoots = identity.Roots,
            MaxReceiveMessageBytes = SyncLimits.MessageBytes,
            Gzip = true,
        });
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
        for (uint page = 1, count = 1; page <= count; page++)
        {
            var request = new GetDictionaryRequest { Name = name, HaveVersion = have, Page = page, Version = version };
            var answer = await channel.UnaryAsync<GetDictionaryRequest, GetDictionaryResponse>(GetDictionary, request, new RpcCallOptions(CallTimeout), cancellationToken);
            if (answer.Dictionary is not { } signed)
            {
                cache.Confirm(name, clock.GetUtcNow());
                return (false, null);
            }

            // Only to learn how many pages there are: signatures are looked at once all are here.
            (version, count) = Peek(signed);
            pages.Add(signed);
        }

        if (cache.Join(name, pages) is null)
        {
            return (false, "what the hub sent is not signed by the key that this region enrolled with");
        }

        cache.Keep(name, pages, clock.GetUtcNow());
        return (true, null);
    }

    private static (uint Version, uint Pages) Peek(SignedDictionary signed)
    {
        try
        {
            var page = Dictionary.Parser.ParseFrom(signed.Dictionary);
            return (page.Version, page.Pages);
        }
        catch (Google.Protobuf.InvalidProtocolBufferException)
        {
            return (0, 0);
        }
    }
}
