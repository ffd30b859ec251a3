using CallTracking.Hub.Web;

namespace CallTracking.Hub.People;

/// <summary>
/// The three cookies of a browser: who is signed in, that somebody signed in here before, and which forms we gave out. No script
/// reads them, no other site has them sent, and under TLS they belong to this host alone (<c>__Host-</c>).
/// </summary>
internal sealed class BrowserCookies(WebAccess access)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(180);

    private string SessionName => NameOf("session");

    private string KnownName => NameOf("known");

    private string FormName => NameOf("form");

    public BrowserSecret? Session(HttpContext http) => BrowserSecret.Parse(http.Request.Cookies[SessionName]);

    public BrowserSecret? Known(HttpContext http) => BrowserSecret.Parse(http.Request.Cookies[KnownName]);

    public BrowserSecret? Form(HttpContext http) => BrowserSecret.Parse(http.Request.Cookies[FormName]);

    /// <summary>The browser's own for forms; a new one where it has none.</summary>
    public BrowserSecret RequireForm(HttpContext http)
    {
        if (Form(http) is { } held)
        {
            return held;
        }

        var secret = BrowserSecret.Create();
        Set(http, FormName, secret, null);
        return secret;
    }

    public void SignIn(HttpContext http, BrowserSecret session, BrowserSecret known)
    {
        Set(http, SessionName, session, null);
        Set(http, KnownName, known, KnownFor);
        http.Response.Cookies.Delete(FormName, Options(null));
    }

    public void SignOut(HttpContext http) => http.Response.Cookies.Delete(SessionName, Options(null));

    private void Set(HttpContext http, string name, BrowserSecret secret, TimeSpan? life) => http.Response.Cookies.Append(name, secret.ToString(), Options(life));

    private string NameOf(string what) => (access.IsEncrypted ? "__Host-" : string.Empty) + "calltracking-" + what;

    private CookieOptions Options(TimeSpan? life) => new() { HttpOnly = true, Secure = access.IsEncrypted, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = life };
}
