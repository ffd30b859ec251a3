using CallTracking.Contracts;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.Policies;

/// <summary>The bundle that a region works by: from when it lives, who gets another one, and which batches have to be shaped again.</summary>
public sealed class BundleTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    [PostgresFact]
    public async Task FindAsync_LongAfterItWasPublished_LivesFromTheDayOnWhichItIsGiven()
    {
        var published = new DateTimeOffset(2026, 11, 30, 23, 0, 0, TimeSpan.Zero);
        var clock = new ManualClock(published);
        await using var hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString, clock);
        await hub.PublishAsync();
        clock.Advance(TimeSpan.FromDays(44));

        var signed = await hub.Services.GetRequiredService<BundleSource>().FindAsync(RegionCode.Parse("JP"), default);

        var bundle = PolicyBundle.Parser.ParseFrom(signed!.Bundle);
        Assert.Equal(
            (published, clock.GetUtcNow(), clock.GetUtcNow().AddDays(45)),
            (bundle.ValidFrom.ToDateTimeOffset(), bundle.IssuedAt.ToDateTimeOffset(), bundle.ExpiresAt.ToDateTimeOffset()));
    }

    [PostgresFact]
    public async Task GetBundle_RegionHasTheOneInForceOrAnyOther_GetsItOnlyThen()
    {
        await using var hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await hub.PublishAsync();
        using var japan = await hub.EnrolAsync("JP");
        await hub.PublishAsync();

        var given = new List<ulong>();
        for (var have = 0UL; have <= 3; have++)
        {
            given.Add(await GivenAsync(have));
        }

        Assert.Equal([2UL, 2UL, 0UL, 2UL], given);

        async Task<ulong> GivenAsync(ulong have)
        {
            var answer = await japan.CallAsync<GetBundleRequest, GetBundleResponse>(PolicyReflection.Descriptor, "GetBundle", new GetBundleRequest { HaveVersion = have });
            return answer.Bundle is { } bundle ? PolicyBundle.Parser.ParseFrom(bundle.Bundle).Version : 0;
        }
    }

    [PostgresFact]
    public async Task Push_AfterAVersionThatIsNotRequired_OnlyBatchesOlderThanTheRequiredOneAreSentBack()
    {
        await using var hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        await hub.PublishAsync();
        using var japan = await hub.EnrolAsync("JP");
        var (store, now) = (hub.Services.GetRequiredService<PolicyStore>(), TimeProvider.System.GetUtcNow());
        await store.PublishAsync((await store.FindInForceAsync(now, default))!.Documents, "counsel", "not urgent", isRequired: false, now, default);
        hub.Services.GetRequiredService<RuleSource>().Expire();
        await using var push = await japan.PushAsync();
        var (old, required) = (Make.Batch(push, Make.Record(Make.Case("JP", 1), 1)), Make.Batch(push, Make.Record(Make.Case("JP", 1), 2)));
        (old.PolicyVersion, required.PolicyVersion) = (0, 1);

        await push.SendAsync(new PushRequest { Batch = old });

        Assert.Equal((2UL, 1UL), (push.Welcome.PolicyVersion, push.Welcome.RequiredPolicyVersion));
        Assert.Equal(1UL, (await push.ReceiveAsync(PushResponse.MessageOneofCase.Reshape)).Reshape.RequiredPolicyVersion);
        Assert.Equal([Outcome.New], Make.Outcomes(await push.PushAsync(required)));
    }
}
