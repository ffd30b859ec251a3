using System.Net;
using CallTracking.Hub.People;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.People;

/// <summary>Accounts and sessions of a real hub over HTTP.</summary>
public sealed class SignInTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private const string Password = PeopleHub.Password;

    [PostgresFact]
    public async Task SignIn_RightPassword_OpensThePagesUntilSignOut()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        await people.AddAccountAsync("M.Weber");
        using var browser = people.OpenBrowser();

        using var sent = await AskAsBrowserAsync(browser, "/?a=b");
        using var answer = await browser.SignInAsync("m.weber", Password, "/?a=b");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(line => line.StartsWith("calltracking-session", StringComparison.Ordinal));
        var page = await browser.Http.GetStringAsync("/");
        using var stolen = people.OpenBrowser();
        stolen.Cookies.SetCookies(people.Hub.Host.WebAddress, cookie.Split(';')[0]);
        var before = await stolen.StatusAsync("/api/v1/cases");
        using var end = await browser.PostAsync("/sign-out", ("token", SignInBrowser.TokenOf(page)));

        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in?to=%2F%3Fa%3Db"), (sent.StatusCode, sent.Headers.Location!.OriginalString));
        Assert.Equal((HttpStatusCode.SeeOther, "/?a=b"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("M.Weber, analyst", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.SeeOther), (before, end.StatusCode));

        // Signed out is signed out, also for whoever has the cookie.
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (await browser.StatusAsync("/"), await stolen.StatusAsync("/api/v1/cases")));
        var kept = await people.Hub.DumpAsync() + string.Concat(people.Hub.Log.Events.Select(entry => entry.Text));
        Assert.DoesNotContain(cookie.Split('=', ';')[1], kept, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(people.Hub.Log.Events, entry => entry.Text.Contains("weber", StringComparison.OrdinalIgnoreCase));
    }

    [PostgresFact]
    public async Task SignIn_PasswordChangedOrAccountDisabledWhileItWasLookedAt_BeginsNoSession()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        var id = await people.AddAccountAsync("weber");
        var source = people.Hub.Services.GetRequiredService<Npgsql.NpgsqlDataSource>();
        var sessions = people.Hub.Services.GetRequiredService<SessionStore>();
        await using var read = source.CreateCommand($"select password_hash from account where id = '{id}'");
        var hash = (string)(await read.ExecuteScalarAsync())!;
        var now = people.Clock.GetUtcNow();

        Assert.NotNull(await sessions.BeginAsync(new SignedInAccount(id, hash), now, CancellationToken.None));
        Assert.Null(await sessions.BeginAsync(new SignedInAccount(id, hash + "x"), now, CancellationToken.None));
        await using var disable = source.CreateCommand($"update account set disabled_at = now() where id = '{id}'");
        await disable.ExecuteNonQueryAsync();
        Assert.Null(await sessions.BeginAsync(new SignedInAccount(id, hash), now, CancellationToken.None));
    }

    [PostgresTheory]
    [InlineData("!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA*")]
    public async Task SignIn_DamagedCookies_CountAsNone(string cookie)
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        using var browser = people.OpenBrowser();
        foreach (var name in new[] { "calltracking-form", "calltracking-session", "calltracking-known" })
        {
            browser.Cookies.SetCookies(people.Hub.Host.WebAddress, $"{name}={cookie}");
        }

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (await browser.StatusAsync("/sign-in"), await browser.StatusAsync("/api/v1/cases")));
    }

    [PostgresFact]
    public async Task SignIn_WayBackThatIsNoAscii_GoesToTheStartPage()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        await people.AddAccountAsync("weber");
        using var browser = people.OpenBrowser();

        using var answer = await browser.SignInAsync("weber", Password, "/ü");

        Assert.Equal((HttpStatusCode.SeeOther, "/"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
    }

    [PostgresFact]
    public async Task Session_IdleOrOldOrItsAccountDisabledOrItsPasswordChanged_IsOver()
    {
        await using var people = await PeopleHub.StartAsync(postgres, options => options with { SessionIdle = TimeSpan.FromMinutes(30), SessionLife = TimeSpan.FromHours(2) });
        var id = await people.AddAccountAsync("weber");
        var accounts = people.Hub.Services.GetRequiredService<AccountStore>();
        using var browser = people.OpenBrowser();

        Assert.True(await browser.CanSignInAsync("weber", Password));
        for (var round = 0; round < 4; round++)
        {
            people.Clock.Advance(TimeSpan.FromMinutes(29));
            Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/v1/regions"));
        }

        // Used all the time, and two hours old.
        people.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("/api/v1/regions"));

        Assert.True(await browser.CanSignInAsync("weber", Password));
        people.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("/api/v1/regions"));

        Assert.True(await browser.CanSignInAsync("weber", Password));
        await accounts.DisableAsync(id, people.Clock.GetUtcNow(), default);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("/api/v1/regions"));
        Assert.False(await browser.CanSignInAsync("weber", Password));
        await accounts.EnableAsync(id, default);

        Assert.True(await browser.CanSignInAsync("weber", Password));
        await accounts.SetPasswordAsync(id, people.Hub.Services.GetRequiredService<Passwords>().Hash("another good password"), people.Clock.GetUtcNow(), default);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("/api/v1/regions"));
        Assert.False(await browser.CanSignInAsync("weber", Password));
        Assert.True(await browser.CanSignInAsync("weber", "another good password"));
    }

    [PostgresFact]
    public async Task Session_OfOneHubProcess_HoldsInAnotherAndEndsInBoth()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        await people.AddAccountAsync("weber");
        await using var second = await TestHub.StartAsync(people.Hub.Options.ConnectionString, people.Clock, change: options => options with { People = people.Hub.Options.People });
        using var browser = people.OpenBrowser();
        Assert.True(await browser.CanSignInAsync("weber", Password));

        // Cookies know no ports: the browser sends them to both.
        var there = new Uri(second.Host.WebAddress, "/api/v1/regions").ToString();
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(there));
        using var end = await browser.PostAsync(new Uri(second.Host.WebAddress, "/sign-out").ToString(), ("token", SignInBrowser.TokenOf(await browser.Http.GetStringAsync("/"))));
        Assert.Equal(HttpStatusCode.SeeOther, end.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("/api/v1/regions"));
    }

    [PostgresFact]
    public async Task SignOut_OfOneSession_LeavesTheOthers()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        await people.AddAccountAsync("weber");
        using var one = people.OpenBrowser();
        using var other = people.OpenBrowser();
        Assert.True(await one.CanSignInAsync("weber", Password) && await other.CanSignInAsync("weber", Password));

        using var end = await one.PostAsync("/sign-out", ("token", SignInBrowser.TokenOf(await one.Http.GetStringAsync("/"))));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await one.StatusAsync("/"), await other.StatusAsync("/")));
    }

    [PostgresFact]
    public async Task Forms_WithoutWhatTheirPageGaveThem_ChangeNothing()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        await people.AddAccountAsync("weber");
        using var browser = people.OpenBrowser();
        using var foreign = people.OpenBrowser();
        (string, string)[] right = [("name", "weber"), ("password", Password)];
        var token = SignInBrowser.TokenOf(await browser.Http.GetStringAsync("/sign-in"));

        using var none = await browser.PostAsync("/sign-in", right);
        using var others = await browser.PostAsync("/sign-in", [.. right, ("token", SignInBrowser.TokenOf(await foreign.Http.GetStringAsync("/sign-in")))]);
        using var withoutCookie = await people.OpenBrowser().PostAsync("/sign-in", [.. right, ("token", token)]);
        browser.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        using var crossSite = await browser.PostAsync("/sign-in", [.. right, ("token", token)]);
        browser.Http.DefaultRequestHeaders.Clear();
        Assert.All([none, others, withoutCookie, crossSite], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Equal(0, await people.Hub.QueryAsync<long>("select count(*) from account_session"));

        Assert.True(await browser.CanSignInAsync("weber", Password));
        using var outWithout = await browser.PostAsync("/sign-out");
        using var outWithOld = await browser.PostAsync("/sign-out", ("token", token));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (outWithout.StatusCode, outWithOld.StatusCode));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/"));
    }

    [PostgresFact]
    public async Task SignIn_SentOnToAnotherHost_GoesToTheStartPage()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        await people.AddAccountAsync("weber");
        using var browser = people.OpenBrowser();

        foreach (var to in new[] { "https://evil.example/", "//evil.example", "/\\evil.example", "evil", "", "/\tx" })
        {
            using var answer = await browser.SignInAsync("weber", Password, to);
            Assert.Equal("/", answer.Headers.Location!.OriginalString);
        }
    }

    [PostgresFact]
    public async Task SignIn_PasswordKeptInAWeakerWay_IsKeptBetterAfterwards()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        await people.AddAccountAsync("weber", keptBy: new Passwords(1000));
        using var browser = people.OpenBrowser();
        var weak = await people.Hub.QueryAsync<string>("select password_hash from account");

        Assert.True(await browser.CanSignInAsync("weber", Password));
        var strong = await people.Hub.QueryAsync<string>("select password_hash from account");
        Assert.True(await browser.CanSignInAsync("weber", Password));

        Assert.Equal((1000, Passwords.Iterations), (IterationsOf(weak), IterationsOf(strong)));
        Assert.Equal(strong, await people.Hub.QueryAsync<string>("select password_hash from account"));
    }

    [PostgresFact]
    public async Task SignIn_WhereNobodySignsIn_IsNotThere()
    {
        await using var people = await PeopleHub.StartAsync(postgres, options => options with { SignIn = SignInRule.None });

        using var page = await people.AskAsync("/sign-in");
        using var form = await people.AskAsync("/sign-in", method: "POST");
        using var start = await people.AskAsync("/");
        using var wrong = await people.AskAsync("/", "cthub_wrong");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (page.StatusCode, form.StatusCode, start.StatusCode, wrong.StatusCode));
    }

    // The hasher's format: a byte of version, four of the function, four of the iterations.
    private static int IterationsOf(string hash) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5));

    private static async Task<HttpResponseMessage> AskAsBrowserAsync(SignInBrowser browser, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        return await browser.Http.SendAsync(request);
    }
}
