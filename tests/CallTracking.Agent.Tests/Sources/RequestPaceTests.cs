using CallTracking.Agent.Sources.Http;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>How far apart an interface is asked.</summary>
public sealed class RequestPaceTests
{
    [Fact]
    public async Task Wait_ManyRequestsWithoutARow_SaysHowManyAndWhyNotFaster()
    {
        var clock = new ManualClock();
        List<string> said = [];
        var pace = new RequestPace(new HttpRate(60, null, null), "desk", said.Add, clock);

        for (var request = 0; request < 45; request++)
        {
            var waiting = pace.WaitAsync(CancellationToken.None);
            clock.Advance(TimeSpan.FromSeconds(1));
            await waiting;
        }

        Assert.Equal(["desk: 30 requests so far, at most 60 a minute"], said);
    }
}
