using System.Security.Cryptography;
using CallTracking.Hub.Access;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Privacy;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.Access;

/// <summary>The installation's keys under a key that does not lie on the same disk.</summary>
public sealed class StateLockTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("hub-state").FullName;
    private readonly string _elsewhere = Directory.CreateTempSubdirectory("hub-key").FullName;

    private string KeyFile => Path.Combine(_elsewhere, "state.key");

    public void Dispose()
    {
        Directory.Delete(_state, recursive: true);
        Directory.Delete(_elsewhere, recursive: true);
    }

    [PostgresFact]
    public async Task Lock_HubThatRanInClear_OpensNothingWithoutTheKeyAndIsTheSameHubWithIt()
    {
        var connection = (await postgres.CreateMigratedAsync()).ConnectionString;
        byte[] authority;
        await using (var hub = await TestHub.StartAsync(connection, state: _state))
        {
            await hub.PublishAsync();
            authority = (await hub.Services.GetRequiredService<IdentitySource>().GetAsync(default)).Authority.Fingerprint;
        }

        Assert.All(KeyFiles(), file => Assert.False(StateLock.IsLocked(File.ReadAllBytes(file))));
        var stateLock = NewKey();
        var (code, output) = await ProgramAsync(connection, "lock");

        Assert.Equal(HubExit.Done, code);
        Assert.Contains($"5 of 5 files changed; all are locked under {stateLock.KeyId}", output, StringComparison.Ordinal);
        Assert.All(KeyFiles(), file => Assert.True(StateLock.IsLocked(File.ReadAllBytes(file))));
        var refused = await Assert.ThrowsAsync<HubException>(() => TestHub.StartAsync(connection, state: _state));
        Assert.Contains("none is configured", refused.Message, StringComparison.Ordinal);
        Assert.Contains(HubYaml.StateKeyVariable, refused.Message, StringComparison.Ordinal);
        await using var again = await TestHub.StartAsync(connection, state: _state, change: options => options with { StateLock = stateLock });
        Assert.Equal(authority, (await again.Services.GetRequiredService<IdentitySource>().GetAsync(default)).Authority.Fingerprint);
    }

    [PostgresFact]
    public async Task Lock_OtherKeyWithTheOldOneNamed_ChangesHandsAndWithoutItNothing()
    {
        var connection = (await postgres.CreateMigratedAsync()).ConnectionString;
        var old = NewKey();
        await (await TestHub.StartAsync(connection, state: _state, change: options => options with { StateLock = old })).DisposeAsync();
        Assert.All(KeyFiles(), file => Assert.Equal(old.KeyId, StateLock.KeyIdOf(File.ReadAllBytes(file))));
        File.Copy(KeyFile, KeyFile + ".old");
        var next = NewKey();

        Assert.Equal(HubExit.Usage, (await ProgramAsync(connection, "lock")).Code);
        Assert.All(KeyFiles(), file => Assert.Equal(old.KeyId, StateLock.KeyIdOf(File.ReadAllBytes(file))));
        Assert.Equal(HubExit.Done, (await ProgramAsync(connection, "lock", "--from", KeyFile + ".old")).Code);

        Assert.All(KeyFiles(), file => Assert.Equal(next.KeyId, StateLock.KeyIdOf(File.ReadAllBytes(file))));
        Assert.Equal(HubExit.Done, (await ProgramAsync(connection, "unlock")).Code);
        Assert.All(KeyFiles(), file => Assert.False(StateLock.IsLocked(File.ReadAllBytes(file))));
    }

    [PostgresFact]
    public async Task Start_KeysInClearThoughAKeyIsConfigured_SaysSoAndRemovesWhatAKillLeft()
    {
        var connection = (await postgres.CreateMigratedAsync()).ConnectionString;
        await (await TestHub.StartAsync(connection, state: _state)).DisposeAsync();
        var leftOvers = new[] { "authority.pem", "case-seal.key" }.Select(name => Path.Combine(_state, $"{name}.{Guid.NewGuid():N}")).ToList();
        leftOvers.ForEach(file => File.WriteAllText(file, "a key in clear"));
        File.WriteAllText(Path.Combine(_state, "authority.pem.backup"), "an operator's own");
        var stateLock = NewKey();

        await using (var hub = await TestHub.StartAsync(connection, state: _state, change: options => options with { StateLock = stateLock }))
        {
            Assert.Contains("authority.pem, server.pem, policy-signing.pem, case-seal.key, transfer.pem lie in clear", hub.Log.Text, StringComparison.Ordinal);
        }

        Assert.All(leftOvers, file => Assert.False(File.Exists(file)));
        Assert.True(File.Exists(Path.Combine(_state, "authority.pem.backup")));
        await ProgramAsync(connection, "lock");
        await using var again = await TestHub.StartAsync(connection, state: _state, change: options => options with { StateLock = stateLock });
        Assert.DoesNotContain("lie in clear", again.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KeyFileInTheStateFolder_IsAFault()
    {
        var config = WriteConfig("Host=localhost");
        File.WriteAllText(config, File.ReadAllText(config).Replace("state_key_file: state.key", $"state_key_file: {Path.Combine(_state, "state.key")}", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_state, "state.key"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(StateLock.KeySize)));

        var (options, faults) = HubYaml.Read(config, _ => null);

        Assert.Null(options);
        Assert.Contains("lies in the state folder", Assert.Single(faults).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hunter2hunter2", "holds no key")]
    [InlineData(null, "cannot be read")]
    public void Read_KeyFileThatHoldsNone_IsAFaultThatDoesNotRepeatIt(string? text, string expected)
    {
        if (text is not null)
        {
            File.WriteAllText(KeyFile, text);
        }

        var (options, faults) = HubYaml.Read(WriteConfig("Host=localhost"), _ => null);

        Assert.Null(options);
        var fault = Assert.Single(faults);
        Assert.Contains(expected, fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault.ToString(), StringComparison.Ordinal);
    }

    private List<string> KeyFiles() => [.. HubIdentity.Files.Select(name => Path.Combine(_state, name))];

    private StateLock NewKey()
    {
        var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(StateLock.KeySize));
        File.WriteAllText(KeyFile, text + "\n");
        return StateLock.TryParse(text)!;
    }

    private string WriteConfig(string connection)
    {
        var file = Path.Combine(_elsewhere, "hub.yaml");
        File.WriteAllText(file, $"country: JP\nentity: Example Holdings K.K.\nstate: {_state}\nstate_key_file: state.key\ndatabase: {{connection: \"{connection}\"}}\n");
        return file;
    }

    private async Task<(int Code, string Output)> ProgramAsync(string connection, params string[] command)
    {
        await using var run = HubProgram.Start(WriteConfig(connection), connectionString: null, ["keys", .. command]);
        var result = await run.WaitForExitAsync(TimeSpan.FromMinutes(2));
        return (result.ExitCode, result.Output + result.Error);
    }
}
