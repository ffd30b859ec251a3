using CallTracking.Agent.Commands;
using CallTracking.Agent.Identity;
using CallTracking.Contracts;

namespace CallTracking.Agent.Sync;

/// <summary>Waits for a valid policy bundle where there is none, for a bounded while: then the sync ends.</summary>
internal sealed class PolicyWatch(EdgePolicy policy, RegionCode region, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    /// <summary>The rules in force. A hub that has a bundle for this region sends it right after its Welcome.</summary>
    /// <exception cref="AgentException">The hub sent none.</exception>
    public async Task<ShapingRules> RequireAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetTimestamp();
        while (clock.GetElapsedTime(since) < Patience)
        {
            if (policy.Current is { } rules)
            {
                return rules;
            }

            await Task.Delay(Beat, clock, cancellationToken);
        }

        var state = policy.ExpiresAt is { } expiry ? $"The policy bundle of region {region} expired on {expiry:u}" : $"There is no valid policy bundle for region {region}";
        throw new AgentException(
            ExitCode.NoPolicy,
            $"{state}, and the hub sent no other within {Patience.TotalSeconds:0} s. Nothing leaves without one; what waits in the outbox stays there. Have headquarters issue one, then sync again.");
    }

    /// <summary>Ends when the bundle has expired and the hub sends no other.</summary>
    /// <exception cref="AgentException">So it ends, unless it is cancelled.</exception>
    public async Task GuardAsync(Task connected, CancellationToken cancellationToken)
    {
        await connected.WaitAsync(cancellationToken);
        while (true)
        {
            await RequireAsync(cancellationToken);
            await Task.Delay(Glance, clock, cancellationToken);
        }
    }
}
