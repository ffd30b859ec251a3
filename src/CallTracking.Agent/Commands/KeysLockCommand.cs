using System.CommandLine;
using CallTracking.Privacy;

namespace CallTracking.Agent.Commands;

/// <summary><c>keys lock</c> and <c>keys unlock</c>: the keys of the state folder under a key that does not lie on the same disk, or in clear again.</summary>
internal static class KeysLockCommand
{
    public static Command BuildLock()
    {
        var (config, stateKey) = (AgentCommand.ConfigOption(), KeysCommand.StateKeyOption());
        var from = new Option<string?>("--from") { Description = "A file with the state key until now, where it is changed for another.", HelpName = "FILE" };
        var command = new Command("lock", AgentCommand.Describe(
            "Lock the region's keys on this disk under the key that 'state_key' in agent.yaml names. To change that key, name the old one with --from; cut off, run it again.",
            "keys lock --from /run/keys/state.key.old"))
        {
            config, stateKey, from,
        };
        command.Does((parsed, output, _) =>
        {
            var settings = KeysCommand.Under(parsed.GetValue(stateKey), AgentWorkplace.LoadSettings(parsed.GetValue(config)!));
            var older = parsed.GetValue(from) is { } file ? Older(file) : null;
            var state = settings.State;
            if (!state.HasKey)
            {
                throw new AgentException(
                    ExitCode.Configuration,
                    $"{settings.File} has no 'state_key'. Make one (openssl rand -hex {StateLock.KeySize}), keep it where a copy of this disk does not have it, and write for example state_key: ${{file:/run/credentials/calltracking-agent.service/state-key}}.");
            }

            using var claim = StateFolder.Claim(settings.StateDirectory);
            var locked = state.LockAll(older).Count();
            Tell(output, locked, state.Files().Count, $"locked under {state.KeyId}");
            if (locked > 0 && older is null)
            {
                output.Out.WriteLine("What lay here in clear may still stand in backups and in blocks that the disk has not written over: a new disk, or new keys, is the only cure for those.");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    public static Command BuildUnlock()
    {
        var (config, stateKey) = (AgentCommand.ConfigOption(), KeysCommand.StateKeyOption());
        var command = new Command("unlock", AgentCommand.Describe("Lay the region's keys down in clear, before 'state_key' is taken out of agent.yaml.", "keys unlock")) { config, stateKey };
        command.Does((parsed, output, _) =>
        {
            var settings = KeysCommand.Under(parsed.GetValue(stateKey), AgentWorkplace.LoadSettings(parsed.GetValue(config)!));
            using var claim = StateFolder.Claim(settings.StateDirectory);
            var unlocked = settings.State.UnlockAll().Count();
            Tell(output, unlocked, settings.State.Files().Count, "in clear: take 'state_key' out of agent.yaml, or the next file that is written is locked again");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Tell(CommandOutput output, int changed, int all, string state) =>
        output.Out.WriteLine(all == 0 ? "There are no keys here yet: the region has not enrolled." : $"{changed} of {all} {(all == 1 ? "file" : "files")} changed; all are {state}.");

    private static StateLock Older(string file) => StateLock.TryParse(File.ReadAllText(file))
        ?? throw new AgentException(ExitCode.Configuration, $"{file} holds no state key: expected 64 hexadecimal digits, or base64, of {StateLock.KeySize} bytes. Nothing was changed.");
}
