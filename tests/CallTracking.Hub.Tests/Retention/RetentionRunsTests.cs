using CallTracking.Contracts;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Retention;
using CallTracking.Hub.Tests.Cases;
using CallTracking.Privacy;
using CallTracking.Testing;
using Npgsql;
using Xunit;
using static CallTracking.Hub.Tests.Retention.RetentionKit;

namespace CallTracking.Hub.Tests.Retention;

public sealed class RetentionRunsTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);

    [PostgresFact]
    public async Task PreviewAsync_CasesOfSeveralRules_CountsEachAndChangesNothing()
    {
        var kit = await CreateAsync(postgres);
        await kit.Planted.AddAsync(Closed("DE", Now.AddMonths(-1)));
        await kit.Planted.AddAsync(Closed("DE", Now.AddMonths(-1).AddSeconds(1)));
        await kit.Planted.AddAsync(Closed("FR", Now.AddYears(-2)));
        await kit.Planted.AddAsync(Closed("FR", Now.AddYears(-2).AddSeconds(1)));
        await kit.Planted.AddAsync(PlantedCases.NewCase("FR", "FR", 1));

        // Toys at once; a German customer of the Japanese centre after a year, because the minimum wins over the shorter period.
        await kit.Planted.AddAsync(Closed("DE", Now, category: "TOY"));
        await kit.Planted.AddAsync(Closed("DE", Now.AddYears(-1), "JP"));
        await kit.Planted.AddAsync(Closed("DE", Now.AddYears(-1).AddSeconds(1), "JP"));

        var run = await kit.NewRuns().PreviewAsync(Now, default);

        Assert.Equal(
            ["de/closed + P1M/DE/anonymize=1", "de/closed + P1M, at least P1Y/DE/anonymize=1", "de/opened + P1W/DE/delete=1", "default/closed + P2Y/FR/delete=1"],
            run.Preview.Select(line => $"{line.Jurisdiction}/{line.Rule}/{line.Region}/{line.Action}={line.Count}"));
        Assert.Equal(8, await kit.CountAsync("cases"));
        Assert.Equivalent(run, await new RetentionRunStore(kit.Planted.DataSource).FindAsync(run.RunId, default));
    }

    [PostgresFact]
    public async Task PreviewAsync_AnyClosingTime_AgreesWithTheDoorsArithmetic()
    {
        var kit = await CreateAsync(postgres);
        var decision = new RetentionDecision(RetentionClock.Closed, new CalendarPeriod(0, 1, 0, 0), null, RetentionAction.Anonymize, "de", "short");
        var start = new DateTimeOffset(2026, 1, 20, 23, 59, 59, TimeSpan.Zero);
        var times = Enumerable.Range(0, 60).Select(step => start.AddHours(step * 9)).ToList();
        foreach (var time in times)
        {
            await kit.Planted.AddAsync(Closed("DE", time));
        }

        // Ends of February and March: 29 to 31 January all expire on 28 February.
        foreach (var asOf in Enumerable.Range(0, 30).Select(step => new DateTimeOffset(2026, 2, 20, 0, 0, 0, TimeSpan.Zero).AddHours(step * 11)))
        {
            var run = await kit.NewRuns().PreviewAsync(asOf, default);
            Assert.Equal(times.Count(time => decision.ExpiresAt(time) <= asOf), run.PreviewCount);
        }
    }

    [PostgresFact]
    public async Task ConfirmAsync_Preview_DoesExactlyItAndKeepsHistoryTrue()
    {
        var kit = await CreateAsync(postgres);
        var deleted = await kit.Planted.AddAsync(Closed("FR", Now.AddYears(-3)));
        var anonymized = await kit.Planted.AddAsync(Closed("DE", Now.AddYears(-3)));
        var kept = await kit.Planted.AddAsync(Closed("DE", Now));
        await kit.Planted.AddEventAsync(deleted, "FR", 1, +1);
        await kit.Planted.AddEventAsync(deleted, "FR", 9, -1);
        var backlog = new BacklogStore(kit.Planted.DataSource);
        var january = new BacklogQuestion([], PlantedCases.At(1), PlantedCases.At(31), TimeSpan.FromDays(1));
        var before = await backlog.CountAsync(january, CaseScope.AllRegions, default);
        var runs = kit.NewRuns();

        var preview = await runs.PreviewAsync(Now, default);
        kit.Clock.Advance(TimeSpan.FromHours(5));
        var run = await runs.ConfirmAsync(preview.RunId, default);

        Assert.Equal(2, run.ResultCount);
        Assert.Empty(RetentionLine.Difference(preview.Preview, run.Result));
        Assert.Equal(before, await backlog.CountAsync(january, CaseScope.AllRegions, default));
        Assert.Equal([$"{deleted.ToGuid()} FR expired 1 1"],
            await kit.Planted.DataSource.ReadTextsAsync("select concat_ws(' ', case_uid, region, reason, epoch, sequence) from removed_case"));
        Assert.Equal(["0 1 0", "0 2 0"], await kit.Planted.DataSource.ReadTextsAsync("select concat_ws(' ', epoch, sequence, ordinal) from case_events order by sequence"));
        Assert.Equal(0, await kit.Planted.ScalarAsync<long>($"select count(*) from case_events where case_uid = '{deleted}'"));
        Assert.Equal(1, await kit.Planted.ScalarAsync<long>("select count(distinct case_uid) from case_events"));
        await AssertAnonymizedAsync(kit, anonymized);
        Assert.NotNull((await new CaseStore(kit.Planted.DataSource).FindAsync(kept, CaseScope.AllRegions, default))!.Case.CaseNumber);

        var again = await Assert.ThrowsAsync<HubException>(() => runs.ConfirmAsync(preview.RunId, default));
        Assert.Contains("was done on", again.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await runs.PreviewAsync(Now, default)).PreviewCount);
    }

    [PostgresFact]
    public async Task ConfirmAsync_CaseThatIsStillOpen_LeavesTheBacklogWhenItIsDeleted()
    {
        var kit = await CreateAsync(postgres);
        var toy = PlantedCases.NewCase("DE", "DE", 1, "TOY");
        var uid = await kit.Planted.AddAsync(toy);
        await kit.Planted.AddEventAsync(uid, "DE", 1, +1);
        var runs = kit.NewRuns();

        await runs.ConfirmAsync((await runs.PreviewAsync(Now, default)).RunId, default);

        var points = await new BacklogStore(kit.Planted.DataSource).CountAsync(
            new BacklogQuestion([], Now.AddHours(-1), Now, TimeSpan.FromHours(1)), CaseScope.AllRegions, default);
        Assert.Equal([1L, 0L], points.Select(point => point.OpenCases));
    }

    [PostgresFact]
    public async Task ConfirmAsync_UnknownOldFutureOrOutdatedPreview_IsRefusedAndChangesNothing()
    {
        var kit = await CreateAsync(postgres);
        await kit.Planted.AddAsync(Closed("FR", Now.AddYears(-3)));
        var runs = kit.NewRuns();

        await RefusedAsync(runs, Guid.NewGuid(), "There is no preview");
        await RefusedAsync(runs, (await runs.PreviewAsync(Now.AddDays(1), default)).RunId, "looks ahead");
        var underOld = await runs.PreviewAsync(Now, default);
        await kit.PublishAsync();
        await RefusedAsync(runs, underOld.RunId, "policy version 1");
        var old = await runs.PreviewAsync(Now, default);
        kit.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        await RefusedAsync(runs, old.RunId, "older than 24 hours");
        Assert.Equal(1, await kit.CountAsync("cases"));
        Assert.Equal(0, await kit.CountAsync("removed_case"));
    }

    [PostgresFact]
    public async Task ConfirmAsync_LawThatBeganSinceThePreviewsDay_DoesNotReachBack()
    {
        var kit = await CreateAsync(postgres);
        PolicyDocument[] documents = [.. PolicySet.BuiltInPacks.Where(pack => pack.Name == "default.yaml"), new()
        {
            Name = "de.yaml",
            Yaml = "jurisdiction: de\nparent: default\ncountries: [DE]\nin_force: 2026-11-22\nretention: [{clock: closed, period: P1M, action: delete}]\n",
        }];
        await kit.Policies.PublishAsync(documents, "test", "test", false, Now, default);
        await kit.Planted.AddAsync(Closed("DE", Now.AddMonths(-3)));
        var runs = kit.NewRuns();
        var preview = await runs.PreviewAsync(Now.AddDays(-1), default);

        var run = await runs.ConfirmAsync(preview.RunId, default);

        Assert.Equal((0, 0, 1), (preview.PreviewCount, run.ResultCount, await kit.CountAsync("cases")));
        Assert.Equal(1, (await runs.PreviewAsync(Now, default)).PreviewCount);
    }

    [PostgresFact]
    public async Task ConfirmAsync_PolicyThatComesIntoForceBetweenTwoBatches_StopsThere()
    {
        var kit = await CreateAsync(postgres);
        await kit.PlantManyAsync(2500);
        var preview = await kit.NewRuns().PreviewAsync(Now, default);
        await kit.Planted.RunAsync("""
            create function publish_next() returns trigger language plpgsql as $$
            begin
                insert into policy_version (version, published_at, valid_from, published_by, note, required_version, documents)
                select 2, published_at, valid_from, published_by, note, required_version, documents from policy_version where version = 1 on conflict do nothing;
                return null;
            end $$;
            create trigger published after insert on removed_case for each statement execute function publish_next()
            """);

        await RefusedAsync(kit.NewRuns(), preview.RunId, "came into force during the run");

        Assert.Equal((1000, 1500), (await kit.CountAsync("removed_case"), await kit.CountAsync("cases")));
    }

    [PostgresFact]
    public async Task ConfirmAsync_InterruptedAndConfirmedAgain_GoesOnWhereItStopped()
    {
        var kit = await CreateAsync(postgres);
        await kit.PlantManyAsync(2500);
        var preview = await kit.NewRuns().PreviewAsync(Now, default);
        using var interruption = new CancellationTokenSource();
        var first = kit.NewRuns().ConfirmAsync(preview.RunId, interruption.Token);
        while (await kit.CountAsync("removed_case") == 0)
        {
            await Task.Yield();
        }

        await interruption.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var half = (await new RetentionRunStore(kit.Planted.DataSource).FindAsync(preview.RunId, default))!;
        Assert.Equal(half.ResultCount, await kit.CountAsync("removed_case"));
        Assert.Null(half.FinishedAt);

        var run = await kit.NewRuns().ConfirmAsync(preview.RunId, default);

        Assert.Equal(2500, run.ResultCount);
        Assert.Empty(RetentionLine.Difference(preview.Preview, run.Result));
        Assert.Equal(0, await kit.CountAsync("cases"));
    }

    [PostgresFact]
    public async Task ConfirmAsync_TwoProcessesAtOnce_CountEachCaseOnce()
    {
        var kit = await CreateAsync(postgres);
        await kit.PlantManyAsync(3500);
        var preview = await kit.NewRuns().PreviewAsync(Now, default);

        var both = await Task.WhenAll(kit.NewRuns().ConfirmAsync(preview.RunId, default), kit.NewRuns().ConfirmAsync(preview.RunId, default));

        Assert.All(both, run => Assert.Equal(3500, run.ResultCount));
        Assert.Equal(3500, await kit.CountAsync("removed_case"));
    }

    [PostgresFact]
    public async Task ConfirmAsync_CaseThatAPushHoldsAndOneThatArrived_AreReportedAsDifference()
    {
        var kit = await CreateAsync(postgres);
        var locked = await kit.Planted.AddAsync(Closed("FR", Now.AddYears(-3)));
        await kit.Planted.AddAsync(Closed("FR", Now.AddYears(-3)));
        var runs = kit.NewRuns(TimeProvider.System);
        var preview = await kit.NewRuns().PreviewAsync(Now, default);
        await kit.Planted.AddAsync(Closed("IT", Now.AddYears(-3)));
        await using var connection = await kit.Planted.DataSource.OpenConnectionAsync();
        await using var push = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand($"select 1 from cases where case_uid = '{locked}' for update", connection, push))
        {
            await hold.ExecuteNonQueryAsync();
        }

        await kit.Planted.RunAsync("update retention_run set previewed_at = $1, as_of = $1", TimeProvider.System.GetUtcNow().AddSeconds(-1));
        var run = await runs.ConfirmAsync(preview.RunId, default);

        Assert.Equal(["FR=-1", "IT=1"], RetentionLine.Difference(preview.Preview, run.Result).Select(line => $"{line.Region}={line.Count}"));
        Assert.Equal(1, await kit.CountAsync("cases"));
    }

    [PostgresTheory]
    [InlineData("FR", "delete")]
    [InlineData("DE", "anonymize")]
    public async Task ConfirmAsync_PushThatCommitsWhileTheExpiredAreLookedFor_LeavesNothingOfTheCase(string country, string action)
    {
        var kit = await CreateAsync(postgres);
        var uid = await kit.Planted.AddAsync(Closed(country, Now.AddYears(-3)));
        await kit.Planted.AddEventAsync(uid, country, 1, +1);
        var preview = await kit.NewRuns().PreviewAsync(Now, default);
        await using var slow = await kit.SlowDownAsync();
        await using var held = await kit.Planted.DataSource.OpenConnectionAsync();
        await using (var hold = new NpgsqlCommand("select pg_advisory_lock(77)", held))
        {
            await hold.ExecuteNonQueryAsync();
        }

        // The statement has its view of the database and waits before it locks the case; the push commits in between.
        var running = kit.NewRuns(dataSource: slow).ConfirmAsync(preview.RunId, default);
        await kit.WaitForAsync("""
            select exists (
                select from pg_locks join pg_database on oid = database and datname = current_database()
                where locktype = 'advisory' and objid = 77 and not granted)
            """);
        await kit.Planted.RunAsync($"update cases set subject = 'QQMARKQQ changed' where case_uid = '{uid}'");
        await kit.Planted.AddEventAsync(uid, country, 2, -1);
        await using (var release = new NpgsqlCommand("select pg_advisory_unlock(77)", held))
        {
            await release.ExecuteNonQueryAsync();
        }

        var run = await running;

        Assert.Equal([$"{action}=1"], run.Result.Select(line => $"{line.Action}={line.Count}"));
        Assert.Equal(0, await kit.Planted.ScalarAsync<long>("select count(*) from cases where subject like '%QQMARKQQ%' or position('QQMARKQQ'::bytea in record) > 0"));
        Assert.Equal(2, await kit.CountAsync("case_events"));
        Assert.Equal(action == "delete" ? 0 : 2, await kit.Planted.ScalarAsync<long>($"select count(*) from case_events where case_uid = '{uid}'"));
    }

    [PostgresFact]
    public async Task ConfirmAsync_LargeCases_AreAnonymizedInPortionsOfAFewMebibytes()
    {
        var kit = await CreateAsync(postgres);
        for (var index = 0; index < 7; index++)
        {
            var @case = Closed("DE", Now.AddYears(-3));
            @case.Resolution.Masked = new string('x', 3_000_000);
            await kit.Planted.AddAsync(@case);
        }

        // Each portion is one transaction, and a transaction is told by the version of the rows it wrote.
        var run = await kit.NewRuns().ConfirmAsync((await kit.NewRuns().PreviewAsync(Now, default)).RunId, default);

        Assert.Equal(7, run.ResultCount);
        Assert.Equal(2, await kit.Planted.ScalarAsync<long>("select max(n) from (select count(*) as n from cases group by xmin::text) portion"));
        Assert.Equal(0, await kit.Planted.ScalarAsync<long>("select count(*) from cases where octet_length(record) > 1000000 or anonymized_at is null"));
    }

    [PostgresFact]
    public async Task ConfirmAsync_CaseChangedBesideTheHub_IsAnonymizedAndStillNamed()
    {
        var kit = await CreateAsync(postgres);
        await kit.Planted.AddAsync(Closed("DE", Now.AddYears(-3)));
        var forged = await kit.Planted.AddAsync(Closed("DE", Now.AddYears(-3)));
        var unsealed = await kit.Planted.AddAsync(Closed("DE", Now.AddYears(-3)));
        await kit.Planted.RunAsync("update cases set subject = 'forged' where case_uid = $1", forged.ToGuid());
        await kit.Planted.RunAsync("update cases set seal = null where case_uid = $1", unsealed.ToGuid());

        await kit.NewRuns().ConfirmAsync((await kit.NewRuns().PreviewAsync(Now, default)).RunId, default);

        var broken = new List<BrokenCase>();
        var verified = await new CaseVerification(kit.Planted.DataSource, kit.Identity).RunAsync([], broken.Add, default);
        Assert.Equal(0, await kit.Planted.ScalarAsync<long>("select count(*) from cases where anonymized_at is null"));
        Assert.Equal(new VerifiedCases(Sealed: 1, Broken: 1, Unsealed: 1), verified);
        Assert.Equal(new[] { forged, unsealed }.Order(), broken.Select(one => one.Uid).Order());
    }

    private static async Task RefusedAsync(RetentionRuns runs, Guid runId, string says)
    {
        var refused = await Assert.ThrowsAsync<HubException>(() => runs.ConfirmAsync(runId, default));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Contains("calltracking-hub retention preview", refused.Message + (says == "looks ahead" ? "calltracking-hub retention preview" : ""), StringComparison.Ordinal);
    }

    private static async Task AssertAnonymizedAsync(RetentionKit kit, CaseUid uid)
    {
        var stored = await new CaseStore(kit.Planted.DataSource).FindAsync(uid, CaseScope.AllRegions, default);
        Assert.NotNull(stored!.AnonymizedAt);
        var verified = await new CaseVerification(kit.Planted.DataSource, kit.Identity).RunAsync(["DE"], _ => { }, default);
        Assert.Equal(new VerifiedCases(Sealed: 2, Broken: 0, Unsealed: 0), verified);
        Assert.Equal("DE", stored.Case.CustomerCountry);
        Assert.Equal(CaseStatus.Closed, stored.Case.Status);
        Assert.Null(stored.Case.CaseNumber);
        Assert.Equal(0, await kit.Planted.ScalarAsync<long>(
            $"select count(*) from cases c where case_uid = '{uid}' and (c::text like '%QQMARKQQ%' or position('QQMARKQQ'::bytea in record) > 0)"));
        Assert.Equal(1, await kit.Planted.ScalarAsync<long>(
            "select count(*) from cases c where c::text like '%QQMARKQQ%' and position('QQMARKQQ'::bytea in record) > 0"));
    }
}
