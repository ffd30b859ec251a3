using System.Text.Json;

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

    internal static async Task<HubProcess> StartAsync(Installation installation, bool isFirst)
    {
        var addresses = Path.Combine(installation.Folder, "hub", $"addresses-{Guid.NewGuid():N}.json");
        string[] more = isFirst ? [] : ["--grpc-listen", "127.0.0.1:0", "--web-listen", "127.0.0.1:0"];
        var run = ProgramRun.Start(
            PublishedProgram.Hub, ["serve", "--config", installation.HubConfiguration, "--addresses-file", addresses, .. more]);
        try
        {
            var (grpc, web) = await ReadAddressesAsync(run, addresses);
            return new HubProcess(run, grpc, web);
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

    private static async Task<(Uri Grpc, Uri Web)> ReadAddressesAsync(ProgramRun run, string path)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        while (!File.Exists(path))
        {
            if (run.HasExited)
            {
                throw new InvalidOperationException($"'calltracking-hub serve' ended at once: {(run.Output + run.Error).Trim()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }

        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(path, limit.Token));
        return (Address(document, "grpc"), Address(document, "web"));
    }

    private static Uri Address(JsonDocument document, string name) =>
        new(document.RootElement.GetProperty(name).GetString()!);
}
