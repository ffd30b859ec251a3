using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CallTracking.Testing;

/// <summary>What a program that has ended left: its exit code and all that it wrote.</summary>
/// <param name="ExitCode">128 + the signal's number after a signal.</param>
/// <param name="Output">Standard output, UTF-8; every line ends in a line feed.</param>
/// <param name="Error">Standard error, the same way.</param>
public sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>Both streams, output first: what a leak test searches.</summary>
    public string All => Output + Error;

    /// <summary>The last line on standard error that is not blank; where our programs say what failed.</summary>
    public string LastErrorLine =>
        Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
}

/// <summary>
/// A real program, started as a process of its own, whose output is captured while it runs. Disposing it kills it and its
/// children if it still runs.
/// </summary>
public sealed class ProgramRun : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = NewSignal();

    private ProgramRun(ProcessStartInfo info)
    {
        _process = new Process { StartInfo = info, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_error, line.Data);
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What was written to standard output so far.</summary>
    public string Output => Read(_output);

    /// <summary>What was written to standard error so far.</summary>
    public string Error => Read(_error);

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its path, or a name on PATH.</param>
    /// <param name="arguments">Passed as they are; nothing is quoted or split.</param>
    /// <param name="environment">Added to this process's own; a null value removes a variable.</param>
    /// <param name="workingDirectory">By default this process's own.</param>
    public static ProgramRun Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            info.Environment[name] = value;
        }

        var run = new ProgramRun(info);
        run._process.Start();
        run._process.StandardInput.Close();
        run._process.BeginOutputReadLine();
        run._process.BeginErrorReadLine();
        return run;
    }

    /// <summary>Starts a program and waits for its end; see <see cref="Start"/> and <see cref="WaitForExitAsync"/>.</summary>
    public static async Task<ProgramResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        TimeSpan timeout,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null)
    {
        await using var run = Start(program, arguments, environment, workingDirectory);
        return await run.WaitForExitAsync(timeout);
    }

    /// <summary>Waits until the program ends by itself.</summary>
    /// <exception cref="TimeoutException">It did not; it is killed, and the message holds the end of its output.</exception>
    public async Task<ProgramResult> WaitForExitAsync(TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            throw new TimeoutException(Describe($"did not end within {timeout.TotalSeconds:0} s"));
        }

        return new ProgramResult(_process.ExitCode, Output, Error);
    }

    /// <summary>Waits until a fragment stands in what the program wrote, on either stream, and answers its line.</summary>
    /// <exception cref="TimeoutException">It did not come in time.</exception>
    /// <exception cref="InvalidOperationException">The program ended without writing it.</exception>
    public async Task<string> WaitForOutputAsync(string fragment, TimeSpan timeout)
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            var ended = _process.HasExited;
            if (ended)
            {
                await _process.WaitForExitAsync();
            }

            Task changed;
            lock (_gate)
            {
                changed = _changed.Task;
                if (FindLine(fragment) is { } line)
                {
                    return line;
                }
            }

            if (ended)
            {
                throw new InvalidOperationException(Describe($"ended with {_process.ExitCode} before it wrote '{fragment}'"));
            }

            if (deadline.Elapsed > timeout)
            {
                throw new TimeoutException(Describe($"did not write '{fragment}' within {timeout.TotalSeconds:0} s"));
            }

            await Task.WhenAny(changed, Task.Delay(TimeSpan.FromMilliseconds(200)));
        }
    }

    /// <summary>Kills it at once (SIGKILL), children included: what a crash or the out-of-memory killer does.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
    }

    /// <summary>Asks it to end (SIGTERM, as a service manager does) and waits.</summary>
    public async Task<ProgramResult> TerminateAsync(TimeSpan timeout)
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }

        return await WaitForExitAsync(timeout);
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string? FindLine(string fragment) => $"{_output}{_error}"
        .Split('\n')
        .FirstOrDefault(line => line.Contains(fragment, StringComparison.Ordinal));

    private void Take(StringBuilder into, string? line)
    {
        if (line is null)
        {
            return;
        }

        TaskCompletionSource changed;
        lock (_gate)
        {
            into.Append(line).Append('\n');
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    private string Read(StringBuilder from)
    {
        lock (_gate)
        {
            return from.ToString();
        }
    }

    private string Describe(string what)
    {
        var all = Output + Error;
        return $"'{_process.StartInfo.FileName}' {what}. The end of its output: {all[Math.Max(0, all.Length - 2000)..]}";
    }
}
