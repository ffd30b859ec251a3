using System.CommandLine;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;

namespace CallTracking.Agent.Commands;

/// <summary><c>sync</c>: one run now.</summary>
internal static class SyncCommand
{
    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var timeout = new Option<string>("--timeout")
        {
            Description = "How long the hub may be away at a stretch: 30s, 15m, 2h, or 'none'.",
            HelpName = "TIME",
            DefaultValueFactory = _ => "15m",
        };
        var progress = new Option<string>("--progress") { Description = "How progress is shown.", DefaultValueFactory = _ => "auto" };
        progress.AcceptOnlyFromAmong("auto", "plain", "none");
        var reread = new Option<bool>("--reread") { Description = "Read unchanged files again, too." };
        var files = new Option<string?>("--file") { Description = "Read only the files that this pattern means.", HelpName = "PATTERN" };
        var caseId = new Option<string?>("--case") { Description = "Take only the rows of the case with this key in the source.", HelpName = "ID" };
        var report = new Option<string?>("--report") { Description = "Write the run report and the hub's count as JSON.", HelpName = "FILE" };
        var command = new Command("sync", AgentCommand.Describe("Read the sources once and push what changed.", "sync --report night.json"))
        {
            config, reread, files, caseId, timeout, progress, report,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var limit = ParseTimeout(parsed.GetValue(timeout)!);
            using var workplace = AgentWorkplace.Open(parsed.GetValue(config)!);
            var line = new ProgressLine(workplace, output.Error, Style(parsed.GetValue(progress)!), TimeProvider.System);
            var wish = new ReadingWish(parsed.GetValue(reread), parsed.GetValue(files), parsed.GetValue(caseId));
            return await SyncAsync(workplace, wish, limit, line, parsed.GetValue(report), output, cancellationToken);
        });
        return command;
    }

    private static async Task<ExitCode> SyncAsync(
        AgentWorkplace workplace, ReadingWish wish, TimeSpan? timeout, ProgressLine line, string? reportFile, CommandOutput output, CancellationToken cancellationToken)
    {
        using var loggers = AgentLogging.ToStandardError(LogLevel.Warning);
        using var showing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var shown = line.ShowAsync(showing.Token);
        SyncResult result;
        try
        {
            result = await workplace.SyncAsync(wish, timeout, TimeProvider.System, line.Say, loggers.CreateLogger("sync"), cancellationToken);
        }
        finally
        {
            await showing.CancelAsync();
            await shown;
        }

        foreach (var text in result.Runs.SelectMany(run => ReportText.Lines(run, workplace.Settings.Region.Value)))
        {
            output.Out.WriteLine(text);
        }

        foreach (var fault in result.Faults)
        {
            output.Error.WriteLine(fault);
        }

        if (reportFile is not null)
        {
            await File.WriteAllTextAsync(reportFile, ReportText.Json(result.Runs) + "\n", cancellationToken);
        }

        return result.Code;
    }

    private static TimeSpan? ParseTimeout(string text) =>
        text == "none" ? null
        : Amounts.TryParseDuration(text, out var limit) ? limit
        : throw new AgentException(ExitCode.Configuration, $"'--timeout {text}' is no time. Write 30s, 15m, 2h or none.");

    private static ProgressStyle Style(string text) => text switch
    {
        "none" => ProgressStyle.None,
        "plain" => ProgressStyle.Plain,
        _ => Console.IsErrorRedirected ? ProgressStyle.Plain : ProgressStyle.Live,
    };
}
