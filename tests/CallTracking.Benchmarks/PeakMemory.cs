using System.Globalization;

namespace CallTracking.Benchmarks;

/// <summary>Watches the highest resident set (VmHWM) of a process while it runs.</summary>
internal sealed class PeakMemory : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watch;

    public PeakMemory(int processId) => _watch = WatchAsync($"/proc/{processId}/status");

    /// <summary>Mebibytes; 0 where /proc does not tell.</summary>
    public double Mebibytes { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch;
        _stop.Dispose();
    }

    private async Task WatchAsync(string path)
    {
        while (!_stop.IsCancellationRequested)
        {
            Mebibytes = Math.Max(Mebibytes, Read(path));
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }
    }

    private static double Read(string path)
    {
        try
        {
            var line = File.ReadLines(path).FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0; // It has just ended.
        }
    }
}
