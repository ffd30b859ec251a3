namespace CallTracking.Agent.Spills;

/// <summary>Records that are joined or folded cannot wait on disk: it is full, or fails. What is read is not to blame.</summary>
internal sealed class SpillException(string path, Exception why) : IOException(why.Message, why)
{
    /// <summary>The folder where they should wait.</summary>
    public string Folder { get; } = Path.GetDirectoryName(path)!;
}
