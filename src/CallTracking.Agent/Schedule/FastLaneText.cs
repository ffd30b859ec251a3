using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Sources;

namespace CallTracking.Agent.Schedule;

/// <summary>Says which sources have a fast lane, and why others have none.</summary>
internal static class FastLaneText
{
    /// <summary>A line a source.</summary>
    public static IEnumerable<string> Lines(FastLaneSettings lane, IEnumerable<Source> sources) => sources.Select(source => HazardLook.WhyNot(source) is { } why
        ? $"{source.Name}: none, hazards come with the night: {why}"
        : string.Create(CultureInfo.InvariantCulture, $"{source.Name}: looks every {lane.Every.TotalMinutes:0.#} minutes for {string.Join(", ", lane.Concepts)} and hazards of the source, while 'calltracking-agent run' is at work"));
}
