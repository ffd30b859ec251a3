using CallTracking.Faults.World;

namespace CallTracking.Faults.Faults;

/// <summary>The disk with the agent's state runs full in the middle of its work; afterwards there is room again.</summary>
internal sealed class DiskFull : Fault
{
    public override string Name => "disk-full";

    public override string? WhyNot => Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() ? null : "only root can mount a small disk";

    public override async Task BeforeAsync(Strike strike)
    {
        var state = strike.Region.Installation.State;
        var used = Directory.GetFiles(state, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length + 4096);
        var kilobytes = (used >> 10) + 64 + strike.Random.Next(900);
        strike.Tell($"{used >> 10} KB of state on a disk of {kilobytes} KB");
        Directory.Move(state, Aside(strike));
        Directory.CreateDirectory(state);
        await Shell.RunAsync("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k,mode=700", "tmpfs", state);
        await Shell.RunAsync("cp", "-a", Aside(strike) + "/.", state);
    }

    public override async Task AfterAsync(Strike strike)
    {
        var state = strike.Region.Installation.State;
        Directory.Delete(Aside(strike), recursive: true);
        await Shell.RunAsync("cp", "-a", state, Aside(strike));
        await Shell.RunAsync("umount", state);
        Directory.Delete(state);
        Directory.Move(Aside(strike), state);
    }

    private static string Aside(Strike strike) => strike.Region.Installation.State + "-aside";
}
