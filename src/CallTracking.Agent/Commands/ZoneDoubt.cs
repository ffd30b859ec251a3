using CallTracking.Agent.Configuration;
using CallTracking.Mapping;
using CallTracking.Mapping.Proposals;

namespace CallTracking.Agent.Commands;

/// <summary>Tells where times without an offset are taken for UTC, and the centre lives by another clock.</summary>
internal static class ZoneDoubt
{
    private static readonly string[] NamesOfUtc = ["UTC", "UCT", "GMT", "Zulu", "Universal", "Greenwich"];

    /// <summary>What to say after rows were read; null where there is nothing to doubt.</summary>
    public static string? Of(SourceMapping mapping, AgentSettings settings)
    {
        if (!mapping.HasReadLocalTimes || mapping.PlaceOfTimeZone is not { } place || !IsUtc(mapping.TimeZone.Id))
        {
            return null;
        }

        var zone = IsUtc(settings.Schedule.TimeZone.Id) ? CountryZones.Of(settings.Country) : settings.Schedule.TimeZone.Id;
        var others = zone is null ? $"a zone of {settings.Country}" : zone;
        return zone is not null && Keeps(zone) ? null
            : $"times without an offset are taken for {mapping.TimeZone.Id} (time_zone, {place}), and agent.yaml speaks of {others}: where the help desk writes its own clock, all of them are wrong by its offset. "
                + $"Cure: {(zone is null ? "Write the help desk's zone there" : $"Write time_zone: {zone} there")}, unless it does write UTC";
    }

    private static bool IsUtc(string id) => NamesOfUtc.Contains(id.StartsWith("Etc/", StringComparison.Ordinal) ? id["Etc/".Length..] : id);

    // Such as Iceland's: no time is wrong by it.
    private static bool Keeps(string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.BaseUtcOffset == TimeSpan.Zero && !found.SupportsDaylightSavingTime;
}
