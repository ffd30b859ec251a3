using CallTracking.Hub.Configuration;

namespace CallTracking.Hub.People;

internal static class PeopleExtensions
{
    /// <summary>Adds who may look at pages and REST.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services, HubOptions options) =>
        services
            .AddSingleton(options.People)
            .AddSingleton<ApiTokenStore>()
            .AddSingleton<AccountStore>()
            .AddSingleton<SessionStore>()
            .AddSingleton<SignInGuard>()
            .AddSingleton(_ => new Passwords())
            .AddSingleton<SignInDesk>()
            .AddSingleton<BrowserCookies>()
            .AddSingleton(provider => new TrustedProvider(options.People.Oidc is { } oidc
                ? new IdentityProvider(oidc, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<IdentityProvider>>())
                : null))
            .AddSingleton<PersonFinder>()
            .AddSingleton<AttemptLimits>();

    /// <summary>Puts <see cref="DoorGate"/> before every route of the web listener and maps where people sign in and out.</summary>
    public static WebApplication MapPeople(this WebApplication app)
    {
        app.UseMiddleware<DoorGate>();
        SignIn.Map(app);
        SignOut.Map(app);
        return app;
    }
}
