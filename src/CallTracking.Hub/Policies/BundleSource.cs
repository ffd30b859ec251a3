using System.Reflection;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Privacy;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Hub.Policies;

/// <summary>Makes the signed policy bundles that regions work by.</summary>
internal sealed class BundleSource(RuleSource rules, IdentitySource identities, TimeProvider clock)
{
    /// <summary>How long an agent may go on without hearing of the hub.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(45);

    // Major, minor and patch, without a build's own suffix.
    public static readonly string Version =
        (typeof(BundleSource).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "").Split('+')[0];

    /// <summary>The bundle in force for a region, signed now; null when no policy was published yet.</summary>
    public async Task<SignedPolicyBundle?> FindAsync(RegionCode region, CancellationToken cancellationToken)
    {
        if (await rules.FindAsync(cancellationToken) is not { Published: { } published })
        {
            return null;
        }

        var identity = await identities.GetAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return new BundleSigner(identity.PolicySigningKey).Sign(new PolicyBundle
        {
            Version = (ulong)published.Version,
            Region = region.Value,
            IssuedAt = Timestamp.FromDateTimeOffset(now),
            ValidFrom = Timestamp.FromDateTimeOffset(published.ValidFrom),
            ExpiresAt = Timestamp.FromDateTimeOffset(now + Life),
            Documents = { published.Documents },
            PublisherVersion = Version,
        });
    }
}
