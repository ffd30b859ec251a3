
namespace CallTracking.Testing.Limits;

/// <summary>A named pipe into which a file is written while another process reads it, so that it never lies on disk.</summary>
public sealed class FedPipe : IAsyncDisposable
{
    private readonly string _path;
    private readonly Task _feeding;

    private FedPipe(string path, Action<Stream> write) => (_path, _feeding) = (path, Task.Run(() => Feed(path, write)));

    /// <summary>Makes the pipe and begins to write once somebody reads.</summary>
    public static async Task<FedPipe> StartAsync(string path, Action<Stream> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var made = await ProgramRun.RunAsync("mkfifo", [path], TimeSpan.FromSeconds(10));
        return made.ExitCode == 0 ? new FedPipe(path, write) : throw new InvalidOperationException($"mkfifo answered {made.ExitCode}: {made.All.Trim()}");
    }

    /// <summary>Waits for the writer; when its reader is gone it gives up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_feeding.IsCompleted)
        {
            // Nobody may ever have read: a writer waits for that.
            await using var reader = new FileStream(_path, FileMode.Open, FileAccess.Read);
        }

        await _feeding;
    }

    private static void Feed(string path, Action<Stream> write)
    {
        try
        {
            using var pipe = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1 << 16);
            write(pipe);
        }
        catch (IOException)
        {
            // Its reader has seen enough.
        }
    }
}
