using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Doctor;

/// <summary>Looks at what the region is known by: certificate, region's secret, and the policy in force.</summary>
internal static class IdentityLook
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    /// <param name="identity">What the store holds; null where it holds none of use.</param>
    public static IReadOnlyList<Diagnosis> Look(AgentSettings settings, TimeProvider clock, out AgentIdentity? identity)
    {
        identity = null;
        var store = new IdentityStore(settings.State);
        if (store.IsEmpty)
        {
            return [Diagnosis.Fault(ExitCode.Identity, "not-enrolled", "the region is not enrolled here", "Run 'calltracking-agent enrol' with a token: calltracking-hub region add … --token, or region token for one that is known.")];
        }

        try
        {
            identity = store.Load();
            var now = clock.GetUtcNow();
            return [Certificate(identity, now), .. Lock(settings.State), .. Policy(settings, store, identity, clock)];
        }
        catch (AgentException locked) when (locked.InnerException is StateLockException or SecretMissingException)
        {
            return [Diagnosis.Fault(locked.Code, "state-key", "the keys of the state folder are locked, and what opens them is not here", locked.Message)];
        }
        catch (AgentException damaged)
        {
            return [Diagnosis.Fault(damaged.Code, "identity-damaged", "key, certificate or region's secret cannot be read", damaged.Message)];
        }
    }

    private static Diagnosis Certificate(AgentIdentity identity, DateTimeOffset now)
    {
        DateTimeOffset from = identity.Certificate.NotBefore.ToUniversalTime();
        DateTimeOffset until = identity.Certificate.NotAfter.ToUniversalTime();
        var text = $"the region's certificate is good from {from:u} until {until:u}";
        return until <= now ? Diagnosis.Fault(ExitCode.Identity, "certificate-expired", text, "Enrol again with a new token: an agent renews its certificate itself, while it reaches the hub before it ends.")
            : from > now ? Diagnosis.Fault(ExitCode.Identity, "certificate-not-yet", $"{text}, and this machine's clock says {now:u}", "This machine's clock is before the certificate's first day: set it (NTP).")
            : until - now < Soon ? Diagnosis.Doubt("certificate-ends-soon", text, "A sync renews it; if syncs run and it stays so, see what the agent's log says of the renewal.")
            : Diagnosis.Well("certificate", text);
    }

    // Where no key is configured, keys in clear are what was wished.
    private static IEnumerable<Diagnosis> Lock(StateVault state)
    {
        if (state.HasKey && state.Files().Count(file => file.KeyId != state.KeyId) is > 0 and var open)
        {
            yield return Diagnosis.Doubt("keys-in-clear", $"{open} of {state.Files().Count} files with keys are not locked under the key that 'state_key' names", "Run 'calltracking-agent keys lock', with --from where another key locks them.");
        }
    }

    private static IEnumerable<Diagnosis> Policy(AgentSettings settings, IdentityStore store, AgentIdentity identity, TimeProvider clock)
    {
        var floor = RegionFloor.Load(settings);
        var policy = new EdgePolicy(store, identity.PolicyKey, settings.Region, floor, new RegionSecret(settings.State).Load(settings.Region), clock);
        if (policy.Load() is { } refusal)
        {
            if (refusal == "wrong-region")
            {
                yield return Diagnosis.Fault(ExitCode.NoPolicy, refusal, $"the stored policy is for another region than {settings.Region}", "Correct 'region' in agent.yaml; it is the one that enrolled here.");
                yield break;
            }

            yield return Diagnosis.Fault(
                ExitCode.NoPolicy, "policy-not-in-force", $"the stored policy is not in force ({refusal}), and nothing leaves without one", "A sync asks the hub for another. If that one is refused too, headquarters publishes the policy anew, and both clocks have to be right.");
        }
        else if (policy.Current is { } rules)
        {
            var text = $"policy version {rules.Version} is in force until {rules.ExpiresAt:u}";
            yield return rules.ExpiresAt - clock.GetUtcNow() < Soon
                ? Diagnosis.Doubt("policy-ends-soon", text, "A sync fetches a fresh one; if syncs run and it stays so, headquarters has to look at its policies.")
                : Diagnosis.Well("policy", text);
        }
    }
}
