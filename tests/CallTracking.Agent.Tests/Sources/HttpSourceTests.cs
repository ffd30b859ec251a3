using System.Globalization;
using CallTracking.Agent.Tests.Sync;
using CallTracking.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>Interfaces that page in every usual way, from run to run.</summary>
public sealed class HttpSourceTests : IDisposable
{
    private readonly SourceBench _bench = new();

    [Fact]
    public async Task Read_NextAddress_IsFollowedUntilThereIsNone()
    {
        await using var desk = await DeskAsync((page, address) => TestDesk.Page(Three(page), page < 4 ? $"\"links\": {{\"next\": \"{address}/tickets?page={page + 1}\"}}" : "\"links\": {\"next\": null}"));

        var read = await ReadAsync(desk, "/tickets", "paging: {next: links.next}");

        Assert.Empty(read.Faults);
        Assert.Equal(Enumerable.Range(1, 12).Select(id => id.ToString(CultureInfo.InvariantCulture)), read.Ids);
        Assert.Equal(["tickets page 1", "tickets page 2", "tickets page 3", "tickets page 4"], read.Inputs);
    }

    [Fact]
    public async Task Read_PageNumbers_UntilOneIsEmpty()
    {
        await using var desk = await DeskAsync((page, _) => TestDesk.Page(page > 3 ? [] : Three(page)));

        Assert.Equal(9, (await ReadAsync(desk, "/tickets?per_page=3", "paging: {page: page}")).Ids.Count);
        Assert.Equal("/tickets?per_page=3&page=4", desk.Asked.Last());
    }

    [Fact]
    public async Task Read_Offsets_CountWhatCameNotWhatWasAskedFor()
    {
        await using var desk = await TestDesk.StartAsync();
        desk.Answer = context =>
        {
            var offset = int.Parse(context.Request.Query["offset"].ToString(), CultureInfo.InvariantCulture);
            return TestDesk.JsonAsync(context, TestDesk.Page(Enumerable.Range(offset + 1, Math.Clamp(7 - offset, 0, 2))));
        };

        Assert.Equal(7, (await ReadAsync(desk, "/tickets?limit=500", "paging: {offset: offset}")).Ids.Count);
        Assert.Equal(5, desk.Asked.Count);
    }

    [Fact]
    public async Task Read_Token_UntilTheInterfaceSaysThatThereIsNoMore()
    {
        await using var desk = await TestDesk.StartAsync();
        desk.Answer = context =>
        {
            var page = context.Request.Query["page[after]"].ToString() is { Length: > 0 } token ? token.Length : 1;
            return TestDesk.JsonAsync(context, TestDesk.Page(Three(page), $"\"meta\": {{\"after_cursor\": \"{new string('=', page + 1)}\", \"has_more\": {(page < 3 ? "true" : "false")}}}"));
        };

        Assert.Equal(9, (await ReadAsync(desk, "/tickets", "paging: {cursor: meta.after_cursor, into: 'page[after]', more: meta.has_more}")).Ids.Count);
        Assert.Equal(3, desk.Asked.Count);
    }

    [Fact]
    public async Task Read_LinkHeader_OfSeveralRelations()
    {
        await using var desk = await TestDesk.StartAsync();
        desk.Answer = context =>
        {
            var page = PageOf(context);
            context.Response.Headers.Link = page < 3
                ? $"</tickets?page=1>; rel=\"first\", </tickets?page={page + 1}&q=a,b>; title=\"on, and on\"; rel=\"next last\""
                : "</tickets?page=1>; rel=first";
            return TestDesk.JsonAsync(context, TestDesk.Page(Three(page)));
        };

        Assert.Equal(9, (await ReadAsync(desk, "/tickets", "paging: {link_header: next}")).Ids.Count);
    }

    [Fact]
    public async Task Read_EndFlag_EndsAlsoWhereTheNextAddressNeverDoes()
    {
        await using var desk = await DeskAsync((page, address) => TestDesk.Page(Three(page), $"\"next_page\": \"{address}/tickets?page={page + 1}\", \"end_of_stream\": {(page == 2 ? "true" : "false")}"));

        Assert.Equal(6, (await ReadAsync(desk, "/tickets", "paging: {next: next_page, end: end_of_stream}")).Ids.Count);
    }

    [Theory]
    [InlineData("unix", "generated_timestamp")]
    [InlineData("iso", "changed")]
    public async Task Read_Cursor_NextRunAsksFromTheHighestLessTheOverlap(string format, string from)
    {
        await using var desk = await TestDesk.StartAsync();
        desk.Answer = context =>
        {
            var since = context.Request.Query["since"].ToString();
            var at = format == "unix" ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(since, CultureInfo.InvariantCulture)) : DateTimeOffset.Parse(since, CultureInfo.InvariantCulture);
            return TestDesk.JsonAsync(context, TestDesk.Page(Enumerable.Range(1, 60).Where(id => TestDesk.Changed(id) >= at)));
        };
        var entry = $"cursor: {{from: {from}, format: {format}, start: 2020-01-01, overlap: 5m}}";

        Assert.Equal(60, (await ReadAsync(desk, "/tickets?since={cursor}", entry)).Ids.Count);
        var second = await ReadAsync(desk, "/tickets?since={cursor}", entry);

        Assert.Equal(["55", "56", "57", "58", "59", "60"], second.Ids);
        Assert.Equal(60, (await ReadAsync(desk, "/tickets?since={cursor}", entry, SourceBench.JsonMapping + "\n  product.serial: id\n")).Ids.Count);
    }

    [Fact]
    public async Task Read_TicketFromTheFuture_HidesNothing()
    {
        await using var desk = await DeskAsync((_, _) => TestDesk.Page([900_000_000]));
        _bench.Clock = new ManualClock(new DateTimeOffset(2024, 11, 21, 0, 0, 0, TimeSpan.Zero));
        const string Entry = "cursor: {from: changed, start: 2020-01-01, overlap: 5m}";

        await ReadAsync(desk, "/tickets?since={cursor}", Entry);
        await ReadAsync(desk, "/tickets?since={cursor}", Entry);

        Assert.Equal("/tickets?since=2024-11-20T23%3A55%3A00Z", desk.Asked.Last());
    }

    [Fact]
    public async Task Read_CutBetweenPages_GoesOnAtThePage()
    {
        await using var desk = await DeskAsync((page, address) => TestDesk.Page(Three(page), page < 5 ? $"\"next\": \"{address}/tickets?page={page + 1}\"" : "\"next\": null"));
        const string Entry = "paging: {next: next}\ncursor: {from: changed, start: 2020-01-01}";
        await ReadAsync(desk, "/tickets?since={cursor}", Entry, stopAfter: 8);
        desk.Asked.Clear();

        var second = await ReadAsync(desk, "/tickets?since={cursor}", Entry);

        Assert.Equal(["/tickets?page=3", "/tickets?page=4", "/tickets?page=5"], desk.Asked);
        Assert.Equal(["tickets page 3", "tickets page 4", "tickets page 5"], second.Inputs);
    }

    [Fact]
    public async Task Read_CutAmongCountedPages_BeginsAgain()
    {
        await using var desk = await DeskAsync((page, _) => TestDesk.Page(page > 3 ? [] : Three(page)));
        const string Entry = "paging: {page: page}\ncursor: {from: changed, start: 2020-01-01}";
        await ReadAsync(desk, "/tickets?since={cursor}", Entry, stopAfter: 5);

        Assert.Equal(9, (await ReadAsync(desk, "/tickets?since={cursor}", Entry)).Ids.Count);
    }

    [Fact]
    public async Task Read_PageOfTheLastRunIsGone_BeginsAgain()
    {
        await using var desk = await DeskAsync((page, address) => TestDesk.Page(Three(page), page < 3 ? $"\"next\": \"{address}/tickets?page={page + 1}\"" : "\"next\": null"));
        const string Entry = "paging: {next: next}\ncursor: {from: changed, start: 2020-01-01}";
        await ReadAsync(desk, "/tickets?since={cursor}", Entry, stopAfter: 5);
        desk.Before.Enqueue(TestDesk.Status(410));

        var read = await ReadAsync(desk, "/tickets?since={cursor}", Entry);

        Assert.Equal(9, read.Ids.Count);
        Assert.Contains(_bench.Said, line => line.Contains("no longer there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_Credentials_AreSentAsConfigured()
    {
        Environment.SetEnvironmentVariable("CT_TEST_TOKEN", "token-of-the-desk");
        _bench.Write("password", "pass:word\n");
        await using var desk = await DeskAsync((_, _) => TestDesk.Page([1]));

        await ReadAsync(desk, "/tickets", "auth: {bearer: '${env:CT_TEST_TOKEN}'}");
        await ReadAsync(desk, "/tickets", "auth: {basic: {user: agent@example.com/token, password: '${file:password}'}}");
        await ReadAsync(desk, "/tickets", "headers: {Authorization: 'Token ${env:CT_TEST_TOKEN}'}");

        Assert.Equal(
            ["Bearer token-of-the-desk", "Basic " + Convert.ToBase64String("agent@example.com/token:pass:word"u8), "Token token-of-the-desk"], desk.Authorizations);
    }

    [Fact]
    public async Task Read_OAuth2_FetchesATokenAndAnotherWhenItIsRefused()
    {
        await using var desk = await DeskAsync((_, _) => TestDesk.Page([1]));
        var tokens = 0;
        Func<HttpContext, Task> token = async context =>
        {
            var form = await context.Request.ReadFormAsync();
            Assert.Equal("client_credentials|desk|secret!|read", string.Join('|', form["grant_type"], form["client_id"], form["client_secret"], form["scope"]));
            await TestDesk.JsonAsync(context, $"{{\"access_token\": \"token-{++tokens}\", \"expires_in\": 3600}}");
        };
        desk.Before.Enqueue(token);
        desk.Before.Enqueue(TestDesk.Status(401));
        desk.Before.Enqueue(token);

        var read = await ReadAsync(desk, "/tickets", $"auth: {{oauth2: {{token_url: '{desk.Address}token', client_id: desk, client_secret: secret!, scope: read}}}}");

        Assert.Empty(read.Faults);
        Assert.Equal(["", "Bearer token-1", "", "Bearer token-2"], desk.Authorizations);
    }

    [Theory]
    [InlineData("\"3599\"")]
    [InlineData("3599.0")]
    [InlineData("null")]
    [InlineData("\"soon\"")]
    public async Task Read_OAuth2WhoseTokenLastsHoweverItIsWritten_IsUsed(string life)
    {
        await using var desk = await DeskAsync((_, _) => TestDesk.Page([1]));
        desk.Before.Enqueue(context => TestDesk.JsonAsync(context, $"{{\"access_token\": \"token-1\", \"expires_in\": {life}}}"));

        var read = await ReadAsync(desk, "/tickets", $"auth: {{oauth2: {{token_url: '{desk.Address}token', client_id: desk, client_secret: secret!}}}}");

        Assert.Empty(read.Faults);
        Assert.Equal(["", "Bearer token-1"], desk.Authorizations);
    }

    [Fact]
    public async Task Read_ProxyWithCredentialAndOwnAuthority_IsTunnelledThrough()
    {
        using var authority = new TestAuthority();
        await using var desk = await TestDesk.StartAsync(authority.Server());
        desk.Answer = context => TestDesk.JsonAsync(context, TestDesk.Page([1]));
        await using var proxy = new ConnectProxy("agent:proxy-secret");
        _bench.Write("authority.pem", authority.Certificate.ExportCertificatePem());
        _bench.Write("proxy-password", "proxy-secret");

        var read = await ReadAsync(desk, "/tickets", $"proxy: 'http://agent:${{file:proxy-password}}@127.0.0.1:{proxy.Port}'\nca_file: authority.pem");
        var refused = await ReadAsync(desk, "/tickets", $"proxy: 'http://agent:wrong-secret@127.0.0.1:{proxy.Port}'\nca_file: authority.pem");
        var distrusted = await ReadAsync(desk, "/tickets", "proxy: none");

        Assert.Equal(["1"], read.Ids);
        Assert.Equal($"localhost:{desk.Address.Port}", Assert.Single(proxy.Tunnels));
        Assert.Contains("credential of 'proxy'", refused.Fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", refused.Fault.ToString(), StringComparison.Ordinal);
        Assert.Contains("ca_file", distrusted.Fault.Cure, StringComparison.Ordinal);
    }

    public void Dispose() => _bench.Dispose();

    private static IEnumerable<int> Three(int page) => Enumerable.Range((page * 3) - 2, 3);

    private static int PageOf(HttpContext context) =>
        int.TryParse(context.Request.Query["page"], CultureInfo.InvariantCulture, out var page) ? page : 1;

    private static async Task<TestDesk> DeskAsync(Func<int, string, string> page)
    {
        var desk = await TestDesk.StartAsync();
        desk.Answer = context => TestDesk.JsonAsync(context, page(PageOf(context), desk.Address.GetLeftPart(UriPartial.Authority)));
        return desk;
    }

    private Task<Read> ReadAsync(TestDesk desk, string path, string more = "", string mapping = SourceBench.JsonMapping, int stopAfter = int.MaxValue) =>
        _bench.ReadAsync($"http:\n  url: '{desk.Address.GetLeftPart(UriPartial.Authority)}{path}'\n  {more.ReplaceLineEndings("\n  ")}", mapping, stopAfter);
}
