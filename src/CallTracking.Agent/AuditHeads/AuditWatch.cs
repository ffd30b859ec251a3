using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf.Reflection;

namespace CallTracking.Agent.AuditHeads;

/// <summary>
/// Looks, with each sync, whether the head of the hub's audit log that this region keeps is still in the hub's history, and keeps the newest. Where it is
/// not, the region says so with every sync until somebody here accepts it, keeps the old head as evidence, and goes on delivering: cases are owed either way.
/// A look that fails ends nothing either, but a hub of which looks fail for days while syncs do not is said, too.
/// </summary>
internal sealed class AuditWatch(string stateDirectory, TimeProvider clock, Action<string> say, ILogger logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);
    private static readonly MethodDescriptor GetSeals =
        AdminReflection.Descriptor.Services.Single(service => service.Name == "RegionService").FindMethodByName("GetAuditSeals");

    private readonly AuditHeadFile _file = new(stateDirectory);

    /// <summary>One look, after a sync that reached the hub. What keeps it from being made is said, and ends nothing.</summary>
    public async Task LookAsync(AgentSettings settings, AgentIdentity identity, CancellationToken cancellationToken)
    {
        await using var channel = settings.Door.Open(identity);
        await LookAsync(new AuditHistory(identity.PolicyKey, from => AskAsync(channel, from, cancellationToken)));
    }

    /// <summary>One look at a history.</summary>
    public async Task LookAsync(AuditHistory history)
    {
        try
        {
            var heads = await TryCompareAsync(_file.Load(), history);
            foreach (var open in heads.Open)
            {
                Warn(AuditText.Of(open));
            }

            if (heads.Blind(clock.GetUtcNow()) is { } blind)
            {
                Warn(blind);
            }
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            say($"WARNING  The hub's audit log could not be looked at: {unusable.Message}");
        }
    }

    private void Warn(string words)
    {
        say($"WARNING  {words}");
        AuditWatchLog.Rewritten(logger, words);
    }

    private async Task<KeptHeads> TryCompareAsync(KeptHeads heads, AuditHistory history)
    {
        var now = clock.GetUtcNow();
        try
        {
            return Save(await CompareAsync(heads, history, now) with { LookedAt = now, UnseenSince = null });
        }
        catch (RpcException failed)
        {
            say($"the hub's audit log could not be looked at: {failed.Detail}");
            return heads.UnseenSince is null ? Save(heads with { UnseenSince = now }) : heads;
        }
    }

    private async Task<KeptHeads> CompareAsync(KeptHeads heads, AuditHistory history, DateTimeOffset now)
    {
        var found = await history.CompareAsync(heads.Kept?.ToEnvelope());
        if (found.Rewritten is null)
        {
            return found.Head is null || Number(found.Head) == heads.Kept?.Number ? heads : heads with { Kept = Seen(found.Head, now) };
        }

        if (heads.Kept is not { } kept)
        {
            // The first that is shown is no evidence of anything; nothing is kept of what the hub did not sign.
            say($"WARNING  The hub's audit log cannot be followed: {found.Rewritten}.");
            return heads;
        }

        // Accepted or not: what is known is not found again each night.
        var shown = await history.NewestAsync() is { } newest ? Seen(newest, now) : null;
        var isKnown = heads.Rewritten.Any(one => one.Kept == kept && one.How == found.Rewritten);
        return isKnown ? heads : heads with { Kept = shown ?? kept, Rewritten = [.. heads.Rewritten, new RewrittenHistory(now, found.Rewritten, kept, shown)] };
    }

    private KeptHeads Save(KeptHeads heads)
    {
        _file.Save(heads);
        return heads;
    }

    private static SeenHead Seen(SignedAuditSeal envelope, DateTimeOffset now) => SeenHead.Of(envelope, AuditSeal.Parser.ParseFrom(envelope.Seal), now);

    private static ulong Number(SignedAuditSeal envelope) => AuditSeal.Parser.ParseFrom(envelope.Seal).Number;

    private static async Task<GetAuditSealsResponse?> AskAsync(RpcChannel channel, ulong from, CancellationToken cancellationToken)
    {
        try
        {
            return await channel.UnaryAsync<GetAuditSealsRequest, GetAuditSealsResponse>(GetSeals, new GetAuditSealsRequest { From = from }, new RpcCallOptions(Timeout), cancellationToken);
        }
        catch (RpcException older) when (older.StatusCode == RpcStatusCode.Unimplemented)
        {
            return null;
        }
    }
}

/// <summary>The alarm in words.</summary>
internal static class AuditText
{
    public static string Of(RewrittenHistory one) =>
        $"HEADQUARTERS' AUDIT LOG WAS REWRITTEN: on {one.FoundAt:u} the hub did not have the history any more that it had signed. This region keeps seal {one.Kept.Number}, seen {one.Kept.SeenAt:u}, and {one.How}. "
        + "A database that was restored from an older backup looks the same. Ask headquarters; the old head is kept as evidence: calltracking-agent audit head --evidence. Cases are delivered as before.";
}

internal static partial class AuditWatchLog
{
    [LoggerMessage(120, LogLevel.Error, "{Alarm}")]
    public static partial void Rewritten(ILogger logger, string alarm);
}
