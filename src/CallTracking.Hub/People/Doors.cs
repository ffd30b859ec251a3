namespace CallTracking.Hub.People;

/// <summary>What a route of pages or REST lets somebody see or do. A route without one is open to nobody.</summary>
internal enum Door
{
    /// <summary>Asks for no identity: health, the sign-in page and the files that it loads.</summary>
    Anyone,

    /// <summary>How the regions and their nights stand.</summary>
    Overview,

    /// <summary>Counts and the backlog.</summary>
    Figures,

    /// <summary>Many cases at once, also as a file.</summary>
    CaseList,

    /// <summary>One case by its uid.</summary>
    OneCase,

    /// <summary>Who did what at headquarters.</summary>
    AuditLog,

    /// <summary>What somebody does with his own session.</summary>
    OwnSession,
}

/// <summary>The one table of who may use which door. Whoever is bound to regions sees nothing of others behind any of them.</summary>
internal static class Doors
{
    private static readonly Dictionary<Door, Role[]> Table = new()
    {
        [Door.Overview] = [Role.Analyst, Role.Legal, Role.Regional, Role.Operator, Role.Auditor, Role.Machine],
        [Door.Figures] = [Role.Analyst, Role.Legal, Role.Regional, Role.Operator, Role.Auditor, Role.Machine],
        [Door.CaseList] = [Role.Analyst, Role.Legal, Role.Regional, Role.Machine],
        [Door.OneCase] = [Role.Analyst, Role.Legal, Role.Regional, Role.Auditor, Role.Machine],
        [Door.AuditLog] = [Role.Legal, Role.Auditor, Role.Machine],
        [Door.OwnSession] = [Role.Analyst, Role.Legal, Role.Regional, Role.Operator, Role.Auditor, Role.Machine],
    };

    /// <summary>False for a door that stands in no row.</summary>
    public static bool Admit(Door door, Role role) => Table.TryGetValue(door, out var roles) && roles.Contains(role);

    /// <summary>Puts a route behind a door.</summary>
    public static TBuilder Through<TBuilder>(this TBuilder route, Door door)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new DoorSign(door));
}

/// <summary>Stands on a route and says which door it is behind.</summary>
internal sealed record DoorSign(Door Door);
