using System.Net;
using System.Text.RegularExpressions;

namespace CallTracking.Hub.Tests.People;

/// <summary>What a browser does with cookies and forms, by hand, so that tests can leave any of it out.</summary>
internal sealed partial class SignInBrowser : IDisposable
{
    private readonly SocketsHttpHandler _handler;

    public SignInBrowser(Uri hub)
    {
        _handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies };
        Http = new HttpClient(_handler) { BaseAddress = hub };
    }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http { get; }

    /// <summary>Opens the page and sends its form.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string name, string password, string to = "/")
    {
        var token = TokenOf(await Http.GetStringAsync($"/sign-in?to={Uri.EscapeDataString(to)}"));
        return await PostAsync("/sign-in", ("token", token), ("name", name), ("password", password), ("to", to));
    }

    public async Task<bool> CanSignInAsync(string name, string password)
    {
        using var answer = await SignInAsync(name, password);
        return answer.StatusCode is HttpStatusCode.SeeOther;
    }

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        return answer.StatusCode;
    }

    public async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await Http.PostAsync(path, form);
    }

    /// <summary>What the form on a page carries.</summary>
    public static string TokenOf(string html) => WebUtility.HtmlDecode(TokenPattern().Match(html).Groups[1].Value);

    /// <summary>The page's message.</summary>
    public static string MessageOf(string html) => MessagePattern().Match(html).Groups[1].Value;

    public void Dispose()
    {
        Http.Dispose();
        _handler.Dispose();
    }

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex TokenPattern();

    [GeneratedRegex("id=\"message\">([^<]+)<")]
    private static partial Regex MessagePattern();
}
