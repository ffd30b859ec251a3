using CallTracking.Agent.Identity;
using CallTracking.Mapping;

namespace CallTracking.Agent.Spills;

/// <summary>The folder below the state directory where records wait that are joined or folded. It is empty between runs.</summary>
/// <param name="stateDirectory">The agent's own.</param>
/// <param name="memoryBytes">What each spill holds in memory before it takes a file.</param>
internal sealed class SpillFolder(string stateDirectory, long memoryBytes = SpillFolder.UsualMemoryBytes)
{
    private const long UsualMemoryBytes = 16 * 1024 * 1024;

    public string Path { get; } = System.IO.Path.Combine(stateDirectory, "spill");

    /// <summary>An empty spill: in memory while it is small, else in a file of its own.</summary>
    public ISpill New() => new GrowingSpill(memoryBytes, NewFile);

    /// <summary>Deletes what a run that was killed has left. Nobody can read it, its key is gone; it only takes room.</summary>
    public void RemoveLeftOvers()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private SpillFile NewFile()
    {
        var file = System.IO.Path.Combine(Path, $"{Guid.NewGuid():N}.db");
        try
        {
            PrivateFile.CreateFolder(Path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new SpillException(file, failed);
        }

        return new SpillFile(file);
    }
}
