using CallTracking.Contracts;
using CallTracking.Hub.People;

namespace CallTracking.Hub.Audit;

/// <summary>
/// Who does what is being done, for whatever writes an audit row further down: set at the door (command line, web, gRPC, job), and read where the
/// act's transaction is. It travels with the flow of execution; a value set in an async method ends with it.
/// </summary>
internal static class AuditActor
{
    /// <summary>The hub itself, where nobody asked.</summary>
    public const string Hub = "hub";

    /// <summary>Somebody of whom nothing is known yet.</summary>
    public const string Nobody = "nobody";

    private static readonly AsyncLocal<string?> Actor = new();

    public static string Current => Actor.Value ?? Hub;

    /// <summary>Whoever ran a command: the system's user. Whom he acts for (<c>--by</c>) stands in the detail.</summary>
    public static void IsCommandLine() => Actor.Value = $"command:{Environment.UserName}";

    /// <summary>An account or token by its id; no name.</summary>
    public static void Is(Person person) => Actor.Value = $"person:{person.Id}";

    public static void Is(RegionCode region) => Actor.Value = $"region:{region.Value}";

    public static void IsJob(string name) => Actor.Value = $"job:{name}";

    public static void IsNobody() => Actor.Value = Nobody;
}
