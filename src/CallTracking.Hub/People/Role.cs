namespace CallTracking.Hub.People;

/// <summary>What somebody is at headquarters. <see cref="Doors"/> says what each may do.</summary>
internal enum Role
{
    /// <summary>Reads cases and figures of all regions.</summary>
    Analyst,

    /// <summary>Reads cases and figures of all regions, to judge what the rules leave of them.</summary>
    Legal,

    /// <summary>Reads cases and figures of the regions that he is bound to, and nothing of others.</summary>
    Regional,

    /// <summary>Runs the hub: how regions stand, and figures. No case.</summary>
    Operator,

    /// <summary>Checks: how regions stand, figures, and single cases with their receipts. No lists.</summary>
    Auditor,

    /// <summary>
    /// Whoever may reach a hub without sign-in, on its own machine or with the one token of <c>web.access_token_file</c>. Given to
    /// nobody by name.
    /// </summary>
    Machine,
}

/// <summary>Roles as people write them.</summary>
internal static class RoleWords
{
    /// <summary>The roles that a token or an account can have.</summary>
    public static IReadOnlyList<Role> OfPeople { get; } = [Role.Analyst, Role.Legal, Role.Regional, Role.Operator, Role.Auditor];

    public static string Of(Role role) => role.ToString().ToLowerInvariant();

    /// <summary>False also for <see cref="Role.Machine"/>: it cannot be given.</summary>
    public static bool TryParse(string? word, out Role role)
    {
        var index = OfPeople.ToList().FindIndex(known => string.Equals(Of(known), word, StringComparison.Ordinal));
        role = index < 0 ? default : OfPeople[index];
        return index >= 0;
    }
}
