using CallTracking.Hub.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CallTracking.Hub.Web;

internal static class WebExtensions
{
    public static IServiceCollection AddWeb(this IServiceCollection services, HubOptions options)
    {
        services.AddRazorComponents();
        return services
            .AddSingleton(_ => WebAccess.Require(options.WebListen, options.WebAccessTokenFile))
            .AddSingleton<StartViewSource>();
    }

    /// <summary>Puts <see cref="WebGate"/> before what is mapped from here on and maps the pages.</summary>
    /// <exception cref="HubException">The web listener could be reached from other machines without a token.</exception>
    public static WebApplication MapWeb(this WebApplication app)
    {
        app.Services.GetRequiredService<WebAccess>();
        app.UseMiddleware<WebGate>();
        PageAssets.Map(app);
        HealthCheck.Map(app);
        app.MapGet("/", async (StartViewSource source, CancellationToken cancellationToken) =>
            new RazorComponentResult<StartPage>(new { View = await source.ReadAsync(cancellationToken) }));
        return app;
    }
}
