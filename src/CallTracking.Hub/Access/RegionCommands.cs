using System.CommandLine;

namespace CallTracking.Hub.Access;

internal static class RegionCommands
{
    public static Command Create() => new("region", "Who may push.");
}
