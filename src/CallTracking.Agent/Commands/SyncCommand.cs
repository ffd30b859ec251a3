using System.CommandLine;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Reconciliation;
using CallTracking.Agent.Sources;

namespace CallTracking.Agent.Commands;

/// <summary><c>sync</c>: one run now.</summary>
internal static class SyncCommand
{
    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var timeout = TimeoutOption();
        var progress = new Option<string>("--progress") { Description = "How progress is shown.", DefaultValueFactory = _ => "auto" };
        progress.AcceptOnlyFromAmong("auto", "plain", "none");
        var reread = new Option<bool>("--reread") { Description = "Read again what is known: unchanged files, and a query's or an interface's records from the start." };
        var files = new Option<string?>("--file") { Description = "Read only the files that this pattern means.", HelpName = "PATTERN" };
        var caseId = new Option<string?>("--case") { Description = "Take only the rows of the case with this key in the source.", HelpName = "ID" };
        var newKeys = NewKeysOption();
        var report = new Option<string?>("--report") { Description = "Write the run report and the hub's count as JSON.", HelpName = "FILE" };
        var least = AgentLogging.LevelOption(LogLevel.Warning);
        var command = new Command("sync", AgentCommand.Describe("Read the sources once and push what changed.", "sync --report night.json"))
        {
            config, reread, files, caseId, newKeys, timeout, progress, report, least,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var wish = new ReadingWish(parsed.GetValue(reread), parsed.GetValue(files), parsed.GetValue(caseId));
            var comparing = AgentWorkplace.LoadSettings(parsed.GetValue(config)!).ComparesAfterSync && !wish.IsPartial ? Comparing.AfterRuns : Comparing.No;
            wish = wish with { Comparing = comparing, TakesNewKeys = parsed.GetValue(newKeys) };
            return await SyncAsync(
                parsed.GetValue(config)!, wish, parsed.GetValue(timeout)!, parsed.GetValue(progress)!, parsed.GetValue(report), parsed.GetValue(least), output, cancellationToken);
        }, AgentCommand.SyncStopped);
        return command;
    }

    /// <summary>A person's word that a source's cases are others than before.</summary>
    public static Option<bool> NewKeysOption() => new("--new-keys") { Description = "Take sources whose cases all have new keys, which are held else: they are cases of their own." };

    /// <summary>How long the hub may be away.</summary>
    public static Option<string> TimeoutOption() => new("--timeout")
    {
        Description = "How long the hub may be away at a stretch: 30s, 15m, 2h, or 'none'.",
        HelpName = "TIME",
        DefaultValueFactory = _ => "15m",
    };

    /// <summary>One sync with its report on the terminal.</summary>
    public static async Task<ExitCode> SyncAsync(
        string configuration, ReadingWish wish, string timeout, string progress, string? reportFile, LogLevel least, CommandOutput output, CancellationToken cancellationToken)
    {
        var limit = ParseTimeout(timeout);
        RequireWritable(reportFile);
        using var workplace = await AgentWorkplace.OpenAsync(configuration, cancellationToken);
        var line = new ProgressLine(workplace, output.Error, Style(progress), TimeProvider.System);
        using var loggers = AgentLogging.ToStandardError(least);
        return await SyncAsync(workplace, wish, limit, line, reportFile, loggers.CreateLogger("sync"), output, cancellationToken);
    }

    private static async Task<ExitCode> SyncAsync(
        AgentWorkplace workplace, ReadingWish wish, TimeSpan? timeout, ProgressLine line, string? reportFile, ILogger logger, CommandOutput output, CancellationToken cancellationToken)
    {
        var result = await line.WhileAsync(() => workplace.SyncAsync(wish, timeout, TimeProvider.System, line.Say, logger, cancellationToken), cancellationToken);
        foreach (var text in result.Runs.SelectMany(run => ReportText.Lines(run, workplace.Settings.Region.Value)))
        {
            output.Out.WriteLine(text);
        }

        WriteCompared(result.Compared, output);
        foreach (var fault in result.Faults)
        {
            output.Error.WriteLine(fault);
        }

        if (reportFile is not null)
        {
            await File.WriteAllTextAsync(reportFile, ReportText.Json(result.Runs) + "\n", cancellationToken);
        }

        if (result.Warning is { } warning)
        {
            output.Error.WriteLine(warning);
        }

        return result.Code != ExitCode.Done || wish.Comparing != Comparing.Alone ? result.Code
            : result.Compared is { IsLeftOpen: false } ? ExitCode.Done
            : ExitCode.RunFailed;
    }

    private static void WriteCompared(ReconcileResult? compared, CommandOutput output)
    {
        if (compared is null)
        {
            return;
        }

        foreach (var line in compared.Names.Concat(compared.Ends).Prepend(compared.Verdict))
        {
            output.Out.WriteLine(line);
        }
    }

    /// <summary>After a night's work is too late to learn that its report has no place.</summary>
    /// <exception cref="AgentException">The file cannot be written.</exception>
    private static void RequireWritable(string? reportFile)
    {
        if (reportFile is null)
        {
            return;
        }

        try
        {
            var isNew = !File.Exists(reportFile);
            File.Open(reportFile, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
            if (isNew)
            {
                File.Delete(reportFile);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new AgentException(
                ExitCode.Configuration, $"--report: {Path.GetFullPath(reportFile)} cannot be written ({refused.Message}) Make its folder, or name a file where this user may write. Nothing was read.", refused);
        }
    }

    private static TimeSpan? ParseTimeout(string text) =>
        text == "none" ? null
        : Amounts.TryParseDuration(text, out var limit) ? limit
        : throw new AgentException(ExitCode.Configuration, $"'--timeout {text}' is no time. Write 30s, 15m, 2h or none.");

    /// <summary>What a word of <c>--progress</c> means.</summary>
    public static ProgressStyle Style(string text) => text switch
    {
        "none" => ProgressStyle.None,
        "plain" => ProgressStyle.Plain,
        _ => Console.IsErrorRedirected ? ProgressStyle.Plain : ProgressStyle.Live,
    };
}
