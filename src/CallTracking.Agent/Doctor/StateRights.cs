using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Contracts;

namespace CallTracking.Agent.Doctor;

/// <summary>
/// Looks at who may read the state folder. What this user may not read looks like what is not there, or is damaged: it is told before anything is
/// judged by it. What others may read that is theirs alone to know is told too.
/// </summary>
internal static class StateRights
{
    private const UnixFileMode NobodyElse = UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode Others = NobodyElse | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    // The lock is held while an agent is at work, and says nothing.
    private static readonly string[] Folders = [".", "identity", "keys"];

    /// <summary>What this user may not read; null where that is nothing.</summary>
    public static Diagnosis? Refused(string folder) => Refused(folder, Try);

    /// <param name="folder">The state folder.</param>
    /// <param name="attempt">Opens a file or folder for reading; answers what kept it from doing so.</param>
    internal static Diagnosis? Refused(string folder, Func<string, Exception?> attempt)
    {
        foreach (var path in Folders.Select(name => Path.GetFullPath(name, folder)).SelectMany(inner => Paths(inner, attempt)))
        {
            if (attempt(path) is UnauthorizedAccessException)
            {
                return Diagnosis.Fault(
                    ExitCode.Configuration, "state-not-readable", $"{path} cannot be read by this user ({Environment.UserName}){ModeOf(path)}",
                    $"Run the command as the user that the service runs as, who owns the folder (ls -ld {folder} names it), or as root. Nothing else was looked at here, and nothing is damaged.");
            }
        }

        return null;
    }

    /// <summary>What other users may do that only the agent's own should. Nothing on Windows, where rights are lists.</summary>
    public static IEnumerable<Diagnosis> Open(AgentSettings settings)
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        var folder = settings.StateDirectory;
        if ((File.GetUnixFileMode(folder) & NobodyElse) != 0)
        {
            yield return Diagnosis.Doubt("state-open", $"{folder} is open to other users{ModeOf(folder)}", $"chmod 700 {folder}");
        }

        foreach (var (path, _) in settings.State.Files())
        {
            if ((File.GetUnixFileMode(path) & Others) == 0)
            {
                continue;
            }

            yield return Diagnosis.Doubt(
                "key-open", $"{path} can be read by other users{ModeOf(path)}",
                $"chmod 600 {path}. If somebody else may have read it: a certificate's key is made anew by 'enrol', and headquarters revokes the old one.");
        }
    }

    private static IEnumerable<string> Paths(string folder, Func<string, Exception?> attempt)
    {
        yield return folder;
        if (attempt(folder) is null && Directory.Exists(folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != "agent.lock"))
            {
                yield return file;
            }
        }
    }

    private static Exception? Try(string path)
    {
        try
        {
            if (File.GetAttributes(path).HasFlag(FileAttributes.Directory))
            {
                using var entries = Directory.EnumerateFileSystemEntries(path).GetEnumerator();
                entries.MoveNext();
            }
            else
            {
                File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete).Dispose();
            }

            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused;
        }
    }

    private static string ModeOf(string path)
    {
        try
        {
            return OperatingSystem.IsWindows() ? string.Empty : $" (mode {Convert.ToString((int)File.GetUnixFileMode(path), 8)})";
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
