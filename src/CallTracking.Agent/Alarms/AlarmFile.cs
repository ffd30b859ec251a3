using System.Text.Json;
using CallTracking.Agent.Identity;

namespace CallTracking.Agent.Alarms;

/// <summary>What the region's alarms are, over restarts of the service.</summary>
/// <param name="WatchedSince">When the service first watched: nights from before are not late.</param>
/// <param name="Alarms">Open ones, and those that are over and not told so yet.</param>
internal sealed record AlarmBook(DateTimeOffset WatchedSince, IReadOnlyList<RegionAlarm> Alarms);

/// <summary>The file <c>alarms.json</c> in the state folder. No secret.</summary>
internal sealed class AlarmFile(string stateDirectory)
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };
    private readonly string _path = Path.Combine(stateDirectory, "alarms.json");

    /// <summary>Null where there is none, or none that can be understood: what is wrong is then told once more.</summary>
    public AlarmBook? Load()
    {
        try
        {
            return File.Exists(_path) && JsonSerializer.Deserialize<AlarmBook>(File.ReadAllBytes(_path)) is { Alarms: not null } book ? book : null;
        }
        catch (Exception broken) when (broken is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Replaces it.</summary>
    public void Save(AlarmBook book)
    {
        PrivateFile.CreateFolder(stateDirectory);
        PrivateFile.WriteShared(_path, JsonSerializer.SerializeToUtf8Bytes(book, Layout));
    }
}
