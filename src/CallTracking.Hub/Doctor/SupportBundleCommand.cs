using System.CommandLine;
using CallTracking.Hub.Commands;

namespace CallTracking.Hub.Doctor;

/// <summary><c>support-bundle</c>: a file for whoever helps, without any personal value.</summary>
internal static class SupportBundleCommand
{
    public static Command Create()
    {
        var file = new Option<string?>("--out") { Description = "The zip file to write; readable by this user only.", HelpName = "FILE.zip" };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would be in it." };
        var command = new Command("support-bundle", """
            Writes a zip file with what support needs: versions, the configuration without its values, doctor's codes, regions, policies, retention, alarms and tables in numbers.

            No case, no row of the audit log, no name of a person, no address, no secret, no text of a policy. What is in it is listed; look at it
            before you give it away.

              Example: calltracking-hub support-bundle --out support.zip
            """) { file, dry };
        command.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValue(file)) && !result.GetValue(dry))
            {
                result.AddError("Name the file with --out FILE.zip, or see with --dry-run what would be in it.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var bundle = await HubSupport.CollectAsync(parsed.GetValue(HubCommand.ConfigFile)!, TimeProvider.System, cancellationToken);
            foreach (var line in bundle.Contents)
            {
                Console.WriteLine(line);
            }

            if (parsed.GetValue(dry))
            {
                return HubExit.Done;
            }

            try
            {
                bundle.Write(parsed.GetValue(file)!);
            }
            catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"The file cannot be written: {unusable.Message}");
                return HubExit.Usage;
            }

            await Console.Error.WriteLineAsync($"Written to {parsed.GetValue(file)}, readable by this user only.");
            return HubExit.Done;
        });
        return command;
    }
}
