using System.Diagnostics;
using System.Net;
using CallTracking.Hub.People;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.People;

/// <summary>What somebody finds out or breaks who tries names and passwords on a real hub.</summary>
public sealed class GuessingTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private const string Password = PeopleHub.Password;

    [PostgresFact]
    public async Task SignIn_WrongOnesInARow_LockForATimeThatGrowsAndEnds()
    {
        await using var people = await PeopleHub.StartAsync(postgres, options => options with { LockAfter = 3 });
        await people.AddAccountAsync("weber");

        await GuessAsync(people, "weber", 3);
        Assert.False(await TryAsync(people, "weber"));
        people.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(await TryAsync(people, "weber"));

        // Tries while it is locked do not lengthen the time. One more wrong one afterwards doubles it.
        people.Clock.Advance(TimeSpan.FromSeconds(1));
        await GuessAsync(people, "weber", 1);
        people.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(await TryAsync(people, "weber"));
        people.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await TryAsync(people, "weber"));

        // However many: never longer than a quarter of an hour.
        await GuessAsync(people, "weber", 3);
        for (var round = 0; round < 12; round++)
        {
            people.Clock.Advance(TimeSpan.FromMinutes(15));
            await GuessAsync(people, "weber", 1);
        }

        people.Clock.Advance(TimeSpan.FromMinutes(14.9));
        Assert.False(await TryAsync(people, "weber"));
        people.Clock.Advance(TimeSpan.FromMinutes(0.1));
        Assert.True(await TryAsync(people, "weber"));
    }

    [PostgresFact]
    public async Task SignIn_InABrowserThatIsKnown_GoesOnWhileStrangersAreLocked()
    {
        await using var people = await PeopleHub.StartAsync(postgres, options => options with { LockAfter = 3 });
        await people.AddAccountAsync("weber");
        await people.AddAccountAsync("sato");
        using var known = people.OpenBrowser();
        Assert.True(await known.CanSignInAsync("weber", Password));

        await GuessAsync(people, "weber", 3);
        await GuessAsync(people, "sato", 3);

        Assert.False(await TryAsync(people, "weber"));
        Assert.True(await known.CanSignInAsync("weber", Password));

        // Known for one account is not known for another, and a known browser that guesses is locked itself.
        Assert.False(await known.CanSignInAsync("sato", Password));
        for (var round = 0; round < 3; round++)
        {
            Assert.False(await known.CanSignInAsync("weber", "wrong"));
        }

        Assert.False(await known.CanSignInAsync("weber", Password));
    }

    [PostgresFact]
    public async Task SignIn_ManyTriesAtOnce_CountEachOfThem()
    {
        await using var people = await PeopleHub.StartAsync(postgres, options => options with { LockAfter = 3 });
        await people.AddAccountAsync("weber");

        await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => GuessAsync(people, "weber", 1)));

        Assert.Equal(3, await people.Hub.QueryAsync<int>("select failures from sign_in_guard"));
        Assert.Equal(3, people.Hub.Log.Events.Count(entry => entry.Text.Contains(": wrong", StringComparison.Ordinal)));
    }

    [PostgresFact]
    public async Task SignIn_UnknownWrongDisabledLocked_AreAnsweredTheSameAfterTheSameTime()
    {
        await using var people = await PeopleHub.StartAsync(postgres, options => options with { LockAfter = 4 });
        await people.AddAccountAsync("weber");
        await people.Hub.Services.GetRequiredService<AccountStore>().DisableAsync(await people.AddAccountAsync("sato"), people.Clock.GetUtcNow(), default);
        await people.AddAccountAsync("locked");
        await GuessAsync(people, "locked", 4);
        await GuessAsync(people, "nobody-locked", 4);
        await TryAsync(people, "warm-up");

        var told = new List<(HttpStatusCode, string)>();
        var times = new Dictionary<string, double>();
        bool AreAlike() => times.Values.All(time => time >= times["weber"] / 3 && time <= times["weber"] * 3);

        // More rounds only where others slow this one down: an answer without the hash is the quickest in all of them.
        for (var round = 0; round < 20 && (round < 5 || !AreAlike()); round++)
        {
            // One after the other in each round: what else the machine does falls on all of them.
            foreach (var (name, password) in new[] { ("weber", "wrong"), ("nobody", "wrong"), ("sato", Password), ("locked", Password), ("nobody-locked", Password), ("not a name!", "wrong") })
            {
                using var browser = people.OpenBrowser();
                var began = Stopwatch.GetTimestamp();
                using var answer = await browser.SignInAsync(name, password);
                times[name] = Math.Min(times.GetValueOrDefault(name, double.MaxValue), Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                told.Add((answer.StatusCode, SignInBrowser.MessageOf(await answer.Content.ReadAsStringAsync())));
            }
        }

        Assert.Equal(HttpStatusCode.Unauthorized, Assert.Single(told.Distinct()).Item1);
        Assert.NotEmpty(told[0].Item2);

        // The hash is most of the time: without it an answer comes in a tenth.
        Assert.True(AreAlike(), string.Join(", ", times.Select(time => $"{time.Key} {time.Value:0} ms")));
    }

    [PostgresFact]
    public async Task SignIn_TooManyTriesFromOneAddress_AreHeldOff()
    {
        await using var people = await PeopleHub.StartAsync(postgres, options => options with { SignInsAMinute = 2 });
        await GuessAsync(people, "one", 1);
        await GuessAsync(people, "two", 1);

        using var browser = people.OpenBrowser();
        using var answer = await browser.SignInAsync("three", "wrong");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(60, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
    }

    [PostgresFact]
    public async Task SignIn_BehindAProxy_CountsTheAddressThatTheProxyTells()
    {
        await using var people = await PeopleHub.StartAsync(postgres, options => options with { WrongTokensAMinute = 1, IsBehindProxy = true });

        Assert.Equal(HttpStatusCode.Unauthorized, await AskFromAsync("203.0.113.7"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskFromAsync("203.0.113.7"));

        // What the caller wrote himself stands before what the proxy wrote, and counts for nothing.
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskFromAsync("198.51.100.1, 203.0.113.7"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskFromAsync("203.0.113.8"));

        // Of IPv6 the network counts.
        Assert.Equal(HttpStatusCode.Unauthorized, await AskFromAsync("2001:db8:1:2::1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskFromAsync("2001:db8:1:2:ffff::9"));

        async Task<HttpStatusCode> AskFromAsync(string forwarded)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/regions");
            request.Headers.Add("X-Forwarded-For", forwarded);
            request.Headers.Authorization = new("Bearer", ApiToken.Create().ToString());
            using var answer = await people.Http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    private static async Task GuessAsync(PeopleHub people, string name, int times)
    {
        for (var round = 0; round < times; round++)
        {
            using var browser = people.OpenBrowser();
            Assert.False(await browser.CanSignInAsync(name, "wrong"));
        }
    }

    private static async Task<bool> TryAsync(PeopleHub people, string name)
    {
        using var browser = people.OpenBrowser();
        return await browser.CanSignInAsync(name, Password);
    }
}
