using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Ledger;
using CallTracking.Privacy;
using CallTracking.Rpc;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Commands;

/// <summary>The program's command line.</summary>
internal static class AgentCommand
{
    /// <summary>The configuration file where none is named.</summary>
    public const string UsualConfig = "agent.yaml";

    public static RootCommand Build()
    {
        var root = new RootCommand("Reads a region's cases nightly, redacts what must not leave, and pushes what changed to the hub.");
        root.Add(EnrolCommand.Build());
        root.Add(InitCommand.Build());
        root.Add(CheckCommand.Build());
        root.Add(PreviewCommand.Build());
        root.Add(DriftCommand.Build());
        root.Add(MappingCommand.Build());
        root.Add(PackCommand.Build());
        root.Add(DictionaryCommand.Build());
        root.Add(TraceCommand.Build());
        root.Add(SyncCommand.Build());
        root.Add(ExportBatchesCommand.Build());
        root.Add(ImportReceiptsCommand.Build());
        root.Add(ReconcileCommand.Build());
        root.Add(RunCommand.Build());
        root.Add(ScheduleCommand.Build());
        root.Add(PauseCommand.BuildPause());
        root.Add(PauseCommand.BuildResume());
        root.Add(TapCommand.Build());
        root.Add(StatusCommand.Build());
        root.Add(DoctorCommand.Build());
        root.Add(AlarmCommand.Build());
        root.Add(SupportBundleCommand.Build());
        root.Add(QuarantineCommand.Build());
        root.Add(VanishedCommand.Build());
        root.Add(PolicyCommand.Build());
        root.Add(FloorCommand.Build());
        root.Add(KeysCommand.Build());
        root.Add(AuditCommand.Build());
        root.Add(DetectCommand.Build());
        return root;
    }

    /// <summary>The option that names the configuration; every command has it.</summary>
    public static Option<string> ConfigOption() => new("--config", "-c")
    {
        Description = "The configuration file.",
        HelpName = "FILE",
        DefaultValueFactory = _ => UsualConfig,
    };

    /// <summary>An option that takes a whole number from 1.</summary>
    public static Option<int> CountOption(string name, string alias, string description, int byDefault) => new(name, alias)
    {
        Description = description,
        DefaultValueFactory = _ => byDefault,
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
            {
                return count;
            }

            result.AddError($"{name}: expected a whole number from 1, found '{text}'.");
            return byDefault;
        },
    };

    /// <summary>What a sync says that is stopped.</summary>
    public const string SyncStopped = "Stopped. What was read so far is safe; the next sync goes on from there.";

    /// <summary>Describes a command with an example, the same way everywhere.</summary>
    public static string Describe(string what, string example) => $"{what}{Environment.NewLine}{Environment.NewLine}  Example: calltracking-agent {example}";

    /// <summary>Sets what the command does; expected failures become a text on standard error and their exit code.</summary>
    /// <param name="command">The command.</param>
    /// <param name="work">What it does.</param>
    /// <param name="stopped">What a person is told who stops it.</param>
    public static void Does(this Command command, Func<ParseResult, CommandOutput, CancellationToken, Task<ExitCode>> work, string stopped = "Stopped.") =>
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = new CommandOutput(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return (int)await GuardAsync(() => work(parsed, output, cancellationToken), output, stopped);
        });

    private static async Task<ExitCode> GuardAsync(Func<Task<ExitCode>> work, CommandOutput output, string stopped)
    {
        try
        {
            return await work();
        }
        catch (AgentException expected)
        {
            output.Error.WriteLine(expected.Message);
            return expected.Code;
        }
        catch (OperationCanceledException)
        {
            output.Error.WriteLine(stopped);
            return ExitCode.Interrupted;
        }
        catch (Exception failed) when (Explain(failed) is { } text)
        {
            output.Error.WriteLine(text);
            return ExitCode.RunFailed;
        }
    }

    private static string? Explain(Exception failed) => failed switch
    {
        SyncContractException => $"Agent and hub do not understand each other: {failed.Message} Use the same version of both.",
        LedgerDamagedException => $"{failed.Message} A sync moves it aside and begins a new one; if that breaks too, check the disk.",
        InvalidDataException => failed.Message,
        LedgerUnusableException => failed.Message,
        TransferException => $"The file was not used: {failed.Message}",
        SqliteException => $"The ledger could not be written: {failed.Message} Check the disk and the rights of the state directory.",
        IOException when StateFolder.IsFull(failed) => $"The disk is full or failing: {failed.Message} Nothing is lost: make room, and run the command again.",
        IOException or UnauthorizedAccessException => $"A file could not be used: {failed.Message}",
        RpcException => $"The hub answered: {failed.Message}",
        _ => null,
    };
}

/// <summary>Where a command writes: results, and everything else.</summary>
internal sealed record CommandOutput(TextWriter Out, TextWriter Error);
