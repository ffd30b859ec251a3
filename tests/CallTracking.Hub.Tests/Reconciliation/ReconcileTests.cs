using CallTracking.Contracts;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Rpc;
using CallTracking.Testing;
using Google.Protobuf;
using Xunit;

namespace CallTracking.Hub.Tests.Reconciliation;

/// <summary>A region's ledger compared with what is stored, where somebody wrote to the database beside the hub.</summary>
public sealed class ReconcileTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private const int Cases = 5;
    private TestHub _hub = null!;
    private RegionClient _japan = null!;
    private PushClient _push = null!;
    private ulong _sequence;

    private static IEnumerable<int> Numbers => Enumerable.Range(1, Cases);

    public async Task InitializeAsync()
    {
        _hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await _hub.PublishAsync();
        _japan = await _hub.EnrolAsync("JP");
        _push = await _japan.PushAsync();
        await SendAsync([.. Numbers.Select(number => Make.Case("JP", number))]);
    }

    public async Task DisposeAsync()
    {
        await _push.DisposeAsync();
        _japan.Dispose();
        await _hub.DisposeAsync();
    }

    [PostgresFact]
    public async Task Reconcile_AsTheRegionBelieves_EqualAndNothingNamed()
    {
        await using var call = await OpenAsync();

        var verdict = await call.CompareAsync(default, seals: true, Believed());

        Assert.True(verdict.Equal);
        Assert.Empty(verdict.Stored);
        Assert.Equal((0U, 0), (verdict.Unsealed, verdict.Prefix.Length));
    }

    [PostgresFact]
    public async Task Reconcile_EachRangeOfALevel_HoldsItsOwnCases()
    {
        var mine = UidRange.Of(CaseUid.FromBytes(Make.Id(1).Span), 8);
        ByteString[] ends = [mine.First.ToByteString(), mine.Last.ToByteString()];
        await SendAsync([.. ends.Select(end => new Case(Make.Case("JP", 1)) { CaseUid = end })]);
        await using var call = await OpenAsync();
        (ByteString Uid, ByteString Hash)[] believed = [.. Believed(), .. ends.Select(end => (end, Make.Id(1_000_001)))];

        foreach (var range in UidRange.All(8))
        {
            var verdict = await call.CompareAsync(range, seals: false, range == mine ? believed : []);

            Assert.Equal((true, range.Prefix, 8U), (verdict.Equal, verdict.Prefix, verdict.PrefixBits));
        }

        Assert.False((await call.CompareAsync(mine, seals: false)).Equal);
        Assert.False((await call.CompareAsync(mine, seals: false, [.. believed.SkipLast(1), (ends[1], Make.Id(1_000_002))])).Equal);
    }

    [PostgresFact]
    public async Task Reconcile_RowDeletedByHand_IsMissedAndItsHistoryGoesOn()
    {
        await _hub.ExecuteAsync($"delete from cases where case_uid = '{Make.Uuid(3)}'");
        await using var call = await OpenAsync();

        var verdict = await call.CompareAsync(default, seals: false, Believed());

        Assert.False(verdict.Equal);
        Assert.Equal(Numbers.Where(number => number != 3).Select(Make.Id), verdict.Stored.Select(stored => stored.CaseUid));
        Assert.All(verdict.Stored, stored => Assert.Equal((Outcome.Unspecified, false), (stored.State, stored.Altered)));
        Assert.Equal(1U, await call.MissAsync(Make.Id(3), Make.Id(99)));
        var closed = Make.Case("JP", 3);
        closed.Status = CaseStatus.Resolved;
        Assert.Equal([Outcome.New], await SendAsync(closed));
        Assert.Equal(Cases - 1, await _hub.QueryAsync<long>("select sum(backlog_delta)::bigint from case_events"));
        Assert.Equal(0, await _hub.QueryAsync<long>("select count(*) from removed_case"));
    }

    [PostgresFact]
    public async Task Reconcile_LostCaseThatIsGoneFromItsSource_LeavesTheBacklog()
    {
        await _hub.ExecuteAsync($"delete from cases where case_uid = '{Make.Uuid(3)}'");
        await using var call = await OpenAsync();
        await call.MissAsync(Make.Id(3));

        var gone = await _push.PushAsync(Make.Batch(_push, Make.Gone(3, ++_sequence, Make.Day.AddDays(1))));

        Assert.Equal([Outcome.Gone], Make.Outcomes(gone));
        Assert.Equal("gone", await _hub.QueryAsync<string>("select reason from removed_case"));
        Assert.Equal(Cases - 1, await _hub.QueryAsync<long>("select sum(backlog_delta)::bigint from case_events"));
    }

    [PostgresTheory]
    [InlineData("subject = 'forged'")]
    [InlineData("status = 5")]
    [InlineData("epoch = 900, sequence = 900, source_updated_at = '2999-01-01', subject = 'forged'")]
    public async Task Reconcile_RowChangedByHand_IsNamedAndTheRegionsVersionIsTaken(string change)
    {
        await _hub.ExecuteAsync($"update cases set {change} where case_uid = '{Make.Uuid(2)}'");
        await using var call = await OpenAsync();

        var verdict = await call.CompareAsync(default, seals: true, Believed());

        var altered = Assert.Single(verdict.Stored, stored => stored.Altered);
        Assert.Equal((Make.Id(2), false), (altered.CaseUid, verdict.Equal));
        Assert.Equal([Outcome.Changed], await SendAsync(Make.Case("JP", 2)));
        Assert.Equal(Cases, await _hub.QueryAsync<long>("select sum(backlog_delta)::bigint from case_events"));
        Assert.Equal("Display stays dark", await _hub.QueryAsync<string>($"select subject from cases where case_uid = '{Make.Uuid(2)}'"));
        Assert.True((await call.CompareAsync(default, seals: true, Believed())).Equal);
    }

    [PostgresFact]
    public async Task Reconcile_RowChangedByHandAndSealsNotAsked_StaysAsItIs()
    {
        await _hub.ExecuteAsync($"update cases set subject = 'forged' where case_uid = '{Make.Uuid(2)}'");
        await using var call = await OpenAsync();

        Assert.True((await call.CompareAsync(default, seals: false, Believed())).Equal);
        Assert.Equal(0, await _hub.QueryAsync<long>("select count(*) from cases where sequence = 0"));
    }

    [PostgresFact]
    public async Task Reconcile_SealTakenAway_IsCountedApart()
    {
        await _hub.ExecuteAsync("update cases set seal = null where sequence < 3");
        await using var call = await OpenAsync();

        var verdict = await call.CompareAsync(default, seals: true, Believed());

        Assert.Equal((true, 2U, 0), (verdict.Equal, verdict.Unsealed, verdict.Stored.Count));
    }

    [PostgresFact]
    public async Task Reconcile_ErasedExpiredAnonymized_AreLawfullyAbsentAndNeverCalledLost()
    {
        await _hub.ExecuteAsync($"delete from cases where case_uid in ('{Make.Uuid(1)}', '{Make.Uuid(2)}')");
        await _hub.ExecuteAsync($"insert into removed_case values ('{Make.Uuid(1)}', 'JP', now(), 'erased', 1, 1), ('{Make.Uuid(2)}', 'JP', now(), 'expired', 1, 2)");
        await _hub.ExecuteAsync($"update cases set anonymized_at = now() where case_uid = '{Make.Uuid(3)}'");
        await using var call = await OpenAsync();

        var verdict = await call.CompareAsync(default, seals: true, Believed());
        var lost = await call.MissAsync(Make.Id(1), Make.Id(2), Make.Id(3));

        Assert.Equal(
            [Make.Id(1), Make.Id(2), Make.Id(3)],
            verdict.Stored.Where(stored => stored.State == Outcome.Suppressed).Select(stored => stored.CaseUid).OrderBy(uid => uid.ToBase64(), StringComparer.Ordinal));
        Assert.Equal(0U, lost);
        Assert.True((await call.CompareAsync(default, seals: false, [.. Believed().Skip(3)])).Equal);
        Assert.Equal([Outcome.Suppressed], await SendAsync(Make.Case("JP", 1)));
    }

    [PostgresFact]
    public async Task Reconcile_AnotherRegion_SeesAndMarksNothingOfIt()
    {
        using var germany = await _hub.EnrolAsync("DE");
        await using var push = await germany.PushAsync();
        await _hub.ExecuteAsync($"update cases set subject = 'forged' where case_uid = '{Make.Uuid(2)}'; delete from cases where case_uid = '{Make.Uuid(3)}'");
        await using var call = await ReconcileClient.OpenAsync(_hub, germany, push.Welcome);

        Assert.True((await call.CompareAsync(default, seals: true)).Equal);
        Assert.Empty((await call.CompareAsync(default, seals: true, Believed())).Stored);
        Assert.Equal(0U, await call.MissAsync(Make.Id(3)));
        Assert.Equal(0, await _hub.QueryAsync<long>("select (select count(*) from removed_case) + (select count(*) from cases where sequence = 0)"));
        var refused = await Assert.ThrowsAsync<RpcException>(() => ReconcileClient.OpenAsync(_hub, germany, push.Welcome, claimed: "JP"));
        Assert.Equal("wrong-region", refused.Reason);
    }

    [PostgresFact]
    public async Task Reconcile_LedgerThatLostItsLease_IsRefusedAlsoOnTheWay()
    {
        await using var call = await OpenAsync();
        await using var newer = await _japan.PushAsync();

        var onTheWay = await Assert.ThrowsAsync<RpcException>(() => call.CompareAsync(default, seals: false));
        var late = await Assert.ThrowsAsync<RpcException>(OpenAsync);

        Assert.Equal(("epoch-fenced", "epoch-fenced"), (onTheWay.Reason, late.Reason));
    }

    [PostgresFact]
    public async Task Reconcile_RegionRevokedOnTheWay_IsRefused()
    {
        await using var call = await OpenAsync();
        await _hub.ExecuteAsync("update region_certificate set revoked_at = now()");

        var refused = await Assert.ThrowsAsync<RpcException>(() => call.MissAsync(Make.Id(1)));

        Assert.Equal(RpcStatusCode.Unauthenticated, refused.StatusCode);
    }

    [PostgresTheory]
    [InlineData(0, 0)]
    [InlineData(2, 9)]
    public async Task Reconcile_WrongFirstOrMalformed_IsRefusedInWords(int prefixBytes, uint bits)
    {
        await using var call = await OpenAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(() => call.AskAsync(bits == 0
            ? new ReconcileRequest { Hello = new Hello() }
            : new ReconcileRequest { Range = new RangeDigest { Prefix = ByteString.CopyFrom([.. Enumerable.Repeat((byte)0xFF, prefixBytes)]), PrefixBits = bits } }));

        Assert.Equal(RpcStatusCode.InvalidArgument, refused.StatusCode);
    }

    [PostgresFact]
    public async Task Reconcile_RangeOfMoreThanFits_IsToBeAskedInParts()
    {
        const int Many = 5_000;
        await _hub.ExecuteAsync($"""
            create temp table one as select * from cases where sequence = 1;
            insert into cases select (jsonb_populate_record(one, jsonb_build_object('case_uid', md5(n::text)))).* from one, generate_series(1, {Many}) n
            """);
        await using var call = await OpenAsync();

        var whole = await call.CompareAsync(default, seals: false);
        var parts = 0;
        foreach (var part in default(UidRange).Split())
        {
            parts += (await call.CompareAsync(part, seals: false)).Stored.Count;
        }

        Assert.Equal((true, 0, Many + Cases), (whole.TooMany, whole.Stored.Count, parts));
    }

    private static (ByteString Uid, ByteString Hash)[] Believed() => [.. Numbers.Select(number => (Make.Id(number), Make.Id(1_000_001)))];

    private Task<ReconcileClient> OpenAsync() => ReconcileClient.OpenAsync(_hub, _japan, _push.Welcome);

    private async Task<IEnumerable<Outcome>> SendAsync(params Case[] cases) =>
        Make.Outcomes(await _push.PushAsync(Make.Batch(_push, [.. cases.Select(value => Make.Record(value, ++_sequence))])));
}
