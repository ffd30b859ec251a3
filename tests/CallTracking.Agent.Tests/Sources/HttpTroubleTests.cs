using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>Interfaces that throttle, break off and lie.</summary>
public sealed class HttpTroubleTests : IDisposable
{
    private readonly SourceBench _bench = new();

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Read_AskedToWait_WaitsSaysSoAndGoesOn(int status)
    {
        await using var desk = await DeskAsync();
        desk.Before.Enqueue(TestDesk.Status(status, ("Retry-After", "2")));
        var began = Stopwatch.StartNew();

        var read = await ReadAsync(desk);

        Assert.Equal(["1"], read.Ids);
        Assert.True(began.Elapsed > TimeSpan.FromSeconds(1.9));
        Assert.Equal("desk asks to wait 2 s", Assert.Single(_bench.Said));
    }

    [Fact]
    public async Task Read_AskedToWaitUntilADate_Waits()
    {
        await using var desk = await DeskAsync();
        desk.Before.Enqueue(context => TestDesk.Status(429, ("Retry-After", TimeProvider.System.GetUtcNow().AddSeconds(3).ToString("R")))(context));

        Assert.Equal(["1"], (await ReadAsync(desk)).Ids);
        Assert.StartsWith("desk asks to wait ", Assert.Single(_bench.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AskedToWaitForDays_IsAFaultNow()
    {
        await using var desk = await DeskAsync();
        desk.Before.Enqueue(TestDesk.Status(429, ("Retry-After", "259200")));

        Assert.Contains("asks to wait 4320 min", (await ReadAsync(desk)).Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ServerErrorThenCutThenHalfJson_AsksAgainAndTakesEachRecordOnce()
    {
        await using var desk = await DeskAsync();
        desk.Before.Enqueue(TestDesk.Status(500));
        desk.Before.Enqueue(context => TestDesk.CutAsync(context, TestDesk.Page([1, 2, 3])));

        var read = await ReadAsync(desk);

        Assert.Equal(["1"], read.Ids);
        Assert.Equal(3, desk.Asked.Count);
        Assert.Contains(_bench.Said, line => line.Contains("it answers 500; next try in", StringComparison.Ordinal));
        Assert.Contains(_bench.Said, line => line.Contains("the answer was cut off", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Read_CompressedAnswer_IsRead(string encoding)
    {
        await using var desk = await DeskAsync();
        desk.Answer = async context =>
        {
            Assert.Contains(encoding, context.Request.Headers.AcceptEncoding.ToString(), StringComparison.Ordinal);
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.Headers.ContentEncoding = encoding;
            await using Stream packed = encoding switch
            {
                "gzip" => new GZipStream(context.Response.Body, CompressionLevel.Fastest),
                "br" => new BrotliStream(context.Response.Body, CompressionLevel.Fastest),
                _ => new ZLibStream(context.Response.Body, CompressionLevel.Fastest),
            };
            await packed.WriteAsync(Encoding.UTF8.GetBytes(TestDesk.Page([1])));
        };

        Assert.Equal(["1"], (await ReadAsync(desk)).Ids);
    }

    [Theory]
    [InlineData(401, "auth.bearer", "renew")]
    [InlineData(403, "auth.bearer", "renew")]
    [InlineData(404, "nothing at this address", "url")]
    [InlineData(422, "it answers 422", "url")]
    [InlineData(501, "it answers 501", "url")]
    public async Task Read_Refused_IsAFaultAtOnceWithoutTheSecret(int status, string message, string cure)
    {
        await using var desk = await DeskAsync();
        desk.Before.Enqueue(TestDesk.Status(status));

        var read = await ReadAsync(desk, "auth: {bearer: token-of-the-desk}");

        Assert.Contains(message, read.Fault.Message, StringComparison.Ordinal);
        Assert.Contains(cure, read.Fault.Cure, StringComparison.Ordinal);
        Assert.DoesNotContain("token-of-the-desk", read.Fault.ToString(), StringComparison.Ordinal);
        Assert.Single(desk.Asked);
    }

    [Fact]
    public async Task Read_LoginPageInPlaceOfJson_IsNamed()
    {
        await using var desk = await DeskAsync();
        desk.Answer = context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync("<html>Sign in as Erika Mustermann</html>");
        };

        var fault = (await ReadAsync(desk)).Fault;

        Assert.Contains("login page", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Erika", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"tickets\": [{\"id\": 1, \"subject\": \"Erika\"", "no JSON")]
    [InlineData("Erika", "no JSON")]
    [InlineData("", "no JSON")]
    [InlineData("{\"tickets\": {\"id\": \"Erika\"}}", "no array of records at 'tickets'")]
    [InlineData("{\"error\": \"Erika\"}", "no array of records at 'tickets'")]
    public async Task Read_WrongJson_IsAFaultWithoutItsText(string body, string message)
    {
        await using var desk = await DeskAsync();
        desk.Answer = context => TestDesk.JsonAsync(context, body);
        _bench.Clock = new HastyClock();

        var read = await ReadAsync(desk);

        Assert.Contains(message, read.Fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Erika", read.Fault + string.Concat(_bench.Said), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_BodyOfGigabytes_IsGivenUpAtTheLimit(bool saysSo)
    {
        await using var desk = await DeskAsync();
        desk.Answer = async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = saysSo ? 2L << 30 : null;
            var blanks = new byte[1 << 20];
            Array.Fill(blanks, (byte)' ');
            for (var sent = 0; sent < 2048 && !context.RequestAborted.IsCancellationRequested; sent++)
            {
                await context.Response.Body.WriteAsync(blanks, context.RequestAborted);
            }
        };

        Assert.Contains("more than 3.0 MB", (await ReadAsync(desk, "max_bytes_per_page: 3MB")).Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_BombInGzip_IsGivenUpAtTheLimit()
    {
        await using var desk = await DeskAsync();
        desk.Answer = async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await packed.WriteAsync(new byte[50 << 20]);
        };

        Assert.Contains("more than 1.0 MB", (await ReadAsync(desk, "max_bytes_per_page: 1MB")).Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_PageThatComesAgain_IsAFault()
    {
        await using var desk = await DeskAsync();

        var read = await ReadAsync(desk, "paging: {page: seite}");

        Assert.Contains("repeats page 2", read.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(["1"], read.Ids);
    }

    [Fact]
    public async Task Read_NextPageIsOneThatWasRead_IsAFaultThoughItsRecordsDiffer()
    {
        await using var desk = await DeskAsync();
        desk.Answer = context => TestDesk.JsonAsync(context, TestDesk.Page([desk.Asked.Count], $"\"next\": \"/tickets?page={desk.Asked.Count % 2}\""));

        Assert.Contains("leads back", (await ReadAsync(desk, "paging: {next: next}")).Fault.Message, StringComparison.Ordinal);
        Assert.Equal(3, desk.Asked.Count);
    }

    [Fact]
    public async Task Read_PagingWithoutEnd_IsAFault()
    {
        await using var desk = await DeskAsync();
        desk.Answer = context => TestDesk.JsonAsync(context, TestDesk.Page([desk.Asked.Count]));

        var read = await ReadAsync(desk, "paging: {page: page, max_pages: 5}");

        Assert.Contains("more than 5 pages", read.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(4, read.Ids.Count);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/steal")]
    [InlineData("https://localhost/steal")]
    [InlineData("//evil.example/steal")]
    public async Task Read_NextPageOrRedirectToAnotherPlace_IsRefused(string elsewhere)
    {
        await using var desk = await DeskAsync();
        desk.Before.Enqueue(TestDesk.Status(302, ("Location", elsewhere)));
        desk.Before.Enqueue(context => TestDesk.JsonAsync(context, TestDesk.Page([1], $"\"next\": \"{elsewhere}\"")));

        var redirected = await ReadAsync(desk);
        var led = await ReadAsync(desk, "paging: {next: next}");

        Assert.Contains("redirects to another place", redirected.Fault.Message, StringComparison.Ordinal);
        Assert.Contains("next page is at another place", led.Fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, desk.Asked.Count);
    }

    [Fact]
    public async Task Read_RedirectWithinThePlace_IsFollowedWithTheCredential()
    {
        await using var desk = await DeskAsync();
        desk.Before.Enqueue(TestDesk.Status(307, ("Location", "/v2/tickets")));

        Assert.Equal(["1"], (await ReadAsync(desk, "auth: {bearer: token-of-the-desk}")).Ids);
        Assert.Equal(["Bearer token-of-the-desk", "Bearer token-of-the-desk"], desk.Authorizations);
    }

    [Fact]
    public async Task Read_NoRequestLeft_WaitsUntilThereIsOne()
    {
        await using var desk = await DeskAsync();
        desk.Before.Enqueue(async context =>
        {
            context.Response.Headers["X-Rate-Limit-Remaining"] = "0";
            context.Response.Headers["X-Rate-Limit-Reset"] = "2";
            await TestDesk.JsonAsync(context, TestDesk.Page([7]));
        });
        desk.Before.Enqueue(context => TestDesk.JsonAsync(context, TestDesk.Page([])));
        var began = Stopwatch.StartNew();

        await ReadAsync(desk, "rate: {remaining: X-Rate-Limit-Remaining, reset: X-Rate-Limit-Reset}\npaging: {page: page}");

        Assert.True(began.Elapsed > TimeSpan.FromSeconds(1.5));
        Assert.Equal("desk has no request left; the next in 2 s", Assert.Single(_bench.Said));
    }

    [Fact]
    public async Task Read_PerMinute_KeepsRequestsApart()
    {
        await using var desk = await DeskAsync();
        desk.Answer = context => TestDesk.JsonAsync(context, TestDesk.Page(desk.Asked.Count > 3 ? [] : [desk.Asked.Count]));
        var began = Stopwatch.StartNew();

        await ReadAsync(desk, "rate: {per_minute: 120}\npaging: {page: page}");

        Assert.Equal(4, desk.Asked.Count);
        Assert.True(began.Elapsed > TimeSpan.FromSeconds(1.4));
    }

    [Fact]
    public async Task Read_InterfaceThatHangs_IsGivenUpAfterItsTime()
    {
        await using var desk = await DeskAsync();
        desk.Before.Enqueue(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        Assert.Equal(["1"], (await ReadAsync(desk, "timeout: 1s")).Ids);
        Assert.Contains("no whole answer within 1 s", Assert.Single(_bench.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_SecretMissing_IsNamed() =>
        Assert.Contains(
            "CT_TEST_NOT_SET is not set",
            (await _bench.ReadAsync("http: {url: 'https://localhost:1/t', auth: {bearer: '${env:CT_TEST_NOT_SET}'}}", SourceBench.JsonMapping)).Fault.Message,
            StringComparison.Ordinal);

    public void Dispose() => _bench.Dispose();

    private static async Task<TestDesk> DeskAsync()
    {
        var desk = await TestDesk.StartAsync();
        desk.Answer = context => TestDesk.JsonAsync(context, TestDesk.Page([1]));
        return desk;
    }

    private Task<Read> ReadAsync(TestDesk desk, string more = "") =>
        _bench.ReadAsync($"http:\n  url: '{desk.Address.GetLeftPart(UriPartial.Authority)}/tickets'\n  {more.ReplaceLineEndings("\n  ")}", SourceBench.JsonMapping);

    /// <summary>Its timers run a hundred times as fast: for pauses that nothing is asserted of.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 100 : dueTime, period);
    }
}
