using System.CommandLine;

namespace CallTracking.Hub.Retention;

internal static class RetentionCommands
{
    public static Command Create() => new("retention", "What expires, and when.");
}
