using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Ledger;

namespace CallTracking.Agent.Commands;

/// <summary><c>import-receipts</c>: what headquarters answered to exports.</summary>
internal static class ImportReceiptsCommand
{
    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var files = new Argument<string[]>("FILE") { Description = "What calltracking-hub import-batches made.", Arity = ArgumentArity.OneOrMore };
        var least = AgentLogging.LevelOption(LogLevel.Warning);
        var command = new Command(
            "import-receipts",
            AgentCommand.Describe(
                "Take in what headquarters answered to exports: acknowledgements, tasks, policies, dictionaries. Receipts that come twice, late or out of order do no harm.",
                "import-receipts /media/usb/JP-000012-receipts.ct"))
        {
            files, config, least,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            using var workplace = AgentWorkplace.OpenWithoutLine(parsed.GetValue(config)!, needsSources: false);
            using var loggers = AgentLogging.ToStandardError(parsed.GetValue(least));
            var code = ExitCode.Done;
            foreach (var file in parsed.GetValue(files)!.Order(StringComparer.Ordinal))
            {
                var result = await workplace.ImportReceiptsAsync(file, TimeProvider.System, output.Error.WriteLine, loggers.CreateLogger("receipts"), cancellationToken);
                foreach (var text in result.Closed.SelectMany(run => ReportText.Lines(run, workplace.Settings.Region.Value)))
                {
                    output.Out.WriteLine(text);
                }

                var more = result.AsksForExport ? " There is more to send: calltracking-agent export-batches" : string.Empty;
                output.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{workplace.Settings.Region} receipts of file {result.Number}{(result.IsNew ? string.Empty : " (imported before)")}: {Amounts.Of(result.Acknowledged, "acknowledgement")}, {Amounts.Of(result.Closed.Count, "run")} counted.{more}"));

                // As a sync: the last one counts. Runs whose batches were made void on the way differ, and say so above.
                if (result.Closed is [.., var last])
                {
                    code = RunSum.Closes(last.Report) && last.Ack is { Agrees: true } ? ExitCode.Done : ExitCode.RunFailed;
                }
            }

            return code;
        });
        return command;
    }
}
