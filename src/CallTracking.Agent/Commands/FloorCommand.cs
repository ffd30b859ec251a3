using System.CommandLine;
using CallTracking.Agent.Identity;

namespace CallTracking.Agent.Commands;

/// <summary><c>floor</c>: the region's own policy document, signed with its own key.</summary>
internal static class FloorCommand
{
    public static Command Build() => new("floor", AgentCommand.Describe("The region's own floor: rules that hold beside every policy of headquarters.", "floor sign"))
    {
        BuildSign(),
    };

    private static Command BuildSign()
    {
        var config = AgentCommand.ConfigOption();
        var key = new Option<string?>("--key") { Description = "The file with the region's key, when it is kept elsewhere.", HelpName = "FILE" };
        var command = new Command("sign", AgentCommand.Describe("Check the document that 'floor' in agent.yaml names, and sign it.", "floor sign --key /media/safe/floor.key"))
        {
            config, key,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var file = settings.Floor ?? throw new AgentException(
                ExitCode.Configuration, $"{settings.File} names no floor. Write the rules into a file and add 'floor: floor.yaml', then sign.");
            if (!File.Exists(file))
            {
                throw new AgentException(ExitCode.Configuration, $"There is no {file}. Write the region's rules there, or mend 'floor' in {settings.File}.");
            }

            var (floor, document) = RegionFloor.Inspect(file);
            var regionKey = new FloorKey(settings.State, settings.Region);
            var isFirst = !regionKey.IsInUse;
            var signature = regionKey.Sign(document, parsed.GetValue(key), TimeProvider.System.GetUtcNow());
            await WriteAsync(RegionFloor.SignatureFile(file), signature, cancellationToken);
            output.Out.WriteLine($"The floor '{floor.Info.Code}' with {floor.Info.Rules.Count} rules is signed: {RegionFloor.SignatureFile(file)}. It holds from the next sync on, which sends again what it changes.");
            if (isFirst)
            {
                output.Out.WriteLine($"From now on nothing leaves without it. Whoever has the signing key ({parsed.GetValue(key) ?? regionKey.SigningKeyFile}) can change it: keep the key in a safe and sign with --key.");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path + ".new", text, cancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }
}
