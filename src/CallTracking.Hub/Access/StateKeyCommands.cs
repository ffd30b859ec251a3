using System.CommandLine;
using CallTracking.Hub.Commands;
using CallTracking.Hub.Configuration;
using CallTracking.Privacy;

namespace CallTracking.Hub.Access;

/// <summary><c>keys</c>: the keys of this installation under a key that does not lie on the same disk, or in clear again.</summary>
internal static class StateKeyCommands
{
    public static Command Create()
    {
        var from = new Option<string?>("--from") { Description = "A file with the state key until now, where it is changed for another.", HelpName = "FILE" };
        var take = new Command(
            "lock",
            $"Lock the keys in the state folder under the key of 'state_key_file' (or {HubYaml.StateKeyVariable}). To change that key, name the old one with --from; cut off, run it again.{Environment.NewLine}{Environment.NewLine}  Example: calltracking-hub keys lock --from /run/keys/hub-state.key.old") { from };
        take.SetAction((parsed, cancellationToken) => HubCommand.RunAsync(parsed, async options =>
        {
            if (!options.StateLock.HasKey)
            {
                throw new HubException($"hub.yaml has no 'state_key_file', and {HubYaml.StateKeyVariable} is not set. Make a key (openssl rand -hex {StateLock.KeySize}) where a copy of this disk does not have it.", HubExit.Usage);
            }

            var older = parsed.GetValue(from) is { } file
                ? StateLock.TryParse(await File.ReadAllTextAsync(file, cancellationToken)) ?? throw new HubException($"{file} holds no state key. Nothing was changed.", HubExit.Usage)
                : null;
            await ChangeAsync(options, (files, name) => files.Lock(name, older), $"locked under {options.StateLock.KeyId}", cancellationToken);
            return HubExit.Done;
        }));
        var lay = new Command("unlock", $"Lay the keys down in clear, before 'state_key_file' is taken out of hub.yaml.{Environment.NewLine}{Environment.NewLine}  Example: calltracking-hub keys unlock");
        lay.SetAction((parsed, cancellationToken) => HubCommand.RunAsync(parsed, async options =>
        {
            await ChangeAsync(options, (files, name) => files.Unlock(name), "in clear", cancellationToken);
            return HubExit.Done;
        }));
        return new Command("keys", $"Lock the keys of this installation, so that a copy of its disk opens nothing.{Environment.NewLine}{Environment.NewLine}  Example: calltracking-hub keys lock") { take, lay };
    }

    private static async Task ChangeAsync(HubOptions options, Func<StateFiles, string, bool> change, string state, CancellationToken cancellationToken)
    {
        var files = new StateFiles(options.StateDirectory, TimeProvider.System, options.StateLock);
        using var held = await files.LockAsync(cancellationToken);
        try
        {
            foreach (var name in HubIdentity.Files)
            {
                files.RemoveLeftOvers(name);
            }

            var here = HubIdentity.Files.Where(name => File.Exists(files.PathOf(name))).ToList();
            var changed = here.Count(name => change(files, name));
            Console.WriteLine(here.Count == 0 ? "There are no keys here yet: the hub makes them at its first start." : $"{changed} of {here.Count} files changed; all are {state}.");
        }
        catch (StateLockException locked)
        {
            throw new HubException($"{options.StateDirectory}: {locked.Message}", HubExit.Usage, locked);
        }
    }
}
