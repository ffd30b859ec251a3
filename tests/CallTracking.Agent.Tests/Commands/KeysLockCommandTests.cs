using System.Security.Cryptography;
using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Privacy;
using Xunit;

namespace CallTracking.Agent.Tests.Commands;

/// <summary>The region's keys under a key that does not lie on the same disk, and what a copy of that disk is worth.</summary>
public sealed class KeysLockCommandTests : IDisposable
{
    private const string Missing = "cannot be had";
    private readonly string _elsewhere = Directory.CreateTempSubdirectory("state-key").FullName;

    private string KeyFile => Path.Combine(_elsewhere, "state.key");

    public void Dispose() => Directory.Delete(_elsewhere, recursive: true);

    [Fact]
    public async Task Lock_KeysInClear_LeavesNothingOnTheDiskThatOpensThemAndTheNightsGoOn()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        await agent.NightAsync();
        var secrets = SecretsOf(agent);
        Assert.All(secrets, secret => Assert.True(IsOnDisk(agent, secret)));

        UseKey(agent);
        var (code, output, _) = await RunAsync(agent, "lock");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("2 of 2 files changed; all are locked under", output, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.False(IsOnDisk(agent, secret)));
        Assert.Contains("0 of 2 files changed", (await RunAsync(agent, "lock")).Output, StringComparison.Ordinal);
        Assert.Contains("locked under", (await RunAsync(agent, "show")).Output, StringComparison.Ordinal);
        agent.Write([new("C1"), new("C2", "New")]);
        Assert.Equal(ExitCode.Done, (await ProgramAsync(agent, "sync")).ExitCode);
        Assert.Equal(2, hub.Stored.Count); // C1 as the night before knew it: the same key, the same identity.
    }

    [Fact]
    public async Task Sync_KeyIsNotThere_SendsNothingAndNamesTheFile()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        await agent.NightAsync();
        hub.Received.Clear();
        UseKey(agent);
        await RunAsync(agent, "lock");
        File.Move(KeyFile, KeyFile + ".gone");

        foreach (string[] command in new[] { new[] { "sync" }, ["keys", "show"], ["quarantine", "list"], ["doctor"], ["reconcile"] })
        {
            var (code, output, error) = await ProgramAsync(agent, command);
            Assert.True(code == ExitCode.Identity, string.Join(' ', command) + output + error);
            Assert.Contains(Missing, output + error, StringComparison.Ordinal);
            Assert.Contains(KeyFile, output + error, StringComparison.Ordinal);
        }

        Assert.Empty(hub.Received);
    }

    [Fact]
    public async Task Sync_SettingTakenOutOrOtherKey_SaysUnderWhichTheFilesAre()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        UseKey(agent);
        await RunAsync(agent, "lock");
        var locked = StateLock.TryParse(await File.ReadAllTextAsync(KeyFile))!.KeyId;
        var other = WriteKey(KeyFile);

        var (code, _, error) = await ProgramAsync(agent, "sync");
        Assert.Equal(ExitCode.Identity, code);
        Assert.Contains($"locked under the state key {locked}, and the configured one is {other}", error, StringComparison.Ordinal);
        agent.PointTo(hub);
        (code, _, error) = await ProgramAsync(agent, "sync");
        Assert.Equal(ExitCode.Identity, code);
        Assert.Contains($"locked under the state key {locked}, and none is configured", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lock_AnotherKeyCutOffBetweenTwoFiles_GoesOnAndTheOldKeyOpensNothing()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        UseKey(agent);
        await RunAsync(agent, "lock");
        File.Copy(KeyFile, KeyFile + ".old");
        WriteKey(KeyFile);
        var untouched = await File.ReadAllBytesAsync(SecretFile(agent));
        Assert.Equal(ExitCode.Identity, (await RunAsync(agent, "lock")).ExitCode); // Without the old key nothing opens.
        Assert.Equal(untouched, await File.ReadAllBytesAsync(SecretFile(agent)));

        Assert.Equal(ExitCode.Done, (await RunAsync(agent, "lock", "--from", KeyFile + ".old")).ExitCode);
        await File.WriteAllBytesAsync(SecretFile(agent), untouched); // As a kill before the second file leaves it.
        Assert.NotEqual(ExitCode.Done, (await ProgramAsync(agent, "sync")).ExitCode);
        var (code, output, _) = await RunAsync(agent, "lock", "--from", KeyFile + ".old");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("1 of 2 files changed", output, StringComparison.Ordinal);
        File.Delete(KeyFile + ".old");
        Assert.Equal(ExitCode.Done, (await ProgramAsync(agent, "sync")).ExitCode);
    }

    [Fact]
    public async Task Unlock_LockedKeys_LieAsTheyLayBefore()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        var before = await File.ReadAllBytesAsync(SecretFile(agent));
        UseKey(agent);
        await RunAsync(agent, "lock");

        var (code, output, _) = await RunAsync(agent, "unlock");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("2 of 2 files changed; all are in clear", output, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(SecretFile(agent)));
        agent.PointTo(hub);
        Assert.Equal(ExitCode.Done, (await ProgramAsync(agent, "sync")).ExitCode);
    }

    [Fact]
    public async Task Enrol_WithAKey_NeverWritesInClear()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        Directory.Delete(agent.State, recursive: true);
        UseKey(agent);

        var (code, _, error) = await ProgramAsync(agent, "enrol", "--token", hub.Token);

        Assert.True(code == ExitCode.Done, error);
        Assert.All(new[] { SecretFile(agent), Path.Combine(agent.State, "identity", "agent.key") }, file => Assert.NotNull(StateLock.KeyIdOf(File.ReadAllBytes(file))));
        Assert.Contains("0 of 2 files changed", (await RunAsync(agent, "lock")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_BackupWithAKey_IsLockedAndWhatWasPutAsideToo()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        var phrase = Path.Combine(_elsewhere, "phrase");
        await File.WriteAllTextAsync(phrase, "correct horse battery staple\n");
        await RunAsync(agent, "export", Path.Combine(_elsewhere, "saved.key"), "--passphrase-file", phrase);
        var original = await File.ReadAllBytesAsync(SecretFile(agent));
        Directory.Delete(agent.State, recursive: true);
        await agent.EnrolAsync(hub);
        UseKey(agent);

        var (code, _, error) = await RunAsync(agent, "import", Path.Combine(_elsewhere, "saved.key"), "--passphrase-file", phrase, "--replace");
        var (_, output, _) = await RunAsync(agent, "lock");

        Assert.True(code == ExitCode.Done, error);
        Assert.Contains("2 of 3 files changed", output, StringComparison.Ordinal); // The agent's key, and the secret that was put aside.
        Assert.False(IsOnDisk(agent, original));
        Assert.All(Directory.GetFiles(Path.Combine(agent.State, "keys"), "region.secret*"), file => Assert.NotNull(StateLock.KeyIdOf(File.ReadAllBytes(file))));
    }

    [Fact]
    public async Task Doctor_KeysStillInClearOrKeyGone_NamesIt()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        UseKey(agent);

        Assert.Contains("keys-in-clear", (await ProgramAsync(agent, "doctor")).Output, StringComparison.Ordinal);
        await RunAsync(agent, "lock");
        Assert.DoesNotContain("keys-in-clear", (await ProgramAsync(agent, "doctor")).Output, StringComparison.Ordinal);
        File.Delete(KeyFile);
        Assert.Contains("state-key", (await ProgramAsync(agent, "doctor")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0102030405060708090a0b0c0d0e0f100102030405060708090a0b0c0d0e0f10")]
    [InlineData("${vault:state}")]
    public async Task Settings_KeyBesideWhatItLocks_IsRefusedAndNotRepeated(string value)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        agent.PointTo(hub, more: $"state_key: \"{value}\"");

        var (code, output, error) = await ProgramAsync(agent, "status");

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("state_key", output + error, StringComparison.Ordinal);
        Assert.DoesNotContain("0102030405", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_KeyFileInTheStateFolder_IsRefused()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        agent.PointTo(hub, more: "state_key: \"${file:state/keys/state.key}\"");

        var (code, _, error) = await ProgramAsync(agent, "status");

        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("lies in the state folder", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lock_KeyThatOnlyTheServiceGets_IsTakenFromAFileByHand()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        WriteKey(KeyFile);
        var inService = Path.Combine(_elsewhere, "credentials", "state-key");
        File.AppendAllText(agent.Config, $"state_key: \"${{file:{inService}}}\"\n");

        Assert.Equal(ExitCode.Identity, (await RunAsync(agent, "lock")).ExitCode);
        Assert.Equal(ExitCode.Done, (await RunAsync(agent, "lock", "--state-key", KeyFile)).ExitCode);
        Assert.Equal(ExitCode.Done, (await ProgramAsync(agent, "enrol", "--token", hub.Token, "--state-key", KeyFile)).ExitCode);
        Assert.Contains("locked under", (await RunAsync(agent, "show", "--state-key", KeyFile)).Output, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.GetDirectoryName(inService)!);
        File.Copy(KeyFile, inService);
        Assert.Equal(ExitCode.Done, (await ProgramAsync(agent, "sync")).ExitCode);
        agent.PointTo(hub);
        Assert.Equal(ExitCode.Configuration, (await RunAsync(agent, "unlock", "--state-key", KeyFile)).ExitCode);
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("sync")]
    public async Task LeftOver_OfAWriteThatWasKilled_IsDeleted(string command)
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        var secrets = SecretsOf(agent);
        UseKey(agent);
        await RunAsync(agent, "lock");
        File.WriteAllBytes(SecretFile(agent) + ".new", secrets[0]);
        File.WriteAllBytes(Path.Combine(agent.State, "identity", "agent.key.new"), secrets[1]);

        Assert.Equal(ExitCode.Done, (await ProgramAsync(agent, command == "lock" ? ["keys", "lock"] : ["sync"])).ExitCode);

        Assert.All(secrets, secret => Assert.False(IsOnDisk(agent, secret)));
    }

    [Fact]
    public async Task Import_LockedSecretIsDamaged_TakesItsPlaceWithoutMore()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        var import = await SaveAsync(agent);
        var original = await File.ReadAllBytesAsync(SecretFile(agent));
        UseKey(agent);
        await RunAsync(agent, "lock");
        var locked = await File.ReadAllBytesAsync(SecretFile(agent));
        locked[^1] ^= 1;
        await File.WriteAllBytesAsync(SecretFile(agent), locked);

        var (code, output, error) = await RunAsync(agent, import);

        Assert.True(code == ExitCode.Done, error);
        Assert.Contains("cannot be opened is now", output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await RunAsync(agent, "unlock")).ExitCode);
        Assert.Equal(original, await File.ReadAllBytesAsync(SecretFile(agent)));
    }

    [Fact]
    public async Task Import_StateKeyIsLost_NeedsReplaceThenTheRegionEnrolsAnewAndIsTheSame()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        await agent.NightAsync();
        var import = await SaveAsync(agent);
        UseKey(agent);
        await RunAsync(agent, "lock");
        WriteKey(KeyFile); // The old one is gone.

        Assert.Equal(ExitCode.Identity, (await ProgramAsync(agent, "enrol", "--token", hub.Token)).ExitCode);
        var (refused, _, why) = await RunAsync(agent, import);
        var (code, output, error) = await RunAsync(agent, [.. import, "--replace"]);

        Assert.Equal(ExitCode.Identity, refused);
        Assert.Contains("--replace", why, StringComparison.Ordinal);
        Assert.True(code == ExitCode.Done, error);
        Assert.Contains("ledger made under it is now", output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await ProgramAsync(agent, "enrol", "--token", hub.Token)).ExitCode);
        Assert.Equal(ExitCode.Done, (await ProgramAsync(agent, "sync")).ExitCode);
        Assert.Equal(ExitCode.Done, (await RunAsync(agent, "lock")).ExitCode);
        Assert.Single(hub.Stored);
    }

    [Fact]
    public async Task Status_KeyIsNotThere_StillTellsTheCertificate()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        UseKey(agent);
        await RunAsync(agent, "lock");
        File.Delete(KeyFile);

        var (code, output, _) = await ProgramAsync(agent, "status");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("certificate  until ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Floor_KeyUnderAnotherNameElsewhere_StillSigns()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        UseKey(agent);
        var state = AgentWorkplace.LoadSettings(agent.Config).State;
        var key = new FloorKey(state, CallTracking.Contracts.RegionCode.Parse("DE"));
        key.Sign("floor"u8, null, DateTimeOffset.UnixEpoch);
        var safe = Path.Combine(_elsewhere, "floor-2026.key");
        File.Move(key.SigningKeyFile, safe);

        var signature = key.Sign("floor"u8, safe, DateTimeOffset.UnixEpoch);

        Assert.NotNull(StateLock.KeyIdOf(File.ReadAllBytes(safe)));
        Assert.Null(key.Refuse("floor"u8, signature));
    }

    [Fact]
    public async Task Settings_FileHoldsNoKey_SaysHowToMakeOne()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await NewAsync(hub);
        UseKey(agent);
        await File.WriteAllTextAsync(KeyFile, "hunter2hunter2\n");

        var (code, _, error) = await RunAsync(agent, "lock");

        Assert.Equal(ExitCode.Identity, code);
        Assert.Contains("openssl rand -hex 32", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
        var (_, doctor, _) = await ProgramAsync(agent, "doctor");
        Assert.Contains("state-key", doctor, StringComparison.Ordinal);
        Assert.DoesNotContain("identity-damaged", doctor, StringComparison.Ordinal);
    }

    // The command that puts the saved key back.
    private async Task<string[]> SaveAsync(AgentBench agent)
    {
        var (phrase, saved) = (Path.Combine(_elsewhere, "phrase"), Path.Combine(_elsewhere, "saved.key"));
        await File.WriteAllTextAsync(phrase, "correct horse battery staple\n");
        await RunAsync(agent, "export", saved, "--passphrase-file", phrase);
        return ["import", saved, "--passphrase-file", phrase];
    }

    private static async Task<AgentBench> NewAsync(TestHub hub)
    {
        var agent = await AgentBench.AtAsync(hub);
        agent.Write([new("C1")]);
        return agent;
    }

    private void UseKey(AgentBench agent)
    {
        WriteKey(KeyFile);
        File.AppendAllText(agent.Config, $"state_key: \"${{file:{KeyFile}}}\"\n");
    }

    private static string WriteKey(string file)
    {
        var text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(StateLock.KeySize));
        File.WriteAllText(file, text + "\n");
        return StateLock.TryParse(text)!.KeyId;
    }

    // The region's secret, and a part of the agent's key as its file has it.
    private static List<byte[]> SecretsOf(AgentBench agent) =>
        [File.ReadAllBytes(SecretFile(agent)), Encoding.ASCII.GetBytes(File.ReadAllLines(Path.Combine(agent.State, "identity", "agent.key"))[1])];

    private static bool IsOnDisk(AgentBench agent, byte[] secret) =>
        Directory.EnumerateFiles(agent.State, "*", SearchOption.AllDirectories).Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(secret) >= 0);

    private static string SecretFile(AgentBench agent) => new RegionSecret(StateVault.InClear(agent.State)).SecretFile;

    private static Task<(ExitCode ExitCode, string Output, string Error)> RunAsync(AgentBench agent, params string[] command) => ProgramAsync(agent, ["keys", .. command]);

    private static Task<(ExitCode ExitCode, string Output, string Error)> ProgramAsync(AgentBench agent, params string[] command) =>
        AgentProgram.RunAsync([.. command, "--config", agent.Config]);
}
