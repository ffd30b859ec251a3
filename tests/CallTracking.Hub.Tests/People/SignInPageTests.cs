using CallTracking.Hub.People;
using CallTracking.Hub.Tests.Web;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.People;

/// <summary>Signing in and out as a person does, in a real Chromium.</summary>
public sealed class SignInPageTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    [ChromiumFact]
    public async Task Page_WrongThenRightPasswordThenSignOut_DoesWhatItSays()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        await people.AddAccountAsync("Weber", Role.Operator);
        await using var browser = await Browser.OpenAsync();

        var page = await browser.VisitAsync(new Uri(people.Hub.Host.WebAddress, "/?from=mail"));
        Assert.Equal("/sign-in", new Uri(page.Url).AbsolutePath);
        Assert.Equal(0, await page.Locator("script").CountAsync());
        await Browser.SaveAsync(page, "sign-in.png");

        await page.FillAsync("#name", "weber");
        await page.FillAsync("#password", "not the right one");
        await page.ClickAsync("button[type=submit]");
        Assert.Contains("wrong", await page.InnerTextAsync("#message"), StringComparison.Ordinal);

        await page.FillAsync("#password", PeopleHub.Password);
        await page.ClickAsync("button[type=submit]");
        Assert.Contains("Weber, operator", await page.InnerTextAsync("#signed-in"), StringComparison.Ordinal);
        Assert.Equal("/?from=mail", new Uri(page.Url).PathAndQuery);

        // Nothing leads where the role may not go.
        Assert.Equal(0, await page.Locator("a[href^='/api/v1/cases']").CountAsync());
        Assert.NotEqual(0, await page.Locator("a[href^='/api/v1/counts']").CountAsync());
        await Browser.SaveAsync(page, "signed-in.png");

        await page.ClickAsync("#signed-in button");
        Assert.Equal("/sign-in", new Uri(page.Url).AbsolutePath);
        await page.GotoAsync(people.Hub.Host.WebAddress.ToString());
        Assert.Equal("/sign-in", new Uri(page.Url).AbsolutePath);
        Assert.All(browser.Complaints, complaint => Assert.Contains("401", complaint, StringComparison.Ordinal));
    }
}
