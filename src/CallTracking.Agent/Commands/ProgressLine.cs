using System.Globalization;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;

namespace CallTracking.Agent.Commands;

/// <summary>How progress is shown.</summary>
internal enum ProgressStyle
{
    None,

    /// <summary>A line every five seconds.</summary>
    Plain,

    /// <summary>One line that is written over.</summary>
    Live,
}

/// <summary>Shows how far a sync is, on standard error, and lets other lines pass between.</summary>
internal sealed class ProgressLine(AgentWorkplace workplace, TextWriter output, ProgressStyle style, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private int _shown;

    /// <summary>Writes a line of text, above the live line if there is one.</summary>
    public void Say(string text)
    {
        lock (_gate)
        {
            if (_shown > 0)
            {
                output.Write("\r".PadRight(_shown + 1) + "\r");
            }

            output.WriteLine(text);
            _shown = 0;
        }
    }

    /// <summary>Shows while the work goes on.</summary>
    public async Task<T> WhileAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        using var showing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var shown = ShowAsync(showing.Token);
        try
        {
            return await work();
        }
        finally
        {
            await showing.CancelAsync();
            await shown;
        }
    }

    /// <summary>Shows until cancelled.</summary>
    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        if (style == ProgressStyle.None)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(style == ProgressStyle.Live ? 0.5 : 5), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                Show(workplace.Progress.Elapsed);
            }
        }
        catch (OperationCanceledException)
        {
            Clear();
        }
    }

    private void Show(TimeSpan elapsed)
    {
        if (workplace.CurrentCounts() is not { } counts)
        {
            return;
        }

        var line = Text(workplace.Progress, counts, elapsed);
        if (style == ProgressStyle.Plain)
        {
            Say(line);
            return;
        }

        lock (_gate)
        {
            output.Write("\r" + line.PadRight(_shown));
            _shown = line.Length;
        }
    }

    /// <summary>Such as <c>████░ 80 % · read 12,000 rows · 11,900 cases · sent 11,000 · 2,400/s · 0:01 left</c>.</summary>
    internal static string Text(RunProgress progress, RunReport counts, TimeSpan elapsed) => ReadingProgress.Text(
        progress.Rows, progress.Share, elapsed, string.Create(CultureInfo.InvariantCulture, $" · {counts.Cases:N0} cases · sent {counts.SentCases:N0}"));

    private void Clear()
    {
        lock (_gate)
        {
            if (_shown > 0)
            {
                output.Write("\r".PadRight(_shown + 1) + "\r");
                _shown = 0;
            }
        }
    }
}
