using System.Globalization;
using Xunit;

namespace CallTracking.Agent.Tests.Sources;

/// <summary>What is put into records from elsewhere, and pages that go on from where one reached.</summary>
public sealed class HttpExpansionTests : IDisposable
{
    private const string Mapping = SourceBench.JsonMapping + """

          messages: {each: comments, fields: {body: text}}
          customer.name: requester.name
        """;

    private const string Comments = "expand:\n  - {as: comments, url: '{desk}/tickets/{id}/comments', records: $}";

    private readonly SourceBench _bench = new();

    [Fact]
    public async Task Expand_AnotherListOfThePage_IsLookedUpByItsKey()
    {
        await using var desk = await TestDesk.StartAsync();
        desk.Answer = context => TestDesk.JsonAsync(context, """{"tickets": [{"id": 1, "who": 7}, {"id": 2, "who": 8}, {"id": 3}], "side": {"users": [{"key": "7", "name": "Ida"}]}}""");

        var read = await ReadAsync(desk, "/tickets", "expand:\n  - {as: requester, in: side.users, key: key, on: who}");

        Assert.Empty(read.Faults);
        Assert.Equal(["Ida", "", ""], read.Mapped.Select(mapped => mapped.Case.Customer?.Name?.Clear ?? ""));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Expand_WhatItLeadsToIsGone_TheRecordStays(int status)
    {
        await using var desk = await TestDesk.StartAsync();
        desk.Answer = context => context.Request.Path == "/tickets" ? TestDesk.JsonAsync(context, TestDesk.Page([1, 2])) : context.Request.Path == "/tickets/1/comments" ? TestDesk.Status(status)(context) : TestDesk.JsonAsync(context, """[{"text": "It hums"}]""");

        var read = await ReadAsync(desk, "/tickets", Comments);

        Assert.Empty(read.Faults);
        Assert.Equal([0, 1], read.Mapped.Select(mapped => mapped.Case.Messages.Count));
    }

    [Fact]
    public async Task Expand_ThrottledAndCut_IsAskedAgainAndNothingIsLostOrDoubled()
    {
        await using var desk = await TestDesk.StartAsync();
        var trouble = 0;
        desk.Answer = context => context.Request.Path == "/tickets" ? TestDesk.JsonAsync(context, TestDesk.Page([1, 2, 3]))
            : Interlocked.Increment(ref trouble) switch
            {
                1 => TestDesk.Status(429, ("Retry-After", "1"))(context),
                3 => TestDesk.CutAsync(context, """[{"text": "It hums"}]"""),
                _ => TestDesk.JsonAsync(context, """[{"text": "It hums"}]"""),
            };

        var read = await ReadAsync(desk, "/tickets", Comments);

        Assert.Empty(read.Faults);
        Assert.Equal([1, 1, 1], read.Mapped.Select(mapped => mapped.Case.Messages.Count));
        Assert.Contains(_bench.Said, line => line.Contains("asks to wait", StringComparison.Ordinal));
        Assert.Contains(_bench.Said, line => line.Contains("cut off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Expand_Refused_IsAFaultAndNoRecordOfThePageIsReadWithoutIt()
    {
        await using var desk = await TestDesk.StartAsync();
        desk.Answer = context => context.Request.Path == "/tickets" ? TestDesk.JsonAsync(context, TestDesk.Page([1])) : TestDesk.Status(403)(context);

        var read = await ReadAsync(desk, "/tickets", Comments);

        Assert.Contains("403", read.Fault.Message, StringComparison.Ordinal);
        Assert.Empty(read.Outcomes);
    }

    [Theory]
    [InlineData("expand:\n  - {as: comments, url: 'https://elsewhere.example/{id}', records: $}", "another place")]
    [InlineData("max_bytes_per_page: 1KB\nexpand:\n  - {as: comments, url: '{desk}/tickets/{id}/comments', records: $}", "with what belongs to its records")]
    [InlineData("expand:\n  - {as: comments, url: '{desk}/tickets/{id}/comments', records: $, paging: {page: page, max_pages: 3}}", "never end")]
    public async Task Expand_ThatCannotBe_IsAFaultThatSaysWhy(string more, string said)
    {
        await using var desk = await TestDesk.StartAsync();
        desk.Answer = context => TestDesk.JsonAsync(context, context.Request.Path == "/tickets" ? TestDesk.Page([1]) : $$"""[{"text": "{{new string('x', 900)}}{{context.Request.QueryString}}"}]""");

        Assert.Contains(said, (await ReadAsync(desk, "/tickets", more)).Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expand_AnInterfaceThatKnowsNoPages_IsAFaultAndNoEndlessRun()
    {
        await using var desk = await TestDesk.StartAsync();
        desk.Answer = context => context.Request.Path == "/tickets" ? TestDesk.JsonAsync(context, TestDesk.Page([1])) : TestDesk.JsonAsync(context, """[{"text": "It hums"}]""");

        var read = await ReadAsync(desk, "/tickets", Comments.Replace("records: $", "records: $, paging: {page: page}", StringComparison.Ordinal));

        Assert.Contains("repeats page 2 of 'comments'", read.Fault.Message, StringComparison.Ordinal);
        Assert.Empty(read.Mapped);
        Assert.Equal(3, desk.Asked.Count);
    }

    [Fact]
    public async Task Expand_ValueWithSigns_LeadsNowhereElse()
    {
        await using var desk = await TestDesk.StartAsync();
        desk.Answer = context => TestDesk.JsonAsync(context, context.Request.Path == "/tickets" ? """{"tickets": [{"id": "../../admin?x=1#"}]}""" : "[]");

        Assert.Empty((await ReadAsync(desk, "/tickets", Comments)).Faults);
        Assert.Equal("/tickets/..%2F..%2Fadmin?x=1%23/comments", desk.Asked.Last().Replace("%3F", "?", StringComparison.Ordinal).Replace("%3D", "=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Again_CutInTheMiddle_GoesOnFromTheCursor()
    {
        await using var desk = await FromCursorAsync(id => TestDesk.Changed(id));
        const string Entry = "paging: {page: page, again: true}\ncursor: {from: changed, start: 2020-01-01, overlap: 0}";
        Assert.Equal(6, (await ReadAsync(desk, "/tickets?since={cursor}", Entry, stopAfter: 6)).Ids.Count);
        desk.Asked.Clear();

        var second = await ReadAsync(desk, "/tickets?since={cursor}", Entry);

        Assert.Empty(second.Faults);
        Assert.Equal("3", second.Ids[0]);
        Assert.Equal("12", second.Ids[^1]);
    }

    [Theory]
    [InlineData("{page: page, again: true}", null)]
    [InlineData("{again: true, limit: 3}", "one time of change")]
    public async Task Again_MoreOfOneTimeThanAPageHolds_AreCountedThroughOrAFault(string paging, string? said)
    {
        await using var desk = await FromCursorAsync(id => TestDesk.Changed(Math.Min(id, 4)));

        var read = await ReadAsync(desk, "/tickets?since={cursor}", $"paging: {paging}\ncursor: {{from: changed, start: 2020-01-01}}");

        Assert.Equal(said is null ? [] : [said], read.Faults.Select(fault => fault.Message.Contains(said ?? "none", StringComparison.Ordinal) ? said! : fault.Message));
        Assert.Equal(paging.Contains("page", StringComparison.Ordinal), read.Ids.Contains("12"));
    }

    [Fact]
    public async Task Range_UntilTheTotalOfContentRange()
    {
        await using var desk = await TestDesk.StartAsync();
        desk.Answer = context =>
        {
            var start = int.Parse(context.Request.Query["range"].ToString().Split('-')[0], CultureInfo.InvariantCulture);
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"{start}-{start + 1}/4";
            return start > 3 ? TestDesk.Status(400)(context) : TestDesk.JsonAsync(context, TestDesk.Page([start + 1, start + 2]));
        };

        var read = await ReadAsync(desk, "/tickets", "paging: {range: range, size: 2}");

        Assert.Empty(read.Faults);
        Assert.Equal(["1", "2", "3", "4"], read.Ids);
        Assert.Equal(["/tickets?range=0-1", "/tickets?range=2-3"], desk.Asked);
    }

    [Fact]
    public async Task Range_AnswersThatHoldFewerThanAskedFor_GoOnBehindWhatCame()
    {
        await using var desk = await TestDesk.StartAsync();
        desk.Answer = context =>
        {
            var start = int.Parse(context.Request.Query["range"].ToString().Split('-')[0], CultureInfo.InvariantCulture);
            var end = Math.Min(start + 3, 7);
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"{start}-{end - 1}/7";
            return TestDesk.JsonAsync(context, TestDesk.Page(Enumerable.Range(start + 1, end - start)));
        };

        var read = await ReadAsync(desk, "/tickets", "paging: {range: range, size: 100}");

        Assert.Empty(read.Faults);
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], read.Ids);
        Assert.Equal(["/tickets?range=0-99", "/tickets?range=3-102", "/tickets?range=6-105"], desk.Asked);
    }

    [Fact]
    public async Task Range_EmptyThoughThereIsMore_IsAFault()
    {
        await using var desk = await TestDesk.StartAsync();
        desk.Answer = context =>
        {
            context.Response.Headers.ContentRange = "0-99/7";
            return TestDesk.JsonAsync(context, TestDesk.Page([]));
        };

        Assert.Contains("there are 7 records and 0 came", (await ReadAsync(desk, "/tickets", "paging: {range: range, size: 100}")).Fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(9)]
    public async Task Again_QuietNight_TheSameRecordsFromTheOverlapAndFromTheCursor_AreNoCircle(int quietFrom)
    {
        await using var desk = await FromCursorAsync(id => TestDesk.Changed(Math.Min(id, quietFrom) * 60));
        const string Entry = "paging: {page: page, again: true}\ncursor: {from: changed, start: 2020-01-01, overlap: 15m}";
        Assert.Empty((await ReadAsync(desk, "/tickets?since={cursor}", Entry)).Faults);

        var quiet = await ReadAsync(desk, "/tickets?since={cursor}", Entry);

        Assert.Empty(quiet.Faults);
        Assert.Equal(Enumerable.Range(quietFrom, 13 - quietFrom), quiet.Ids.Select(int.Parse).Distinct().Order());
    }

    public void Dispose() => _bench.Dispose();

    /// <summary>Twelve tickets, three a page, from a time on.</summary>
    private static async Task<TestDesk> FromCursorAsync(Func<int, DateTimeOffset> changed)
    {
        var desk = await TestDesk.StartAsync();
        desk.Answer = context =>
        {
            var since = DateTimeOffset.Parse(context.Request.Query["since"].ToString(), CultureInfo.InvariantCulture);
            var page = int.TryParse(context.Request.Query["page"], CultureInfo.InvariantCulture, out var given) ? given : 1;
            var tickets = Enumerable.Range(1, 12).Where(id => changed(id) >= since).Skip((page - 1) * 3).Take(3).Select(id => $$"""{"id": {{id}}, "changed": "{{changed(id):yyyy-MM-ddTHH:mm:ssZ}}"}""");
            return TestDesk.JsonAsync(context, $$"""{"tickets": [{{string.Join(", ", tickets)}}]}""");
        };
        return desk;
    }

    private Task<Read> ReadAsync(TestDesk desk, string path, string more = "", int stopAfter = int.MaxValue)
    {
        var url = desk.Address.GetLeftPart(UriPartial.Authority);
        return _bench.ReadAsync($"http:\n  url: '{url}{path}'\n  {more.Replace("{desk}", url, StringComparison.Ordinal).ReplaceLineEndings("\n  ")}", Mapping + "\nduplicates: latest\n", stopAfter);
    }
}
