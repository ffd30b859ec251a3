using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Configuration;

namespace CallTracking.Hub.Doctor;

/// <summary>Looks at the state folder: whether it can be written, and has room.</summary>
internal static class StateLook
{
    // Keys and certificates are small; a full disk elsewhere on it stops the machine all the same.
    private const long LeastRoom = 64L << 20;

    private const UnixFileMode OthersMay = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static IEnumerable<Diagnosis> Look(HubOptions options)
    {
        var folder = options.StateDirectory;
        if (File.Exists(folder))
        {
            yield return NotWritable($"{folder} is a file", "Name a folder as 'state' in hub.yaml.");
            yield break;
        }

        if (!Directory.Exists(folder))
        {
            yield return Diagnosis.Well("state", $"{folder} is not there yet: the hub makes it at its first start");
            yield break;
        }

        yield return WhyNotWritable(folder) is { } why
            ? NotWritable($"a file in {folder} could not be written ({why})", "Give the hub's user the folder, make room on its disk, or mount it for writing; or name another folder as 'state' in hub.yaml, and bring its files there.")
            : Diagnosis.Well("state", $"{folder} can be written");
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var text = string.Create(CultureInfo.InvariantCulture, $"{free / (1024.0 * 1024):N0} MB free for the state folder");
        yield return free >= LeastRoom ? Diagnosis.Well("disk", text) : Diagnosis.Doubt("disk-low", text, "Make room: without it the hub cannot renew its certificate, and the machine has other trouble soon.");
        if (OthersRead(folder) is { Count: > 0 } open)
        {
            yield return Diagnosis.Doubt(
                "keys-readable-by-others", $"others than their owner may read or write {string.Join(", ", open)} in {folder}", "chmod 600 them, and chmod 700 the folder. Whoever read them can sign policies and let regions in: if that may have happened, set the hub up anew and enrol all regions again.");
        }
    }

    private static List<string> OthersRead(string folder)
    {
        var open = new List<string>();
        foreach (var name in HubIdentity.Files.Where(name => File.Exists(Path.Combine(folder, name))))
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Path.Combine(folder, name)) & OthersMay) != 0)
            {
                open.Add(name);
            }
        }

        return open;
    }

    private static string? WhyNotWritable(string folder)
    {
        var probe = Path.Combine(folder, $"write-probe-{Environment.ProcessId}");
        try
        {
            using (var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write))
            {
                file.WriteByte(0);
                file.Flush(flushToDisk: true);
            }

            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return "this user may not";
        }
        catch (IOException refused)
        {
            return refused.Message;
        }
        finally
        {
            Forget(probe);
        }
    }

    private static void Forget(string probe)
    {
        try
        {
            File.Delete(probe);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Where it could not be written either.
        }
    }

    private static Diagnosis NotWritable(string text, string cure) => Diagnosis.Fault(HubExit.Usage, "state-not-writable", text, cure);
}
