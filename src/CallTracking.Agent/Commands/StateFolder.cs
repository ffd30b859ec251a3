using System.Runtime.InteropServices;
using CallTracking.Agent.Identity;

namespace CallTracking.Agent.Commands;

/// <summary>The state folder as a place to write: claims it for one process, and says why it cannot be written.</summary>
internal static class StateFolder
{
    private const int WindowsSharing = unchecked((int)0x80070020);
    private const int WindowsLocked = unchecked((int)0x80070021);
    private const int WindowsFull = unchecked((int)0x80070070);
    private const int ReadOnlyFileSystem = 30;

    // EWOULDBLOCK, EAGAIN: what a lock that another process holds answers on Linux and on macOS.
    private static readonly int[] HeldCodes = [11, 35, WindowsSharing, WindowsLocked];

    // ENOSPC, and EDQUOT on Linux and on macOS.
    private static readonly int[] FullCodes = [28, 122, 69, WindowsFull];

    /// <summary>Holds the folder until disposed.</summary>
    /// <exception cref="AgentException">Another process holds it, or it cannot be written; the text says which.</exception>
    public static FileStream Claim(string folder)
    {
        try
        {
            PrivateFile.CreateFolder(folder);
            return new FileStream(Path.Combine(folder, "agent.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (HeldCodes.Contains(held.HResult))
        {
            throw new AgentException(
                ExitCode.Configuration, $"Another calltracking-agent is at work in {folder}. Wait until it is done, or stop it.", held);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new AgentException(ExitCode.Configuration, WhyNot(folder, refused), refused);
        }
    }

    /// <summary>True where a claim failed because another process holds the folder, and not for rights or the disk.</summary>
    public static bool IsHeld(AgentException refused) => refused.InnerException is IOException { HResult: var code } && HeldCodes.Contains(code);

    /// <summary>True when no process holds the folder and this one may.</summary>
    public static bool IsFree(string folder)
    {
        try
        {
            Claim(folder).Dispose();
            return true;
        }
        catch (AgentException)
        {
            return false;
        }
    }

    /// <summary>Tries to write a file; null when that went well, or when there is no such folder yet.</summary>
    public static string? WhyNotWritable(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var probe = Path.Combine(folder, $"write-probe-{Environment.ProcessId}");
        try
        {
            using (var file = PrivateFile.Create(probe))
            {
                file.WriteByte(0);
                file.Flush(flushToDisk: true);
            }

            File.Delete(probe);
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return WhyNot(folder, refused);
        }
    }

    /// <summary>What kept a file below the folder from being written, and the cure.</summary>
    public static string WhyNot(string folder, Exception refused) => refused switch
    {
        UnauthorizedAccessException =>
            $"The state folder {folder} cannot be written: {refused.Message} Give this user ({Environment.UserName}) the right to write there, or run as the folder's owner.",
        { HResult: ReadOnlyFileSystem } when !RuntimeInformation.IsOSPlatform(OSPlatform.Windows) =>
            $"The state folder {folder} is on a read-only file system. Mount it for writing, or name another folder as 'state' in agent.yaml.",
        IOException when IsFull(refused) => $"The disk is full or failing at {folder}. Nothing is lost: make room, and run the command again.",
        _ => $"The state folder {folder} cannot be used: {refused.Message} Look at the disk and at 'state' in agent.yaml.",
    };

    /// <summary>True when there is no room left, or none for this user.</summary>
    public static bool IsFull(Exception refused) => FullCodes.Contains(refused.HResult);
}
