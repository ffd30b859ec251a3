namespace CallTracking.Testing.Installations;

/// <summary>A running <c>calltracking-hub serve</c>.</summary>
public sealed class HubProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly ProgramRun _run;

    private HubProcess(ProgramRun run, Uri grpc, Uri web)
    {
        _run = run;
        GrpcAddress = grpc;
        WebAddress = web;
    }

    public Uri GrpcAddress { get; }

    public Uri WebAddress { get; }

    public int ProcessId => _run.Id;

    public bool HasExited => _run.HasExited;

    /// <summary>What it wrote so far, for leak tests.</summary>
    public string Output => _run.Output + _run.Error;

    internal static async Task<HubProcess> StartAsync(Installation installation, bool isFirst, IReadOnlyDictionary<string, string?>? environment, string[] arguments)
    {
        string[] more = isFirst ? [] : ["--grpc-listen", "127.0.0.1:0", "--web-listen", "127.0.0.1:0"];
        var run = ProgramRun.Start(PublishedProgram.Hub, ["serve", "--config", installation.HubConfiguration, .. more, .. arguments], environment);
        try
        {
            return new HubProcess(run, await ReadAddressAsync(run, "grpc  "), await ReadAddressAsync(run, "web   "));
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>kill -9.</summary>
    public void Kill() => _run.Kill();

    /// <summary>SIGTERM, then waits for the orderly end.</summary>
    public Task<ProgramResult> StopAsync() => _run.TerminateAsync(TimeSpan.FromSeconds(60));

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private static async Task<Uri> ReadAddressAsync(ProgramRun run, string announcement)
    {
        var line = await run.WaitForOutputAsync(announcement, StartLimit);
        return new Uri(line[announcement.Length..].Split(' ')[0]);
    }
}
