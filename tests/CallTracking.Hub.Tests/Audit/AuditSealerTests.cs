using System.Diagnostics;
using CallTracking.Contracts;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace CallTracking.Hub.Tests.Audit;

/// <summary>Seals wait for writers, writers never for seals, and no row slips in behind a seal.</summary>
public sealed class AuditSealerTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [PostgresFact]
    public async Task Seal_ManySlowWritersAtOnce_MissesNoRow()
    {
        const int Writers = 12;
        const int Acts = 40;
        await using var hub = await AuditHub.StartAsync(postgres);
        using var done = new CancellationTokenSource();
        var (seals, deadline) = (0, Stopwatch.StartNew());
        var sealing = SealOnAndOnAsync(hub, made => Interlocked.Add(ref seals, made), done.Token);

        // Every transaction of the server keeps seals waiting, those of other tests too: writers go on until they were sealed over.
        bool IsEnough(int acts) => acts >= Acts && (Volatile.Read(ref seals) > 1 || deadline.Elapsed > Patience);
        var kept = (await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(hub.Hub.DataSource, writer, IsEnough)))).Sum();
        var sealsWhileWriting = Volatile.Read(ref seals);
        await done.CancelAsync();
        await sealing;
        await hub.SealAsync();

        var found = await hub.VerifyAsync();
        Assert.Null(found.Fault);
        Assert.Equal((await hub.Hub.QueryAsync<long>("select count(*) from audit_log"), 0), (found.Rows, found.Unsealed));
        Assert.Equal(kept, await hub.Hub.QueryAsync<long>("select count(*) from audit_log where what = 'test.act'"));
        Assert.True(sealsWhileWriting > 1, "nothing was sealed while others wrote: the test looks at nothing");
    }

    [PostgresFact]
    public async Task Seal_WhileATransactionIsOpen_WaitsAndHoldsUpNeitherActsNorPushes()
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        await hub.Hub.PublishAsync();
        using var japan = await hub.Hub.EnrolAsync("JP");
        await hub.SealAsync();
        await using var slow = await hub.Hub.DataSource.OpenConnectionAsync();
        var transaction = await slow.BeginTransactionAsync();
        await slow.NoteAsync(AuditEntry.Of("test.slow", ""), default);
        await hub.ActAsync("AFTER");
        var sealing = hub.Hub.Services.GetRequiredService<AuditSealer>().SealAsync(Patience, default);

        await using var push = await japan.PushAsync();
        var ack = await push.PushAsync(Make.Batch(push, Make.Record(Make.Case("JP", 1), 1))).WaitAsync(Patience);
        await hub.ActAsync("BEHIND").WaitAsync(Patience);

        Assert.Equal(Outcome.New, Make.Outcomes(ack).Single());
        Assert.False(sealing.IsCompleted, "what is open was sealed over");
        Assert.Equal(0, await hub.Hub.QueryAsync<long>("select count(*) from audit_seal where last_sequence >= (select min(sequence) from audit_log where subject = 'AFTER')"));
        await transaction.CommitAsync();
        await sealing.WaitAsync(Patience);
        await hub.SealAsync();
        Assert.Null((await hub.VerifyAsync()).Fault);
        Assert.Equal(1, await hub.Hub.QueryAsync<long>("select count(*) from audit_log where what = 'test.slow'"));
    }

    [PostgresFact]
    public async Task Seal_MoreRowsThanFitInOne_MakesMoreSeals()
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        await hub.SealAsync();
        var before = await hub.Hub.QueryAsync<long>("select count(*) from audit_seal");
        await hub.Hub.ExecuteAsync($"insert into audit_log (who, what, subject, detail) select 'hub', 'test.act', n::text, '{{}}' from generate_series(1, {AuditSealer.MostRows + 1}) n");

        await hub.SealAsync();

        Assert.Equal(before + 2, await hub.Hub.QueryAsync<long>("select count(*) from audit_seal"));
        Assert.Null((await hub.VerifyAsync()).Fault);
    }

    [PostgresFact]
    public async Task Act_WhoseRowCannotBeWritten_IsNotDone()
    {
        await using var hub = await AuditHub.StartAsync(postgres);
        await hub.Hub.ExecuteAsync("alter table audit_log add constraint refused check (subject <> 'XX') not valid");

        await Assert.ThrowsAsync<PostgresException>(() => hub.ActAsync("XX"));

        Assert.Equal(0, await hub.Hub.QueryAsync<long>("select count(*) from region where code = 'XX'"));
    }

    private static async Task SealOnAndOnAsync(AuditHub hub, Action<int> made, CancellationToken cancellationToken)
    {
        var sealer = hub.Hub.Services.GetRequiredService<AuditSealer>();
        while (!cancellationToken.IsCancellationRequested)
        {
            made(await sealer.SealAsync(TimeSpan.FromMilliseconds(300), default));
        }
    }

    // One in five takes its number and gives it back.
    private static async Task<int> WriteAsync(NpgsqlDataSource dataSource, int writer, Func<int, bool> isEnough)
    {
        var (random, kept) = (new Random(writer), 0);
        for (var act = 0; !isEnough(act); act++)
        {
            await using var connection = await dataSource.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await Task.Delay(random.Next(5));
            await connection.NoteAsync(AuditEntry.Of("test.act", FormattableString.Invariant($"{writer}/{act}")), default);
            await Task.Delay(random.Next(30));
            if (random.Next(5) > 0)
            {
                await transaction.CommitAsync();
                kept++;
            }
        }

        return kept;
    }
}
