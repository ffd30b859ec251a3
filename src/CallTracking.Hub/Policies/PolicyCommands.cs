using System.CommandLine;

namespace CallTracking.Hub.Policies;

internal static class PolicyCommands
{
    public static Command Create() => new("policy", "Publishes the rules that legal wrote.");
}
