using CallTracking.Contracts;

namespace CallTracking.Hub.People;

/// <summary>The group's own identity provider, whose tokens programs and portals may show instead of the hub's.</summary>
internal sealed record OidcOptions
{
    /// <summary>As it stands in its tokens; its description is at <c>/.well-known/openid-configuration</c> below. HTTPS, but on this machine.</summary>
    public required Uri Issuer { get; init; }

    /// <summary>What tokens for this hub name as their audience.</summary>
    public required string Audience { get; init; }

    /// <summary>Where a token says what its holder is: a claim, or a path of them with dots (<c>realm_access.roles</c>).</summary>
    public required string RoleClaim { get; init; }

    /// <summary>The provider's word for each role here, in order: the first that a token has counts.</summary>
    public required IReadOnlyList<OidcRole> Roles { get; init; }
}

/// <summary>What a word of the provider means here.</summary>
internal sealed record OidcRole(string Word, Role Role, IReadOnlyList<RegionCode> Regions);
