using System.Diagnostics;

namespace CallTracking.Faults;

/// <summary>How far the run is: one line that is written over on a terminal, a line every half minute elsewhere.</summary>
internal sealed class ProgressLine(TextWriter output, bool isTerminal, int last)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private readonly Stopwatch _sinceShown = Stopwatch.StartNew();
    private int _width;

    public void Show(int round, string what)
    {
        var line = FormattableString.Invariant($"  round {round} of {last}: {what}");
        if (isTerminal)
        {
            output.Write($"\r{line.PadRight(_width)}");
            _width = line.Length;
        }
        else if (_sinceShown.Elapsed > Pause)
        {
            _sinceShown.Restart();
            output.WriteLine(line);
        }
    }

    /// <summary>A line that stays.</summary>
    public void Say(string line)
    {
        Clear();
        output.WriteLine(line);
    }

    public void Clear()
    {
        if (isTerminal && _width > 0)
        {
            output.Write($"\r{new string(' ', _width)}\r");
            _width = 0;
        }
    }
}
