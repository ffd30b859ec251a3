namespace CallTracking.Benchmarks;

/// <summary>A memory limit by cgroup (v1 or v2) for a child process, where this user may set one.</summary>
internal sealed class MemoryCgroup : IDisposable
{
    private readonly string _folder;

    private MemoryCgroup(string folder) => _folder = folder;

    /// <summary>The file into which a process writes its id to enter.</summary>
    public string EntryFile => Path.Combine(_folder, "cgroup.procs");

    /// <summary>Null where no cgroup can be made: not root, or no controller.</summary>
    public static MemoryCgroup? TryCreate(long bytes)
    {
        (string Root, string LimitFile)[] kinds =
        [
            ("/sys/fs/cgroup/memory", "memory.limit_in_bytes"),
            ("/sys/fs/cgroup", "memory.max"),
        ];
        foreach (var (root, limitFile) in kinds)
        {
            var folder = Path.Combine(root, $"calltracking-bench-{Environment.ProcessId}");
            try
            {
                Directory.CreateDirectory(folder);
                if (File.Exists(Path.Combine(folder, limitFile)))
                {
                    File.WriteAllText(Path.Combine(folder, limitFile), bytes.ToString(System.Globalization.CultureInfo.InvariantCulture));
                    return new MemoryCgroup(folder);
                }

                Directory.Delete(folder);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }

        return null;
    }

    public void Dispose() => Directory.Delete(_folder);
}
