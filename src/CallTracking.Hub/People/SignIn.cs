using CallTracking.Hub.Cases;
using CallTracking.Hub.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CallTracking.Hub.People;

/// <summary><c>/sign-in</c>: the page and its form. It works without scripts.</summary>
internal static class SignIn
{
    public const string Path = "/sign-in";

    /// <summary>Names the form to <see cref="BrowserSecret.FormToken"/>.</summary>
    public const string Form = "sign-in";

    private const string Refused = "Name or password is wrong, or there were too many wrong ones: then it helps to wait a quarter of an hour.";
    private const string Stale = "This form was too old, or cookies are switched off. Please try again.";
    private const string HeldOff = "Too many tries. Please wait a minute.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).Through(Door.Anyone);
        routes.MapPost(Path, TryAsync).Through(Door.Anyone);
    }

    /// <summary>Where a browser goes that has to sign in first, and comes back from.</summary>
    public static string AddressFor(HttpContext http) => $"{Path}?to={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}";

    private static async Task ShowAsync(HttpContext http, WebAccess access, BrowserCookies cookies)
    {
        if (!await HasNoneAsync(http, access))
        {
            await PageAsync(http, cookies, StatusCodes.Status200OK, null, string.Empty, http.Request.Query["to"].ToString());
        }
    }

    private static async Task TryAsync(HttpContext http, WebAccess access, BrowserCookies cookies, AttemptLimits limits, SignInDesk desk, SessionStore sessions, TimeProvider clock)
    {
        if (await HasNoneAsync(http, access))
        {
            return;
        }

        var fields = await FormFields.ReadAsync(http);
        var (name, to) = (fields["name"], fields["to"]);
        if (cookies.Form(http)?.IsFormToken(Form, fields["token"]) is not true || FormFields.IsFromElsewhere(http))
        {
            await PageAsync(http, cookies, StatusCodes.Status400BadRequest, Stale, name, to);
            return;
        }

        if (!limits.TrySignIn(http))
        {
            http.Response.Headers.RetryAfter = FormattableString.Invariant($"{AttemptLimits.RetryAfterSeconds}");
            await PageAsync(http, cookies, StatusCodes.Status429TooManyRequests, HeldOff, name, to);
            return;
        }

        var known = cookies.Known(http) ?? BrowserSecret.Create();
        if (await desk.TryAsync(name, fields["password"], known, http.RequestAborted) is not { } account)
        {
            await PageAsync(http, cookies, StatusCodes.Status401Unauthorized, Refused, name, to);
            return;
        }

        if (cookies.Session(http) is { } before)
        {
            await sessions.EndAsync(before, http.RequestAborted);
        }

        if (await sessions.BeginAsync(account, clock.GetUtcNow(), http.RequestAborted) is not { } session)
        {
            await PageAsync(http, cookies, StatusCodes.Status401Unauthorized, Refused, name, to);
            return;
        }

        cookies.SignIn(http, session, known);
        FormFields.GoTo(http, IsOwn(to) ? to : "/");
    }

    // A path of this hub, and nothing that a browser takes for another host.
    private static bool IsOwn(string to) => to.StartsWith('/') && !to.StartsWith("//", StringComparison.Ordinal) && !to.Contains('\\') && to.All(sign => char.IsAscii(sign) && !char.IsControl(sign));

    private static async Task<bool> HasNoneAsync(HttpContext http, WebAccess access)
    {
        if (access.Rule is WebRule.SignIn)
        {
            return false;
        }

        await ApiProblem.WriteAsync(http, StatusCodes.Status404NotFound, "Nobody signs in here.", "This hub has no accounts in use; web.sign_in: required in its hub.yaml begins them.");
        return true;
    }

    private static Task PageAsync(HttpContext http, BrowserCookies cookies, int status, string? message, string name, string to) =>
        new RazorComponentResult<SignInPage>(new
        {
            Token = cookies.RequireForm(http).FormToken(Form),
            Message = message,
            Name = name,
            To = IsOwn(to) ? to : "/",
        })
        { StatusCode = status }.ExecuteAsync(http);
}

/// <summary><c>/sign-out</c>: ends the session, in every hub process.</summary>
internal static class SignOut
{
    public const string Path = "/sign-out";

    /// <summary>Names the form to <see cref="BrowserSecret.FormToken"/>.</summary>
    public const string Form = "sign-out";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, EndAsync).Through(Door.OwnSession);

    private static async Task EndAsync(HttpContext http, BrowserCookies cookies, SessionStore sessions)
    {
        var fields = await FormFields.ReadAsync(http);
        if (cookies.Session(http) is not { } session || !session.IsFormToken(Form, fields["token"]) || FormFields.IsFromElsewhere(http))
        {
            await ApiProblem.WriteAsync(http, StatusCodes.Status400BadRequest, "There is no session to end.", "Use the button on a page of this hub.");
            return;
        }

        await sessions.EndAsync(session, http.RequestAborted);
        cookies.SignOut(http);
        FormFields.GoTo(http, SignIn.Path);
    }
}
