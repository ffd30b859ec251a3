using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Privacy;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace CallTracking.Hub.Tests.Audit;

/// <summary>What a superuser does to the log by SQL, past triggers and privileges, is found and named.</summary>
public sealed class AuditTamperTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    [PostgresFact]
    public async Task Verify_LogAsItWasWritten_IsGoodAndTellsTheUnsealedTail()
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        await hub.FillAsync();
        await hub.ActAsync("TAIL");

        var found = await hub.VerifyAsync((await hub.SealsAsync()).Seals[1]);

        Assert.Null(found.Fault);
        Assert.Equal((await hub.Hub.QueryAsync<long>("select count(*) from audit_log") - 1, 1), (found.Rows, found.Unsealed));
        Assert.Equal(await hub.Hub.QueryAsync<long>("select count(*) from audit_seal"), found.Seals);
        Assert.NotNull(found.UnsealedSince);
    }

    // ROW is the row that added region BB, OTHER the one that added BC, GAP a number that was never used, SEAL the seal of both.
    [PostgresTheory]
    [InlineData("changed", "row ROW ", "update audit_log set detail = '{}' where sequence = ROW")]
    [InlineData("changed", "row ROW ", "update audit_log set who = 'person:a-1' where sequence = ROW")]
    [InlineData("changed", "row ROW ", "update audit_log set at = at + interval '1 microsecond' where sequence = ROW")]
    [InlineData("missing", "row ROW is missing", "delete from audit_log where sequence = ROW")]
    [InlineData("missing", "row OTHER is missing", "delete from audit_log where sequence = OTHER")]
    [InlineData("inserted", "row GAP ", "insert into audit_log select GAP, at, who, what, subject, detail from audit_log where sequence = ROW")]
    [InlineData("inserted", "row -5 ", "insert into audit_log select -5, at, who, what, subject, detail from audit_log where sequence = ROW")]
    [InlineData("reordered", "row ROW is the one that was sealed as OTHER", "update audit_log set sequence = -1 where sequence = ROW; update audit_log set sequence = ROW where sequence = OTHER; update audit_log set sequence = OTHER where sequence = -1")]
    [InlineData("seal", "signature is not that of this hub's key", "update audit_seal set signature = set_byte(signature, 3, 255 - get_byte(signature, 3)) where number = SEAL")]
    [InlineData("seal", "seal SEAL ", "update audit_seal set seal = set_byte(seal, 1, 99) where number = SEAL")]
    [InlineData("seal", "columns say something else", "update audit_seal set first_sequence = first_sequence - 1 where number = SEAL")]
    [InlineData("seal", "list of leaves", "update audit_seal set leaves = set_byte(leaves, 20, 255 - get_byte(leaves, 20)) where number = SEAL")]
    [InlineData("seal", "list of leaves", "update audit_seal set leaves = substr(leaves, 1, length(leaves) - 40) where number = SEAL; delete from audit_log where sequence = OTHER")]
    [InlineData("seal-missing", "seal SEAL is missing", "delete from audit_seal where number = SEAL")]
    [InlineData("seal", "columns say something else", "update audit_seal a set seal = b.seal, signature = b.signature, leaves = b.leaves from audit_seal b where a.number = SEAL and b.number = SEAL + 1")]
    public async Task Verify_AfterTampering_NamesTheFirstThatIsWrong(string kind, string text, string sql)
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        var gap = await hub.FillAsync();
        var row = await hub.RowOfAsync("BB");
        var seal = await hub.Hub.QueryAsync<long>(string.Create(CultureInfo.InvariantCulture, $"select number from audit_seal where {row} between first_sequence and last_sequence"));
        string Fill(string words) => words
            .Replace("ROW", row.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("OTHER", (row + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("GAP", gap.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("SEAL", seal.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Null((await hub.VerifyAsync()).Fault);

        await hub.TamperAsync(Fill(sql));

        var found = (await hub.VerifyAsync()).Fault;
        Assert.Equal(kind, found?.Kind);
        Assert.Contains(Fill(text), found!.Text, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Verify_HistoryMadeAnewWithTheHubsOwnKeyAndStateFolder_FitsNoHeadThatARegionKept()
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        hub.Hub.Log.ExpectError("THE AUDIT LOG IS NOT THE ONE");
        await hub.FillAsync();
        var seals = (await hub.SealsAsync()).Seals;
        var (kept, newest) = (seals[^2], seals[^1]);

        // The end cut off, rows and seals: by itself it looks whole.
        await hub.TamperAsync("delete from audit_log where sequence > (select max(first_sequence) - 1 from audit_seal); delete from audit_seal where number = (select max(number) from audit_seal)");
        hub.Forget();
        Assert.Null((await hub.VerifyAsync()).Fault);
        Assert.Null((await hub.VerifyAsync(kept)).Fault);
        Assert.Contains("the end was cut off", (await hub.VerifyAsync(newest)).Fault?.Text, StringComparison.Ordinal);

        // A seal signed anew by whoever has the key, and the next as it was.
        var again = AuditSeal.Parser.ParseFrom(seals[0].Seal);
        again.SealedAt.Seconds++;
        var signed = AuditSealSigner.Sign(again, (await hub.Hub.Services.GetRequiredService<IdentitySource>().GetAsync(default)).PolicySigningKey);
        await hub.TamperAsync($"update audit_seal set seal = '\\x{Convert.ToHexString(signed.Seal.Span)}', signature = '\\x{Convert.ToHexString(signed.Signature.Span)}' where number = 1");
        Assert.Contains("seal 2 ", (await hub.VerifyAsync()).Fault?.Text, StringComparison.Ordinal);
        Assert.Contains("does not follow", (await hub.VerifyAsync()).Fault?.Text, StringComparison.Ordinal);

        // A row changed and all sealed again.
        await hub.TamperAsync("update audit_log set who = 'person:a-1' where what = 'region.added'; delete from audit_seal");
        hub.Forget();
        await hub.SealAsync();
        Assert.Null((await hub.VerifyAsync()).Fault);
        Assert.Equal("head", (await hub.VerifyAsync(kept)).Fault?.Kind);

        // A head of another key is none of this hub's.
        await using var other = await AuditHub.StartAsync(postgres);
        await other.FillAsync();
        Assert.Contains("not signed", (await hub.VerifyAsync((await other.SealsAsync()).Seals[0])).Fault?.Text, StringComparison.Ordinal);
    }

    [PostgresTheory]
    [InlineData("update audit_log set who = 'x'")]
    [InlineData("delete from audit_log")]
    [InlineData("truncate audit_log")]
    [InlineData("update audit_seal set key_id = 'x'")]
    [InlineData("delete from audit_seal")]
    [InlineData("truncate audit_seal")]
    public async Task Database_AskedToChangeTheLog_Refuses(string sql)
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        await hub.FillAsync();
        var before = await hub.Hub.DumpAsync();

        // By a superuser, the trigger; by the owner, who is none, already the privilege.
        var refused = await Assert.ThrowsAsync<PostgresException>(() => hub.Hub.ExecuteAsync(sql));

        Assert.Equal((PostgresErrorCodes.InsufficientPrivilege, before), (refused.SqlState, await hub.Hub.DumpAsync()));
        Assert.Equal(0, await hub.Hub.QueryAsync<long>("""
            select count(*) from information_schema.role_table_grants
            where table_name in ('audit_log', 'audit_seal') and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
            """));
    }
}
