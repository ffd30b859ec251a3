using System.CommandLine;
using CallTracking.Agent.Doctor;

namespace CallTracking.Agent.Commands;

/// <summary><c>support-bundle</c>: a file for whoever helps, without any value of a case.</summary>
internal static class SupportBundleCommand
{
    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var file = new Option<string?>("--out") { Description = "The zip file to write; readable by this user only.", HelpName = "FILE.zip" };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would be in it." };
        var command = new Command(
            "support-bundle",
            AgentCommand.Describe(
                "Write a zip file with what support needs: versions, the configuration without its values, doctor's codes, runs, ledger, outbox and quarantine in numbers. "
                    + "No case, no row, no name of a file or a person, no address, no secret, no mapping. What is in it is listed; look at it before you give it away.",
                "support-bundle --out support.zip"))
        {
            config, file, dry,
        };
        command.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValue(file)) && !result.GetValue(dry))
            {
                result.AddError("Name the file with --out FILE.zip, or see with --dry-run what would be in it.");
            }
        });
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var bundle = await AgentSupport.CollectAsync(parsed.GetValue(config)!, TimeProvider.System, cancellationToken);
            foreach (var line in bundle.Contents)
            {
                output.Out.WriteLine(line);
            }

            if (!parsed.GetValue(dry))
            {
                bundle.Write(parsed.GetValue(file)!);
                output.Error.WriteLine($"Written to {parsed.GetValue(file)}, readable by this user only.");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
