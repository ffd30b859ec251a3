using System.Reflection;

namespace CallTracking.Agent.Sync;

/// <summary>What the program calls itself.</summary>
internal static class AgentVersion
{
    /// <summary>Major, minor and patch, without a build's own suffix.</summary>
    public static string Text { get; } =
        (typeof(AgentVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
