using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Kit;

/// <summary>A small memory disk that can be filled without harm. Only root may mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var folder = Directory.CreateTempSubdirectory("ct-disk-").FullName;
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0777", "tmpfs", folder);

        // A tablespace lies in an empty folder of the server's user.
        var own = Path.Combine(folder, "space");
        Directory.CreateDirectory(own);
        await RunAsync("chown", "postgres", own);
        return new SmallDisk(own);
    }

    public void Dispose()
    {
        var mount = Path.GetDirectoryName(Folder)!;
        RunAsync("umount", "-l", mount).GetAwaiter().GetResult();
        Directory.Delete(mount);
    }

    internal static string? WhyImpossible()
    {
        if (!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux())
        {
            return "absent: only root may mount the small disk that this test fills";
        }

        try
        {
            using var disk = Task.Run(() => MountAsync(1)).GetAwaiter().GetResult();
            return null;
        }
        catch (InvalidOperationException refused)
        {
            return $"absent: the small disk that this test fills cannot be mounted here ({refused.Message})";
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var result = await ProgramRun.RunAsync("/usr/bin/env", [program, .. arguments], TimeSpan.FromSeconds(20));
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program}: {result.LastErrorLine}");
        }
    }
}

/// <summary>A test that fills a disk; skipped where no small one can be mounted.</summary>
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = new PostgresFactAttribute().Skip ?? SmallDisk.WhyImpossible();
}
