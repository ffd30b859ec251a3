using System.Globalization;

namespace CallTracking.Benchmarks;

/// <summary>Watches the highest resident set (VmHWM) and the processor time of a process while it runs.</summary>
internal sealed class ProcessWatch : IAsyncDisposable
{
    // The kernel's unit of /proc: USER_HZ, 100 everywhere that .NET runs.
    private const double TicksPerSecond = 100;
    private readonly CancellationTokenSource _stop = new();
    private readonly string _folder;
    private readonly TimeSpan _before;
    private readonly Task _watch;

    public ProcessWatch(int processId)
    {
        _folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}");
        _before = ReadProcessorTime();
        _watch = WatchAsync();
    }

    /// <summary>Mebibytes; 0 where /proc does not tell.</summary>
    public double Mebibytes { get; private set; }

    /// <summary>Of all its threads since the watch began, and of children that it has waited for.</summary>
    public TimeSpan ProcessorTime { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch;
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Look();
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }

        Look();
    }

    private void Look()
    {
        Mebibytes = Math.Max(Mebibytes, ReadMemory());
        var spent = ReadProcessorTime() - _before;
        ProcessorTime = spent > ProcessorTime ? spent : ProcessorTime;
    }

    private double ReadMemory()
    {
        try
        {
            var line = File.ReadLines($"{_folder}/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0; // It has just ended.
        }
    }

    private TimeSpan ReadProcessorTime()
    {
        try
        {
            // Behind the name in parentheses: state is the third field, utime, stime, cutime, cstime are 14 to 17.
            var text = File.ReadAllText($"{_folder}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromSeconds(fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond);
        }
        catch (IOException)
        {
            return TimeSpan.Zero;
        }
    }
}
