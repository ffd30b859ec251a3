using System.Diagnostics;
using System.Globalization;
using CallTracking.Testing;
using CallTracking.Testing.Limits;
using Spectre.Console;

namespace CallTracking.Benchmarks;

/// <summary>
/// Runs the agent, as a process of its own, on files that are large or made to fill a machine, and measures the peak of its resident
/// memory. Needs no hub: <c>drift</c> reads and maps all that a sync would, <c>preview</c> shows what it refuses and where.
/// </summary>
internal sealed class LimitBench(string folder, double share)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Table _table = new Table { Border = TableBorder.None }.AddColumns("file", "took", "peak memory", "of limit", "verdict");

    /// <summary>True when all held.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
            AnsiConsole.Profile.Width = 150;
        }

        var allHold = true;
        foreach (var one in LimitCases.All(share))
        {
            allHold &= await HoldsAsync(one, cancellationToken);
        }

        AnsiConsole.WriteLine();
        AnsiConsole.Write(_table);
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"[grey]The agent's peak resident memory as its process has it{(share < 1 ? string.Create(CultureInfo.InvariantCulture, $"; files of {share:0.##} of their full size: without --quick they are whole") : string.Empty)}.[/]");
        return allHold;
    }

    private async Task<bool> HoldsAsync(LimitCase one, CancellationToken cancellationToken)
    {
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  measuring {one.What} …");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        try
        {
            return await MeasureAsync(one, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<bool> MeasureAsync(LimitCase one, CancellationToken cancellationToken)
    {
        one.Configure(folder);
        await one.PutAsync(folder);
        var clock = Stopwatch.StartNew();
        await using var run = ProgramRun.Start(PublishedProgram.Agent, one.Arguments(folder));
        ProgramResult result;
        double peak;
        await using (var watch = new ProcessWatch(run.Id))
        {
            result = await run.WaitForExitAsync(Longest);
            peak = watch.Mebibytes;
        }

        var says = result.All.Contains(one.Says, StringComparison.Ordinal);
        var verdict = !says ? $"WRONG: exit {result.ExitCode}, not '{one.Says}'" : peak > one.Mebibytes ? "TOO MUCH" : one.IsSound ? "read to its end" : $"refused at {Place(result.All, one)}";
        _table.AddRow(one.What.EscapeMarkup(), Invariant($"{clock.Elapsed.TotalSeconds:0.0} s"), Invariant($"{peak:N0} of {one.Mebibytes} MiB"), Invariant($"{peak / one.Mebibytes:0.00}"), verdict.EscapeMarkup());
        return says && peak <= one.Mebibytes;
    }

    // What the agent says of the place, without what follows.
    private static string Place(string all, LimitCase one)
    {
        var line = all.Split('\n').First(text => text.Contains(one.Says, StringComparison.Ordinal));
        return line[line.IndexOf(one.Says, StringComparison.Ordinal)..].Split(": ")[..2] is [var file, var place] && place.StartsWith("row", StringComparison.Ordinal) ? $"{file}: {place}" : line.Trim().Split(": ")[0];
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
