using System.CommandLine;
using CallTracking.Contracts;
using CallTracking.Hub.Access;

namespace CallTracking.Hub.People;

/// <summary>What commands ask about whoever is let in: the role, and the regions that it is bound to.</summary>
internal static class RoleOptions
{
    private const int LongestName = 64;

    public static Option<Role> Role() => new("--role")
    {
        Description = $"One of {Words}.",
        Required = true,
        CustomParser = result =>
        {
            if (RoleWords.TryParse(result.Tokens[0].Value, out var role))
            {
                return role;
            }

            result.AddError($"--role: expected one of {Words}, found '{result.Tokens[0].Value}'.");
            return default;
        },
    };

    public static Option<RegionCode[]> Regions() => new("--region")
    {
        Description = "A region that may be seen; may be repeated. With role regional, and only with it.",
        CustomParser = result =>
        {
            foreach (var token in result.Tokens.Where(token => !RegionCode.TryParse(token.Value, out _)))
            {
                result.AddError($"--region: expected 2 to 8 letters A-Z, found '{token.Value}'.");
                return [];
            }

            return [.. result.Tokens.Select(token => RegionCode.Parse(token.Value)).Distinct()];
        },
    };

    /// <summary>A name for people's lists: one line, no control characters.</summary>
    public static void CheckName(System.CommandLine.Parsing.SymbolResult result, string what)
    {
        var name = result.Tokens.Count > 0 ? result.Tokens[^1].Value : null;
        if (name is not null && (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl)))
        {
            result.AddError($"{what}: expected 1 to {LongestName} characters on one line.");
        }
    }

    /// <summary>The regions in the order of their codes.</summary>
    /// <exception cref="HubException">A regional role without a region, a region without that role, or one that is not registered.</exception>
    public static async Task<IReadOnlyList<RegionCode>> RequireAsync(
        Role role, IReadOnlyCollection<RegionCode> regions, IServiceProvider services, CancellationToken cancellationToken)
    {
        if ((role is People.Role.Regional) != (regions.Count > 0))
        {
            throw new HubException(
                role is People.Role.Regional ? "--role regional needs at least one --region." : $"--region goes with --role regional only; {RoleWords.Of(role)} sees all regions.", HubExit.Usage);
        }

        var known = (await services.GetRequiredService<RegionStore>().ListAsync(services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken)).Select(row => row.Code).ToList();
        return regions.FirstOrDefault(region => !known.Contains(region)) is { Value: not null } unknown
            ? throw new HubException($"There is no region {unknown}. Known: {string.Join(", ", known)}.", HubExit.Usage)
            : [.. regions.OrderBy(region => region.Value, StringComparer.Ordinal)];
    }

    /// <summary>The role, with the regions that it is bound to.</summary>
    public static string Describe(Role role, IEnumerable<RegionCode> regions) =>
        role is People.Role.Regional ? $"{RoleWords.Of(role)} {string.Join(" ", regions.Select(region => region.Value))}" : RoleWords.Of(role);

    private static string Words => string.Join(", ", RoleWords.OfPeople.Select(RoleWords.Of));
}
