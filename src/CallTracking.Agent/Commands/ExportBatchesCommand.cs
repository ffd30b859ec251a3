using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Transfer;

namespace CallTracking.Agent.Commands;

/// <summary><c>export-batches</c>: a sync whose stream is a file.</summary>
internal static class ExportBatchesCommand
{
    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var to = new Option<string>("--to") { Description = "A folder, in which the file gets its usual name, or a new file that ends in .ct.", HelpName = "FOLDER|FILE", Required = true };
        var hubKey = new Option<string?>("--hub-key") { Description = "The hub's transfer key (calltracking-hub transfer key > hub.key); named once, it is kept.", HelpName = "FILE" };
        var reread = new Option<bool>("--reread") { Description = "Read again what is known: unchanged files, and a query's or an interface's records from the start." };
        var newKeys = SyncCommand.NewKeysOption();
        var progress = new Option<string>("--progress") { Description = "How progress is shown.", DefaultValueFactory = _ => "auto" };
        progress.AcceptOnlyFromAmong("auto", "plain", "none");
        var command = new Command(
            "export-batches",
            AgentCommand.Describe(
                "Read the sources, and write what headquarters has not acknowledged into one file, encrypted to the hub and signed: for regions without a line. "
                    + "What has no receipt yet is in every export; the hub takes each case once.",
                "export-batches --to /media/usb --hub-key /media/usb/hub.key"))
        {
            config, to, hubKey, reread, newKeys, progress,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            using var workplace = AgentWorkplace.OpenWithoutLine(parsed.GetValue(config)!, needsSources: true);
            var line = new ProgressLine(workplace, output.Error, SyncCommand.Style(parsed.GetValue(progress)!), TimeProvider.System);
            var result = await line.WhileAsync(() => workplace.ExportAsync(
                new ReadingWish(parsed.GetValue(reread)) { TakesNewKeys = parsed.GetValue(newKeys) }, parsed.GetValue(to)!, parsed.GetValue(hubKey), TimeProvider.System, line.Say, cancellationToken), cancellationToken);
            return Tell(result, workplace.Settings, output);
        }, "Stopped, and no file was written. What was read so far is safe; the next export has it.");
        return command;
    }

    private static ExitCode Tell(ExportResult result, AgentSettings settings, CommandOutput output)
    {
        foreach (var fault in result.Faults)
        {
            output.Error.WriteLine(fault);
        }

        if (result.IsPartial)
        {
            output.Error.WriteLine($"WARNING  The outbox is full (outbox_max, {Amounts.Size(settings.OutboxMaxBytes)}) before all was read. This file is good; import its receipts, and export again: the next one has the rest.");
        }

        var reports = result.Reports == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {Amounts.Of(result.Reports, "run report")}");
        output.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{settings.Region} file {result.Number}: {Amounts.Of(result.Cases, "case")} in {result.Batches:N0} {(result.Batches == 1 ? "batch" : "batches")}{reports}, {Amounts.Size(result.Bytes)}: {result.Path}"));
        output.Out.WriteLine("Bring it to headquarters (calltracking-hub import-batches), and its receipts back (calltracking-agent import-receipts).");
        return result.Faults.Count > 0 ? ExitCode.Source : ExitCode.Done;
    }
}
