using CallTracking.Agent.Sources;

namespace CallTracking.Agent.Commands;

/// <summary>The sources that a command line names.</summary>
internal static class SourceChoice
{
    /// <summary>All of them when it names none.</summary>
    /// <exception cref="AgentException">There is no source of such a name.</exception>
    public static IReadOnlyList<Source> Of(IReadOnlyList<Source> sources, IReadOnlyList<string> names)
    {
        var unknown = names.FirstOrDefault(name => sources.All(source => source.Name != name));
        return unknown is null
            ? [.. sources.Where(source => names.Count == 0 || names.Contains(source.Name))]
            : throw new AgentException(
                ExitCode.Configuration, $"There is no source '{unknown}'. Use one of {string.Join(", ", sources.Select(source => source.Name).Distinct())}.");
    }
}
