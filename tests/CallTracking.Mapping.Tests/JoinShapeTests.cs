using CallTracking.Mapping.Shapes;
using Xunit;

namespace CallTracking.Mapping.Tests;

/// <summary>What a join is measured by: neither a slow loss nor a lucky small night may move it.</summary>
public sealed class JoinShapeTests
{
    [Theory]
    [InlineData(20, 0, 20, 1, 20, 0)] // A loss, however small.
    [InlineData(20, 0, 40, 0, 40, 0)] // As good, and more of it.
    [InlineData(1000, 100, 1000, 101, 1000, 100)]
    [InlineData(1000, 100, 1000, 99, 1000, 99)]
    [InlineData(1000, 200, 30, 2, 1000, 200)] // Luck.
    [InlineData(1000, 200, 500, 20, 500, 20)] // None.
    [InlineData(30, 3, 30, 5, 60, 8)] // Too little is known yet.
    [InlineData(30, 3, 30, 9, 30, 3)] // And this is told.
    [InlineData(20, 15, 20, 0, 20, 0)] // Cut at first contact.
    public void Then_ReadingAfterReading_KeepsTheBestThatIsNoChance(long named, long unmatched, long nextNamed, long nextUnmatched, long keptNamed, long keptUnmatched) =>
        Assert.Equal(new JoinShape(keptNamed, keptUnmatched), new JoinShape(named, unmatched).Then(new JoinShape(nextNamed, nextUnmatched)));

    [Fact]
    public void Then_SmallNightsOfWhichAFifthFindNothing_TellSeldom()
    {
        var chance = new Random(20261127);
        var told = 0;
        var known = (JoinShape?)null;
        for (var night = 0; night < 2000; night++)
        {
            var seen = new JoinShape(30, Enumerable.Range(0, 30).Count(_ => chance.Next(5) == 0));
            told += known is { } before && seen.HasFallenFrom(before) ? 1 : 0;
            known = known?.Then(seen) ?? seen;
        }

        Assert.InRange(told, 0, 160);
    }

    [Fact]
    public void Then_ManyRecordsOfWhichAFewMoreFindNothingEachNight_TellsAtATenth()
    {
        var known = new JoinShape(1000, 50);
        var unmatched = 50;
        while (!new JoinShape(1000, unmatched).HasFallenFrom(known))
        {
            known = known.Then(new JoinShape(1000, unmatched));
            unmatched += 2;
        }

        Assert.Equal(152, unmatched);
    }
}
