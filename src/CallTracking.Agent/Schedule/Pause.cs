using System.Text.Json;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Identity;
using CallTracking.Contracts;
using Google.Protobuf.WellKnownTypes;

namespace CallTracking.Agent.Schedule;

/// <summary>Nights wait: why, since when and until when.</summary>
/// <param name="Note">An operator's words; headquarters reads them.</param>
/// <param name="Until">Null: until somebody resumes.</param>
internal sealed record Pause(string Note, DateTimeOffset Since, DateTimeOffset? Until)
{
    /// <summary>So many characters of a note at most.</summary>
    public const int LongestNote = 300;

    /// <summary>Whether it holds at an instant; one whose end has come holds no more, though nobody resumed.</summary>
    public bool Holds(DateTimeOffset at) => Until is not { } end || at < end;

    /// <summary>As it travels.</summary>
    public RegionPause ToWire() => new()
    {
        Note = Note,
        Since = Timestamp.FromDateTimeOffset(Since),
        Until = Until is { } end ? Timestamp.FromDateTimeOffset(end) : null,
    };
}

/// <summary>
/// The file <c>pause.json</c> in the state folder. It is no part of the ledger, so that a pause can be set while the service holds that, and
/// outlives a ledger that is begun anew; and the service can read it whoever paused.
/// </summary>
internal sealed class PauseFile(string stateDirectory)
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };
    private readonly string _path = Path.Combine(stateDirectory, "pause.json");

    // A file of its own: the service writes this one and people the other, so that neither undoes what the other wrote.
    private readonly string _toldPath = Path.Combine(stateDirectory, "pause-told.json");

    /// <summary>The pause that holds; null when there is none.</summary>
    /// <exception cref="AgentException">The file is there and says nothing that can be understood: a pause is not taken for none.</exception>
    public Pause? Find(DateTimeOffset now) => Load(_path) is { Pause: { } pause } && pause.Holds(now) ? pause : null;

    /// <summary>What the hub is still to be told; null when it knows.</summary>
    public PauseNews? Untold() => Load(_path) is { } news && news != Told() ? news : null;

    /// <summary>Begins a pause, or with null ends it.</summary>
    public void Set(Pause? pause) => Save(_path, new PauseNews(pause));

    /// <summary>Notes what the hub was told; what somebody wants meanwhile is told next.</summary>
    public void Told(PauseNews news) => Save(_toldPath, news);

    // What says nothing that can be understood says nothing: the hub is told once more.
    private PauseNews? Told()
    {
        try
        {
            return Load(_toldPath);
        }
        catch (AgentException)
        {
            return null;
        }
    }

    private static PauseNews? Load(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<PauseNews>(File.ReadAllBytes(path)) : null;
        }
        catch (JsonException broken)
        {
            throw new AgentException(ExitCode.Configuration, $"{path} cannot be understood. Run 'calltracking-agent pause' or 'calltracking-agent resume': either writes it anew.", broken);
        }
    }

    private void Save(string path, PauseNews news)
    {
        PrivateFile.CreateFolder(stateDirectory);
        PrivateFile.WriteShared(path, JsonSerializer.SerializeToUtf8Bytes(news, Layout));
    }
}

/// <summary>What a file holds.</summary>
/// <param name="Pause">Null: nothing is paused any more.</param>
internal sealed record PauseNews(Pause? Pause);
