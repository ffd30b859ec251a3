using System.Security.Cryptography;
using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using CallTracking.Privacy;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Audit;

/// <summary>Who has only the database cannot have the hub sign what he made of the log.</summary>
public sealed class SealChainTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [PostgresTheory]
    [InlineData("delete from audit_seal where number = (select max(number) from audit_seal)", "not in the database any more")]
    [InlineData("update audit_log set who = 'person:a-1' where what = 'region.added'; delete from audit_seal", "not in the database any more")]
    [InlineData("delete from audit_log where sequence > 2; delete from audit_seal", "not in the database any more")]
    [InlineData("update audit_seal a set seal = b.seal, signature = b.signature from audit_seal b where a.number = (select max(number) from audit_seal) and b.number = 1", "another one in its place")]
    [InlineData("update audit_seal set last_sequence = last_sequence - 1 where number = (select max(number) from audit_seal)", "columns of seal")]
    [InlineData("insert into audit_seal select number + 1, last_sequence + 1, last_sequence + 9000, leaves, seal, signature, key_id from audit_seal order by number desc limit 1", "not signed by this hub's key, or does not follow")]
    public async Task Seal_LogThatWasMadeAnewInTheDatabase_IsRefusedAndSignsNothing(string sql, string how)
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        hub.Hub.Log.ExpectError("THE AUDIT LOG IS NOT THE ONE");
        await hub.FillAsync();
        await hub.TamperAsync(sql);
        await hub.ActAsync("AFTER");
        var before = await hub.Hub.QueryAsync<long>("select count(*) from audit_seal");

        var refused = await Assert.ThrowsAsync<HubException>(() => hub.Sealer.SealAsync(Patience, default));

        Assert.Contains(how, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await hub.Hub.QueryAsync<long>("select count(*) from audit_seal"));
        Assert.NotNull((await hub.VerifyAsync()).Fault);
    }

    [PostgresFact]
    public async Task Accept_AfterARestore_GoesOnWithARowOfWhy()
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        hub.Hub.Log.ExpectError("THE AUDIT LOG IS NOT THE ONE");
        await hub.FillAsync();
        await hub.TamperAsync("delete from audit_seal where number = (select max(number) from audit_seal)");
        Assert.Equal("head", (await hub.VerifyAsync()).Fault?.Kind);
        var found = await hub.Sealer.AcceptAsync("restored, says operations", default);

        await hub.SealAsync();

        Assert.Null((await hub.VerifyAsync()).Fault);
        Assert.Equal(1, await hub.Hub.QueryAsync<long>($"select count(*) from audit_log where what = '{AuditCode.AuditAccepted}' and detail like '%restored, says operations%' and subject = 'seal {found!.Number}'"));
    }

    [PostgresFact]
    public async Task Seal_MemoryOfACopiedStateFolderThatIsBehind_IsFollowedOnFromAndBroughtForward()
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        await hub.FillAsync();
        var seals = (await hub.SealsAsync()).Seals;
        hub.Memory.Save(seals[0]);
        await hub.ActAsync("AFTER");

        await hub.SealAsync();

        Assert.Null((await hub.VerifyAsync()).Fault);
        Assert.Equal((await hub.SealsAsync()).Seals[^1], hub.Memory.Load());
    }

    [PostgresFact]
    public async Task Seal_MemoryThatIsBehindAndSealsOfAnotherKey_IsRefused()
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        hub.Hub.Log.ExpectError("THE AUDIT LOG IS NOT THE ONE");
        await hub.FillAsync();
        var seals = (await hub.SealsAsync()).Seals;
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var forged = AuditSealSigner.Sign(AuditSeal.Parser.ParseFrom(seals[^1].Seal), stranger);
        await hub.TamperAsync($"update audit_seal set signature = '\\x{Convert.ToHexString(forged.Signature.Span)}' where number = (select max(number) from audit_seal)");
        hub.Memory.Save(seals[0]);

        await Assert.ThrowsAsync<HubException>(() => hub.Sealer.SealAsync(Patience, default));
    }

    [PostgresFact]
    public async Task Seal_MemoryThatCannotBeRead_IsNotTakenForNone()
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        hub.Hub.Log.ExpectError("cannot be read");
        await hub.FillAsync();
        await File.WriteAllTextAsync(hub.Memory.FullName, "{}");

        var refused = await Assert.ThrowsAsync<HubException>(() => hub.Sealer.SealAsync(Patience, default));

        Assert.Contains("audit accept", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Seal_Made_IsLoggedWithItsHashAndRememberedReadablyForTheService()
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        await hub.FillAsync();

        var newest = (await hub.SealsAsync()).Seals[^1];
        Assert.Contains(hub.Hub.Log.Events, line => line.Id.Id == 2801 && line.Text.Contains(SealChain.Hash(newest), StringComparison.Ordinal));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(hub.Memory.FullName).HasFlag(UnixFileMode.OtherRead), "written by root, the service could not read it");
    }
}
