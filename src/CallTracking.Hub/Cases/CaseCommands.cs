using System.CommandLine;

namespace CallTracking.Hub.Cases;

internal static class CaseCommands
{
    public static Command Create() => new("cases", "Looks at the stored cases.");
}
