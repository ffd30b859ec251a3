using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Rpc;

namespace CallTracking.Agent.Reconciliation;

/// <summary>Compares the ledger with what the hub has, and again after what was found has been sent again. A sync is connected meanwhile, and nothing of it is on its way.</summary>
/// <param name="say">Takes each line that a person should see.</param>
internal sealed class Reconciler(AgentSettings settings, AgentIdentity identity, AgentLedger ledger, TimeProvider clock, Action<string> say)
{
    private const int Attempts = 5;
    private const int Named = 20;

    /// <summary>Compares all cases. Null when the hub is of an earlier version and cannot.</summary>
    /// <param name="sixteenth">Of which sixteenth of all cases the hub looks at the seals; null for all.</param>
    /// <exception cref="AgentException">The hub refused, or stayed away.</exception>
    public async Task<ReconcileResult?> LookAsync(int? sixteenth, CancellationToken cancellationToken)
    {
        ledger.BeginComparing();
        var bits = BitsNow();
        var found = await CompareAsync(UidRange.All(bits).Select(range => new AskedRange(range, IsLookedAt(range, sixteenth))), isHealed: false, cancellationToken);
        return found is null ? null : new ReconcileResult(found, ledger.ListWounds(Named), ledger.WoundedRanges(bits));
    }

    /// <summary>Looks what became of what was found, after it was sent again.</summary>
    /// <exception cref="AgentException">The hub refused, or stayed away.</exception>
    public async Task<ReconcileResult> LookAgainAsync(ReconcileResult before, CancellationToken cancellationToken)
    {
        var again = await CompareAsync(before.WoundedRanges.Select(range => new AskedRange(range, Seals: true)), isHealed: true, cancellationToken);
        return before with { Open = ledger.EndHealing() + (again?.Newer ?? 0) };
    }

    private async Task<ReconcileCount?> CompareAsync(IEnumerable<AskedRange> ranges, bool isHealed, CancellationToken cancellationToken)
    {
        var count = new ReconcileCount();
        var pending = new Queue<AskedRange>(ranges);
        await using var channel = settings.Door.Open(identity);
        for (var failures = 0; ; failures++)
        {
            var left = pending.Count;
            try
            {
                await new ReconcileCall(settings, ledger, count, isHealed, clock).RunAsync(channel, pending, cancellationToken);
                return count;
            }
            catch (RpcException unknown) when (unknown.StatusCode == RpcStatusCode.Unimplemented)
            {
                return null;
            }
            catch (RpcException failed)
            {
                // Who got on a little begins to count anew.
                failures = pending.Count < left ? 0 : failures;
                await PauseAsync(failed, failures, cancellationToken);
            }
        }
    }

    private async Task PauseAsync(RpcException failed, int failures, CancellationToken cancellationToken)
    {
        var failure = HubFailure.Of(failed, settings.Hub);
        if (failure.IsFinal || failures + 1 >= Attempts)
        {
            throw new AgentException(failure.Code, $"Comparing with the hub broke off: {failure.Text} What was found so far is noted; the next comparison begins anew.", failed);
        }

        var pause = failure.RetryAfter ?? TimeSpan.FromSeconds(Math.Pow(2, failures));
        say($"comparing with the hub was interrupted: {failure.Text}; goes on in {pause.TotalSeconds:0.#} s");
        await Task.Delay(pause, clock, cancellationToken);
    }

    // By the larger side, or a hub with many cases would have them in few ranges.
    private int BitsNow() => UidRange.BitsFor(Math.Max(ledger.CountCases(), ledger.LastRuns(1) is [{ Ack: { } counted }] ? (long)counted.StoredCases : 0));

    private static bool IsLookedAt(UidRange range, int? sixteenth) => sixteenth is null || range.Sixteenth is null || range.Sixteenth == sixteenth;
}
