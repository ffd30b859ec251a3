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
        await using var hub = await TestHub.StartAsync((await postgres.CreateDatabaseAsync()).ConnectionString, clock);
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
}
