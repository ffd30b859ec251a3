using System.Collections.Concurrent;
using CallTracking.Testing;
using Microsoft.Playwright;

namespace CallTracking.Hub.Tests.Web;

/// <summary>A real Chromium that remembers what a page complained of and what it asked for.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _driver;
    private readonly IBrowser _browser;

    private Browser(IPlaywright driver, IBrowser browser)
    {
        _driver = driver;
        _browser = browser;
    }

    /// <summary>Errors and warnings of the console, failures of scripts, requests that failed.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    public ConcurrentQueue<string> Requests { get; } = [];

    public static async Task<Browser> OpenAsync()
    {
        var driver = await Playwright.CreateAsync();
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "chromium")).First(File.Exists);
        return new Browser(driver, await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Flags }));
    }

    public async Task<IPage> VisitAsync(Uri address)
    {
        var page = await _browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1360, Height = 1100 } });
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Enqueue(error);
        page.RequestFailed += (_, request) => Complaints.Enqueue($"{request.Url}: {request.Failure}");
        page.Request += (_, request) => Requests.Enqueue(request.Url);
        await page.GotoAsync(address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        return page;
    }

    /// <summary>Keeps a picture of the whole page in <c>.run/screenshots</c> for people to look at.</summary>
    public static async Task SaveAsync(IPage page, string name) =>
        await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = RepositoryRoot.Path(".run", "screenshots", name) });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _driver.Dispose();
    }
}
