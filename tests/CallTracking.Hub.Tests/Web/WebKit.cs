using System.Net;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Storage;
using CallTracking.Hub.Tests.Cases;
using CallTracking.Hub.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallTracking.Hub.Tests.Web;

/// <summary>Pages and REST on a database of their own, listening on a port that the system chose.</summary>
internal sealed class WebKit : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebKit(WebApplication app, PlantedCases planted)
    {
        _app = app;
        Planted = planted;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public PlantedCases Planted { get; }

    public HttpClient Http { get; }

    public static async Task<WebKit> StartAsync(PlantedCases planted, TimeProvider? clock = null, string? tokenFile = null, Action<WebApplication>? map = null)
    {
        var options = new HubOptions
        {
            Country = "JP",
            Entity = "Example Holdings",
            StateDirectory = "",
            ConnectionString = planted.ConnectionString,
            GrpcListen = new IPEndPoint(IPAddress.Loopback, 0),
            GrpcHostNames = [],
            WebListen = new IPEndPoint(IPAddress.Loopback, 0),
            PoliciesDirectory = "",
            WebAccessTokenFile = tokenFile,
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services
            .AddSingleton(clock ?? TimeProvider.System)
            .AddSingleton(planted.DataSource)
            .AddSingleton(provider => new SchemaMigrator(planted.DataSource, MigrationFile.OfThisBuild, provider.GetRequiredService<TimeProvider>()))
            .AddCases()
            .AddWeb(options);
        var app = builder.Build();
        CaseApi.Map(app);
        app.MapWeb();
        map?.Invoke(app);
        await app.StartAsync();
        return new WebKit(app, planted);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
