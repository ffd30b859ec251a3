using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Connection;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Tests.Sync;
using Xunit;

namespace CallTracking.Agent.Tests.Identity;

public sealed class EnrolmentTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task RunAsync_RightToken_StoresIdentityForTheOwnerOnly()
    {
        await using var hub = await TestHub.StartAsync();
        var store = new IdentityStore(StateVault.InClear(_folder.File("state")));

        await EnrolAsync(hub, hub.Token, store);

        using var identity = store.Load();
        Assert.True(identity.Certificate.HasPrivateKey);
        Assert.Equal(hub.Authority.Certificate.RawData, identity.Roots[0].RawData);
        Assert.Equal(hub.Authority.PolicyKey, identity.PolicyKey);
        Assert.NotNull(store.LoadBundle());
        Assert.Equal(32, new RegionSecret(StateVault.InClear(_folder.File("state"))).LoadSecret().Length);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in new[] { "identity/agent.key", "keys/region.secret" })
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("state/" + file)));
            }
        }
    }

    [Fact]
    public async Task RunAsync_SecondTime_KeepsTheRegionsSecret()
    {
        await using var hub = await TestHub.StartAsync();
        var store = new IdentityStore(StateVault.InClear(_folder.File("state")));
        await EnrolAsync(hub, hub.Token, store);
        var secret = new RegionSecret(StateVault.InClear(_folder.File("state"))).LoadSecret();

        await EnrolAsync(hub, hub.Token, store);

        Assert.Equal(secret, new RegionSecret(StateVault.InClear(_folder.File("state"))).LoadSecret());
    }

    [Fact]
    public async Task RunAsync_OtherHubThanTheTokenNames_IsRefusedBeforeTheTokenIsSent()
    {
        await using var hub = await TestHub.StartAsync();
        await using var other = await TestHub.StartAsync();
        var store = new IdentityStore(StateVault.InClear(_folder.File("state")));

        var refused = await Assert.ThrowsAsync<AgentException>(() => EnrolAsync(hub, other.Token, store));

        Assert.Equal(ExitCode.Identity, refused.Code);
        Assert.Contains("another fingerprint", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("state/identity")));
    }

    [Fact]
    public async Task RunAsync_UsedToken_IsRefusedAsIdentity()
    {
        await using var hub = await TestHub.StartAsync();
        var parts = hub.Token.Split('.');
        var used = string.Join('.', parts[0], parts[1], new string('B', 42) + "A", parts[3]);

        var refused = await Assert.ThrowsAsync<AgentException>(() => EnrolAsync(hub, used, new IdentityStore(StateVault.InClear(_folder.File("state")))));

        Assert.Equal(ExitCode.Identity, refused.Code);
    }

    [Fact]
    public async Task RunAsync_AnswerCouldNotBeKept_SendsNoToken()
    {
        await using var hub = await TestHub.StartAsync();
        var kept = _folder.File("state");
        await EnrolAsync(hub, hub.Token, new IdentityStore(StateVault.InClear(kept)));
        var before = File.ReadAllBytes(Path.Combine(kept, "identity", "agent.key"));
        _folder.Write("blocked/identity", "a file in the place of a folder");
        var key = new SecretText($"${{file:{_folder.File("nowhere.key")}}}", _folder.Path);

        foreach (var state in new[] { StateVault.Under(key, kept), StateVault.InClear(_folder.File("blocked")) })
        {
            await Assert.ThrowsAsync<AgentException>(() => EnrolAsync(hub, hub.Token, new IdentityStore(state)));
        }

        File.WriteAllBytes(Path.Combine(kept, "keys", "region.secret"), new byte[7]);
        await Assert.ThrowsAsync<AgentException>(() => EnrolAsync(hub, hub.Token, new IdentityStore(StateVault.InClear(kept))));
        Assert.Equal(1, hub.Enrolments);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(kept, "identity", "agent.key")));
    }

    [Fact]
    public async Task Enrol_AgentAtWorkInTheFolder_SendsNoToken()
    {
        await using var hub = await TestHub.StartAsync();
        using var agent = await AgentBench.AtAsync(hub);
        using var atWork = StateFolder.Claim(agent.State);

        var (code, _, error) = await AgentProgram.RunAsync("enrol", "--token", hub.Token, "--config", agent.Config);

        Assert.Equal((ExitCode.Configuration, 1), (code, hub.Enrolments)); // The bench's own.
        Assert.Contains("at work", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ContentCannotBeHad_LeavesNothingBeside()
    {
        var file = _folder.File("agent.key");

        Assert.Throws<InvalidOperationException>(() => PrivateFile.Write(file, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException("no more");
        }));

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task RunAsync_NoHub_IsNotReachable()
    {
        var hub = await TestHub.StartAsync();
        var (address, token) = (hub.Address, hub.Token);
        await hub.DisposeAsync();
        Assert.True(EnrolmentToken.TryParse(token, out var parsed));

        var away = await Assert.ThrowsAsync<AgentException>(
            () => new Enrolment(new HubDoor(address), Limit).RunAsync(parsed!, new IdentityStore(StateVault.InClear(_folder.File("state"))), CancellationToken.None));

        Assert.Equal(ExitCode.HubNotReachable, away.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ct1.DE.abc.def")]
    [InlineData("ct2.DE.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ct1.de.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void TryParse_NoToken_IsRefused(string text) => Assert.False(EnrolmentToken.TryParse(text, out _));

    public void Dispose() => _folder.Dispose();

    private static async Task EnrolAsync(TestHub hub, string token, IdentityStore store)
    {
        Assert.True(EnrolmentToken.TryParse(token, out var parsed));
        await new Enrolment(new HubDoor(hub.Address), Limit).RunAsync(parsed!, store, CancellationToken.None);
    }
}
