using System.Globalization;
using CallTracking.Hub.Access;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Web;

namespace CallTracking.Hub.People;

/// <summary>
/// Lets a request through to its route if the route has a <see cref="Door"/> and <see cref="Doors"/> admits the asker's role. A
/// route that nobody put behind a door is answered as if it were not there.
/// </summary>
internal sealed class DoorGate(RequestDelegate next, PersonFinder finder, AttemptLimits limits, WebAccess access, ILogger<DoorGate> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        var door = endpoint?.Metadata.GetMetadata<DoorSign>()?.Door;
        if (http.Features.Get<GrpcListenerFeature>() is not null || door is Door.Anyone)
        {
            // gRPC has its callers, whom CallerGate knows.
            await next(http);
            return;
        }

        if (http.Request.Headers.Authorization.Count > 0 && !limits.MayShowToken(http))
        {
            await HoldOffAsync(http);
            return;
        }

        var shown = await finder.FindAsync(http);
        if (shown is { Person: null, ShowedToken: true })
        {
            limits.CountWrongToken(http);
        }

        if (shown.Person is not { } person)
        {
            await AskAsync(http, shown.ShowedToken, access.Rule is WebRule.SignIn && IsBrowser(http));
        }
        else if (endpoint is RouteEndpoint route && door is null)
        {
            PeopleLog.NoDoor(logger, route.RoutePattern.RawText ?? "/");
            await ApiProblem.WriteAsync(http, StatusCodes.Status404NotFound, "There is nothing here.", "This address is open to nobody.");
        }
        else if (door is { } known && !Doors.Admit(known, person.Role))
        {
            await ApiProblem.WriteAsync(http, StatusCodes.Status403Forbidden, "This is not for your role.", $"The role {RoleWords.Of(person.Role)} may not use it: ask the hub's operator.");
        }
        else
        {
            http.SetPerson(person);
            AuditActor.Is(person);
            await next(http);
        }
    }

    /// <summary>429 for an address that guessed too often.</summary>
    public static Task HoldOffAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = AttemptLimits.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return ApiProblem.WriteAsync(http, StatusCodes.Status429TooManyRequests, "Too many wrong tokens or passwords.", "Wait a minute, and then show a good one.");
    }

    private static bool IsBrowser(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task AskAsync(HttpContext http, bool showedToken, bool isBrowser)
    {
        if (isBrowser && !showedToken)
        {
            FormFields.GoTo(http, SignIn.AddressFor(http));
            return Task.CompletedTask;
        }

        http.Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblem.WriteAsync(
            http,
            StatusCodes.Status401Unauthorized,
            showedToken ? "The token is not good." : "A token is needed.",
            showedToken ? "It is unknown, revoked or expired: ask the hub's operator for a new one." : "Send Authorization: Bearer with a token that the hub's operator gave you.");
    }
}
