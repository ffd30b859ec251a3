using CallTracking.Contracts;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.Policies;

/// <summary>The hub redacts by what is in force on the day on which a case comes.</summary>
public sealed class LawDayTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private const string Stricter = """
        jurisdiction: de
        parent: eea
        countries: [DE]
        in_force: 2026-12-01
        rules:
          gender: {action: drop, at: hub}
        """;

    private const string Hub = """
        hub: {country: JP, entity: Example Holdings K.K.}
        transfers:
          - {from: [DE], to: JP, basis: adequacy, reference: "test", since: 2019-01-23}
        """;

    [PostgresFact]
    public async Task Push_LawComesIntoForce_TheCasesOfThatDayFallUnderIt()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 30, 23, 0, 0, TimeSpan.Zero));
        await using var hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString, clock);
        await hub.PublishAsync(("hub.yaml", Hub), ("de.yaml", Stricter));
        var rules = hub.Services.GetRequiredService<RuleSource>();
        var before = (await rules.FindAsync(default))!;

        clock.Advance(TimeSpan.FromHours(2));
        var after = (await rules.FindAsync(default))!;

        Assert.Equal(before.Version, after.Version);
        Assert.Equal(RedactionAction.Keep, before.Policies.RulesFor("DE", "", "")[DataClass.Gender].Action);
        Assert.Equal(RedactionAction.Drop, after.Policies.RulesFor("DE", "", "")[DataClass.Gender].Action);
        Assert.Equal(["cl"], after.Policies.RulesFor("CL", "", "").Jurisdictions);
    }

    [PostgresFact]
    public async Task Push_BatchShapedBeforeALawsFirstDayComesOnIt_IsShapedAgainAndNotRefusedCaseByCase()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 11, 30, 23, 59, 0, TimeSpan.Zero));
        await using var hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString, clock);
        await hub.PublishAsync(("hub.yaml", Hub), ("de.yaml", Stricter.Replace("at: hub", "at: edge", StringComparison.Ordinal)));
        using var germany = await hub.EnrolAsync("DE");
        await using var push = await germany.PushAsync();
        Assert.Equal([Outcome.New], Make.Outcomes(await push.PushAsync(Make.Batch(push, Make.Record(German(1, "f"), 1)))));

        clock.Advance(TimeSpan.FromMinutes(2));
        var late = Make.Batch(push, Make.Record(German(2, null), 2), Make.Record(German(3, "f"), 3));
        await push.SendAsync(new PushRequest { Batch = late });
        var reshape = (await push.ReceiveAsync(PushResponse.MessageOneofCase.Reshape)).Reshape;

        Assert.Equal((late.BatchId, push.Welcome.PolicyVersion), (Assert.Single(reshape.BatchIds), reshape.RequiredPolicyVersion));
        Assert.Equal(1, await hub.QueryAsync<long>("select count(*) from cases"));
        Assert.Equal([Outcome.New, Outcome.New], Make.Outcomes(await push.PushAsync(Make.Batch(push, Make.Record(German(2, null), 4), Make.Record(German(3, null), 5)))));

        // On a later day nobody shaped it in good faith.
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal([Outcome.Rejected], Make.Outcomes(await push.PushAsync(Make.Batch(push, Make.Record(German(4, "f"), 6)))));
    }

    private static Case German(int number, string? gender)
    {
        var @case = Make.Case("DE", number);
        @case.CustomerCountry = @case.CentreCountry = @case.CollectionCountry = "DE";
        @case.Customer = new Customer { Gender = gender is null ? null : new PersonalText { Clear = gender } };
        return @case;
    }
}
