using CallTracking.Contracts;
using CallTracking.Hub.Tests.Cases;
using CallTracking.Testing;
using Microsoft.Playwright;
using Xunit;

namespace CallTracking.Hub.Tests.Web;

public sealed class StartPageTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    [ChromiumFact]
    public async Task Start_RegionsAndCases_AreShownWithAChartAndNothingFromElsewhere()
    {
        var planted = await PlantedCases.CreateAsync(postgres);
        await CaseApiTests.PlantRegionsAsync(planted);
        await PlantWorldAsync(planted);
        await using var web = await WebKit.StartAsync(planted, new ManualClock(PlantedCases.At(41)));
        await using var browser = await Browser.OpenAsync();

        var page = await browser.VisitAsync(new Uri(web.Http.BaseAddress!, "/"));
        await page.WaitForSelectorAsync("[data-chart=backlog] canvas");

        Assert.Contains("closes", await page.InnerTextAsync("tr[data-region=DE]"), StringComparison.Ordinal);
        Assert.Contains("no report yet", await page.InnerTextAsync("tr[data-region=JP]"), StringComparison.Ordinal);
        Assert.Equal("36", await page.InnerTextAsync("tr[data-country=DE] td:last-child"));
        Assert.Contains("version 3", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.True(await HasInkAsync(page), "The chart's canvas is empty.");

        // A tooltip is where a chart library is tempted to write styles into the page.
        await page.HoverAsync("[data-chart=backlog]");
        await page.WaitForTimeoutAsync(200);
        Assert.Empty(browser.Complaints);
        Assert.All(browser.Requests, request => Assert.Equal(web.Http.BaseAddress!.Authority, new Uri(request).Authority));
        await Browser.SaveAsync(page, "start.png");
    }

    [ChromiumFact]
    public async Task Start_EmptyDatabase_SaysHowToAddARegion()
    {
        await using var web = await WebKit.StartAsync(await PlantedCases.CreateAsync(postgres));
        await using var browser = await Browser.OpenAsync();

        var page = await browser.VisitAsync(new Uri(web.Http.BaseAddress!, "/"));

        Assert.Contains("calltracking-hub region add", await page.InnerTextAsync("#no-region"), StringComparison.Ordinal);
        Assert.Empty(browser.Complaints);
    }

    private static async Task<bool> HasInkAsync(IPage page) => await page.EvaluateAsync<bool>("""
        () => {
          const canvas = document.querySelector('[data-chart=backlog] canvas');
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          return pixels.some(value => value !== 0);
        }
        """);

    private static async Task PlantWorldAsync(PlantedCases planted)
    {
        (string Region, string Country, string Category, int Count)[] world =
        [
            ("DE", "DE", "SMARTPHONE", 25), ("DE", "DE", "BATTERY", 11), ("DE", "AT", "SMARTPHONE", 7), ("DE", "CH", "CAMERA", 3),
            ("JP", "JP", "SMARTPHONE", 31), ("JP", "JP", "BATTERY", 19), ("JP", "JP", "CAMERA", 14), ("JP", "JP", "", 2),
        ];
        var number = 0;
        foreach (var (region, country, category, count) in world)
        {
            for (var index = 0; index < count; index++)
            {
                var status = (CaseStatus)(1 + (number++ % 7));
                var openedOn = 5 + (number * 7 % 35);
                var uid = await planted.AddAsync(PlantedCases.NewCase(region, country, openedOn, category, status));
                await planted.AddEventAsync(uid, region, openedOn, +1);
                if (status >= CaseStatus.Resolved)
                {
                    await planted.AddEventAsync(uid, region, openedOn + 4, -1);
                }
            }
        }
    }
}
