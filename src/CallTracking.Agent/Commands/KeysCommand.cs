using System.CommandLine;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Privacy;

namespace CallTracking.Agent.Commands;

/// <summary><c>keys</c>: the region's secret, from which case identities and pseudonyms come: kept, rotated, saved and put back here, and known nowhere else.</summary>
internal static class KeysCommand
{
    private const int MostFileBytes = 64 * 1024;

    public static Command Build() => new("keys", AgentCommand.Describe("The region's own keys: show, save, put back, rotate, lock, find out a person's pseudonyms, open what was sealed.", "keys show"))
    {
        BuildShow(), BuildRotate(), BuildExport(), BuildImport(), ResolveCommand.Build(), UnsealCommand.Build(), KeysLockCommand.BuildLock(), KeysLockCommand.BuildUnlock(),
    };

    /// <summary>For commands that a person runs while the service, which alone gets the key from the system, is stopped.</summary>
    public static Option<string?> StateKeyOption() => new("--state-key") { Description = "A file with the key of the state folder, in place of what 'state_key' in agent.yaml names.", HelpName = "FILE" };

    /// <summary>The settings with the key of the state folder from a file; as they are where none is named.</summary>
    /// <exception cref="AgentException">The configuration names no key at all: what is locked now would be closed to the service.</exception>
    public static AgentSettings Under(string? keyFile, AgentSettings settings) =>
        keyFile is null ? settings
        : !settings.State.IsLockable ? throw new AgentException(ExitCode.Configuration, $"{settings.File} has no 'state_key': what '--state-key' locks, the agent could not open. Write there where the service finds the key.")
        : settings with { State = StateVault.Under(new SecretText($"${{file:{Path.GetFullPath(keyFile)}}}", settings.StateDirectory), settings.StateDirectory) };

    private static Command BuildShow()
    {
        var (config, stateKey) = (AgentCommand.ConfigOption(), StateKeyOption());
        var command = new Command("show", AgentCommand.Describe("Show which keys are here, by names that tell nothing of them.", "keys show")) { config, stateKey };
        command.Does((parsed, output, _) =>
        {
            var (settings, secret) = Secret(parsed.GetValue(config)!, parsed.GetValue(stateKey));
            Tell(secret.Load(settings.Region), output);
            output.Out.WriteLine($"disk        {OnDisk(settings.State)}");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static string OnDisk(StateVault state) =>
        !state.HasKey ? "in clear: no 'state_key' in agent.yaml"
        : state.Files().Count(file => file.KeyId != state.KeyId) is > 0 and var open ? $"{open} of {state.Files().Count} files not locked under {state.KeyId}: run 'calltracking-agent keys lock'"
        : $"locked under {state.KeyId}";

    private static Command BuildRotate()
    {
        var (config, stateKey) = (AgentCommand.ConfigOption(), StateKeyOption());
        var target = new Option<int?>("--to") { Description = "The version to go to, where a restored key has to catch up; the next by default.", HelpName = "VERSION" };
        var command = new Command("rotate", AgentCommand.Describe("New pseudonyms from now on, which nobody can link to the old ones. The next sync sends the cases concerned again.", "keys rotate"))
        {
            config, stateKey, target,
        };
        command.Does((parsed, output, _) =>
        {
            var (settings, secret) = Secret(parsed.GetValue(config)!, parsed.GetValue(stateKey));
            using var claim = StateFolder.Claim(settings.StateDirectory);
            var keys = secret.Load(settings.Region);
            var next = parsed.GetValue(target) is { } wanted ? (uint)Math.Max(wanted, 0) : keys.PseudonymVersion + 1;
            if (next <= keys.PseudonymVersion || next > RegionSecret.MostVersions)
            {
                throw new AgentException(
                    ExitCode.Configuration, $"The keys of pseudonyms have version {keys.PseudonymVersion}: a rotation goes up, to {RegionSecret.MostVersions} at most. Nothing was changed.");
            }

            secret.SaveVersion(next);
            output.Out.WriteLine($"The keys of pseudonyms have version {next} now. The next sync sends the cases again whose rules make pseudonyms; 'keys resolve' still finds a person's older ones.");
            output.Out.WriteLine("Save the key again ('keys export'): an older backup gives the same keys, but not the version.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command BuildExport()
    {
        var (config, stateKey) = (AgentCommand.ConfigOption(), StateKeyOption());
        var passphrase = PassphraseOption();
        var file = new Argument<string>("file") { Description = "Where to; must not be there yet." };
        var command = new Command("export", AgentCommand.Describe("Save the region's key, sealed with a passphrase, for a safe.", "keys export region-de.key --passphrase-file /run/secrets/passphrase"))
        {
            config, stateKey, passphrase, file,
        };
        command.Does((parsed, output, _) =>
        {
            var (settings, secret) = Secret(parsed.GetValue(config)!, parsed.GetValue(stateKey));
            var keys = secret.Load(settings.Region);
            var text = new KeyBackup(settings.Region, secret.LoadSecret(), keys.PseudonymVersion).Seal(Passphrase(parsed.GetValue(passphrase)!), TimeProvider.System.GetUtcNow());
            using (var stream = PrivateFile.Create(parsed.GetValue(file)!))
            {
                stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            output.Out.WriteLine($"{parsed.GetValue(file)} holds the key {keys.Fingerprint} of region {settings.Region}, sealed. Keep it and the passphrase in two places.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command BuildImport()
    {
        var (config, stateKey) = (AgentCommand.ConfigOption(), StateKeyOption());
        var passphrase = PassphraseOption();
        var replace = new Option<bool>("--replace") { Description = "Put it in place of another key, which is put aside with its ledger." };
        var file = new Argument<string>("file") { Description = "What 'keys export' wrote." };
        var command = new Command("import", AgentCommand.Describe("Put a saved key back. The same key gives the same identities and the same pseudonyms.", "keys import region-de.key --passphrase-file /run/secrets/passphrase"))
        {
            config, stateKey, passphrase, replace, file,
        };
        command.Does((parsed, output, _) =>
        {
            var (settings, secret) = Secret(parsed.GetValue(config)!, parsed.GetValue(stateKey));
            var backup = KeyBackup.Open(Read(parsed.GetValue(file)!), Passphrase(parsed.GetValue(passphrase)!));
            if (backup.Region != settings.Region)
            {
                throw new AgentException(ExitCode.Configuration, $"The key is that of region {backup.Region}, and {settings.File} is for {settings.Region}. Nothing was imported.");
            }

            using var claim = StateFolder.Claim(settings.StateDirectory);
            Import(settings, secret, backup, parsed.GetValue(replace), output);
            Tell(secret.Load(settings.Region), output);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Import(AgentSettings settings, RegionSecret secret, KeyBackup backup, bool mayReplace, CommandOutput output)
    {
        var version = backup.PseudonymVersion;
        var now = TimeProvider.System.GetUtcNow();
        if (TryLoad(settings, secret, mayReplace, now, output, out var isOpened) is not { } here)
        {
            if (secret.IsThere && isOpened)
            {
                output.Out.WriteLine($"The damaged file that was here is now {secret.MoveAside(now)}.");
            }

            version = Newer(version, secret);
        }
        else if (here.AsSpan().SequenceEqual(backup.Secret))
        {
            version = Newer(version, secret);
        }
        else
        {
            MakeRoom(settings, secret, here, mayReplace, now, output);
        }

        secret.Save(backup.Secret, version);
    }

    // What is locked and cannot be opened is nobody's key any more, or that of a state key that is not here.
    private static byte[]? TryLoad(AgentSettings settings, RegionSecret secret, bool mayReplace, DateTimeOffset now, CommandOutput output, out bool isOpened)
    {
        try
        {
            isOpened = true;
            return secret.TryLoadSecret();
        }
        catch (AgentException locked) when (locked.InnerException is StateLockException && secret.LockedUnder is { } under)
        {
            var isDamaged = under == settings.State.KeyId;
            if (!isDamaged && !mayReplace)
            {
                throw new AgentException(
                    ExitCode.Identity, $"{locked.Message} If that key is lost for good, say --replace: the file is put aside with its ledger. Nothing was imported.", locked);
            }

            isOpened = false;
            output.Out.WriteLine($"The file that was here and cannot be opened is now {secret.SetAside(now)}.");
            if (!isDamaged)
            {
                SetLedgerAside(settings, now, output);
            }

            return null;
        }
    }

    // Of two versions of one key the newer stands; a damaged file of it says none.
    private static uint Newer(uint version, RegionSecret secret) => Math.Max(version, secret.TryLoadVersion() ?? 1);

    private static void MakeRoom(AgentSettings settings, RegionSecret secret, byte[] here, bool mayReplace, DateTimeOffset now, CommandOutput output)
    {
        if (!mayReplace)
        {
            throw new AgentException(
                ExitCode.Configuration,
                $"Another key is here ({RegionKeys.Derive(here, settings.Region.Value).Fingerprint}). Cases that were sent under it would get a second identity. If it was made by a new enrolment after the old one was lost, say --replace: it is put aside with its ledger. Nothing was imported.");
        }

        output.Out.WriteLine($"The key that was here is now {secret.MoveAside(now)}.");
        SetLedgerAside(settings, now, output);
    }

    private static void SetLedgerAside(AgentSettings settings, DateTimeOffset now, CommandOutput output)
    {
        if (File.Exists(AgentWorkplace.LedgerPath(settings)))
        {
            output.Out.WriteLine($"The ledger made under it is now {LedgerFile.MoveAside(AgentWorkplace.LedgerPath(settings), now)}; the next sync begins a new one and reads everything.");
        }
    }

    private static void Tell(RegionKeys keys, CommandOutput output)
    {
        output.Out.WriteLine($"region      {keys.Region}");
        output.Out.WriteLine($"key         {keys.Fingerprint}");
        output.Out.WriteLine($"pseudonyms  version {keys.PseudonymVersion}");
        output.Out.WriteLine($"sealing     {keys.Sealing.Id}");
    }

    private static (AgentSettings Settings, RegionSecret Secret) Secret(string config, string? stateKey)
    {
        var settings = Under(stateKey, AgentWorkplace.LoadSettings(config));
        return (settings, new RegionSecret(settings.State));
    }

    private static Option<string> PassphraseOption() => new("--passphrase-file")
    {
        Description = $"A file whose first line is the passphrase, {KeyBackup.ShortestPassphrase} letters or more.",
        HelpName = "FILE",
        Required = true,
    };

    private static string Passphrase(string file) => Read(file).Split('\n', 2)[0].TrimEnd('\r') is { Length: >= KeyBackup.ShortestPassphrase } passphrase
        ? passphrase
        : throw new AgentException(ExitCode.Configuration, $"The first line of {file} has fewer than {KeyBackup.ShortestPassphrase} letters. Write a longer passphrase there, such as six words.");

    // By what is read, not by what the file says of itself: a pipe or a device says nothing.
    private static string Read(string file)
    {
        using var stream = File.OpenRead(file);
        var bytes = new byte[MostFileBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > MostFileBytes)
        {
            throw new AgentException(ExitCode.Configuration, $"{file} is longer than such a file is.");
        }

        using var text = new StreamReader(new MemoryStream(bytes, 0, length));
        return text.ReadToEnd();
    }
}
