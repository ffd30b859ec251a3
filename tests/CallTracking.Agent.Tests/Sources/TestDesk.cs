using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>A help desk in the cloud on a real port: a list of tickets, and whatever answer a test gives it in place of its own.</summary>
internal sealed class TestDesk : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestDesk(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Path and query of each request, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The value of Authorization of each request.</summary>
    public ConcurrentQueue<string> Authorizations { get; } = new();

    /// <summary>Answers to give first, one a request; each may leave the answer to the next by returning false.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Before { get; } = new();

    /// <summary>The desk's own answer.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>A desk; with a certificate it speaks TLS as localhost.</summary>
    public static async Task<TestDesk> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener =>
        {
            if (certificate is not null)
            {
                listener.UseHttps(certificate);
            }
        }));
        var app = builder.Build();
        var desk = new TestDesk(app);
        app.Run(desk.ServeAsync);
        await app.StartAsync();
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        desk.Address = new Uri($"{address.Scheme}://localhost:{address.Port}");
        return desk;
    }

    /// <summary>Tickets as JSON, with more properties behind them.</summary>
    public static string Page(IEnumerable<int> ids, string more = "\"count\": 1") =>
        $"{{\"tickets\": [{string.Join(", ", ids.Select(Ticket))}], {more}}}";

    public static string Ticket(int id) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"id": {{id}}, "changed": "{{Changed(id):yyyy-MM-ddTHH:mm:ssZ}}", "subject": "It hums", "generated_timestamp": {{Changed(id).ToUnixTimeSeconds()}}}""");

    /// <summary>Ticket N was changed N minutes after the beginning of 20 November 2024.</summary>
    public static DateTimeOffset Changed(int id) => new DateTimeOffset(2024, 11, 20, 0, 0, 0, TimeSpan.Zero).AddMinutes(id);

    public static Task JsonAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    /// <summary>Promises more than it sends, and hangs up.</summary>
    public static async Task CutAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(json) + 1000;
        await context.Response.WriteAsync(json[..(json.Length / 2)]);
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    public static Func<HttpContext, Task> Status(int status, params (string Name, string Value)[] headers) => context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private Task ServeAsync(HttpContext context)
    {
        Asked.Enqueue(context.Request.Path + context.Request.QueryString);
        Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
        return Before.TryDequeue(out var first) ? first(context) : Answer(context);
    }
}
