using CallTracking.Contracts;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Privacy;
using Xunit;

namespace CallTracking.Hub.Tests.Policies;

/// <summary>The door's view of how long a case may be kept, at the instant on which it is over.</summary>
public sealed class RuleBookTests
{
    private static readonly DateTimeOffset Over = Make.Day.AddMonths(1);

    [Theory]
    [InlineData("opened")]
    [InlineData("closed")]
    [InlineData("last_contact")]
    [InlineData("updated")]
    public void HasExpired_AtTheEndOfThePeriodOfItsEvent_IsTrueFromThatInstantOn(string clock)
    {
        var book = Book(clock);
        var @case = new Case { CustomerCountry = "ZZ" };
        Assert.False(book.HasExpired(@case, DateTimeOffset.MaxValue));
        var time = Make.Time(Make.Day);
        (@case.Opened, @case.Closed, @case.LastContact, @case.Updated) =
            (clock == "opened" ? time : null, clock == "closed" ? time : null, clock == "last_contact" ? time : null, clock == "updated" ? time : null);

        Assert.Equal((false, true), (book.HasExpired(@case, Over.AddTicks(-1)), book.HasExpired(@case, Over)));
    }

    private static RuleBook Book(string clock)
    {
        PolicyDocument[] documents =
        [
            new() { Name = "default.yaml", Yaml = "jurisdiction: default" },
            new() { Name = "zz.yaml", Yaml = $"jurisdiction: zz\ncountries: [ZZ]\nretention: [{{clock: {clock}, period: P1M, action: delete}}]" },
        ];
        return new RuleBook(new PolicyVersion(1, Make.Day, Make.Day, "counsel", "", 1, documents), PolicySet.Parse(documents, PolicySet.DayOf(Make.Day)).Policies!);
    }
}
