using CallTracking.Contracts;
using CallTracking.Hub.People;
using YamlDotNet.RepresentationModel;

namespace CallTracking.Hub.Configuration;

/// <summary>The section <c>web.oidc</c>.</summary>
internal sealed partial class HubYaml
{
    private OidcOptions? Oidc(YamlMappingNode web)
    {
        if (Section(web, "oidc", "issuer", "audience", "role_claim", "roles") is not { } oidc)
        {
            return null;
        }

        var issuer = Text(oidc, "issuer", "https://login.example.com/");
        if (!Uri.TryCreate(issuer?.Value, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            Fault(issuer ?? (YamlNode)oidc, $"web.oidc.issuer: expected an address of https, found '{issuer?.Value}'.", "Write it as it stands in the provider's tokens (iss).");
        }

        var audience = Text(oidc, "audience", "calltracking");
        var claim = Text(oidc, "role_claim", "roles");
        var roles = OidcRoles(oidc);
        return address is null || audience?.Value is null || claim?.Value is null
            ? null
            : new OidcOptions { Issuer = address, Audience = audience.Value, RoleClaim = claim.Value, Roles = roles };
    }

    private List<OidcRole> OidcRoles(YamlMappingNode oidc)
    {
        var roles = new List<OidcRole>();
        if (Child(oidc, "roles") is not YamlMappingNode { Children.Count: > 0 } map)
        {
            Fault(oidc, "web.oidc.roles: expected the provider's words with a role each.", "Write roles: {ct-analysts: analyst, ct-berlin: regional DE}.");
            return roles;
        }

        foreach (var (word, meaning) in map.Children)
        {
            var words = (meaning as YamlScalarNode)?.Value?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
            if (word is YamlScalarNode { Value.Length: > 0 } named
                && RoleWords.TryParse(words.FirstOrDefault(), out var role)
                && words.Skip(1).All(region => RegionCode.TryParse(region, out _))
                && (role is Role.Regional) == (words.Length > 1))
            {
                roles.Add(new OidcRole(named.Value!, role, [.. words.Skip(1).Select(RegionCode.Parse)]));
                continue;
            }

            Fault(
                meaning,
                $"web.oidc.roles: expected one of {string.Join(", ", RoleWords.OfPeople.Select(RoleWords.Of))}, found '{string.Join(' ', words)}'.",
                "Regional, and only that, is followed by its regions: regional DE JP.");
        }

        return roles;
    }
}
