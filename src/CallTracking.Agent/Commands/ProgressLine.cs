using System.Globalization;

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

    /// <summary>Shows until cancelled.</summary>
    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        if (style == ProgressStyle.None)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(style == ProgressStyle.Live ? 0.5 : 5), clock);
        var began = clock.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                Show(clock.GetElapsedTime(began));
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

        var rows = workplace.Progress.Rows;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"read {rows:N0} rows · {counts.Cases:N0} cases · sent {counts.SentCases:N0} · {rows / Math.Max(elapsed.TotalSeconds, 0.1):N0}/s");
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
