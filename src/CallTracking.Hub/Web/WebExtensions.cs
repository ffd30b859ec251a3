using CallTracking.Hub.Configuration;
using CallTracking.Hub.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CallTracking.Hub.Web;

internal static class WebExtensions
{
    public static IServiceCollection AddWeb(this IServiceCollection services, HubOptions options)
    {
        services.AddRazorComponents();
        return services
            .AddPeople(options)
            .AddSingleton(_ => WebAccess.Require(options))
            .AddSingleton<StartViewSource>();
    }

    /// <summary>Puts <see cref="WebGate"/> and the gate for people before all routes of the web listener and maps the pages.</summary>
    /// <exception cref="HubException">Others could reach the web listener without saying who they are, or in the clear.</exception>
    public static WebApplication MapWeb(this WebApplication app)
    {
        app.Services.GetRequiredService<WebAccess>();
        app.UseMiddleware<WebGate>();
        app.MapPeople();
        PageAssets.Map(app);
        HealthCheck.Map(app);
        app.MapGet("/", StartAsync).Through(Door.Overview);
        return app;
    }

    private static async Task<RazorComponentResult> StartAsync(HttpContext http, StartViewSource source)
    {
        var person = http.RequirePerson();
        return new RazorComponentResult<StartPage>(new { View = await source.ReadAsync(person.Scope, http.RequestAborted), Visitor = Visitor.Of(person) });
    }
}
