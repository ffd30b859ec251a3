using CallTracking.Contracts;
using CallTracking.Hub.Cases;
using CallTracking.Rpc;
using CallTracking.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;
using static CallTracking.Hub.Tests.Cases.PlantedCases;

namespace CallTracking.Hub.Tests.Cases;

public sealed class QueryServiceTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private static readonly RpcCallOptions AsGermany = new(Headers: new RpcMetadata { { "region", "DE" } });

    [PostgresFact]
    public async Task EveryMethod_ScopeOfARegion_SeesItsOwnRowsOnly()
    {
        await using var service = await StartAsync();
        var own = await service.Planted.AddAsync(NewCase("DE", "DE", 1));
        var foreign = await service.Planted.AddAsync(NewCase("JP", "JP", 1));
        await service.Planted.AddEventAsync(own, "DE", 1, +1);
        await service.Planted.AddEventAsync(foreign, "JP", 1, +1);
        var everything = new ListCasesRequest { Filter = new CaseFilter { Regions = { "DE", "JP" } } };

        var listed = await service.CallAsync<ListCasesRequest, ListCasesResponse>("ListCases", everything);
        using var stream = service.Channel.OpenServerStream<ListCasesRequest, StoredCase>(Method("StreamCases"), everything, AsGermany, default);
        var streamed = await stream.ReadAllAsync(default).ToListAsync();
        var counted = await service.CallAsync<CountCasesRequest, CountCasesResponse>("CountCases", new CountCasesRequest { By = { CountBy.Region } });
        var backlog = await service.CallAsync<GetBacklogRequest, GetBacklogResponse>(
            "GetBacklog", new GetBacklogRequest { From = At(2).ToTimestamp(), Until = At(2).ToTimestamp() });
        var got = await service.CallAsync<GetCaseRequest, StoredCase>("GetCase", new GetCaseRequest { CaseUid = own.ToByteString() });
        var refused = await Assert.ThrowsAsync<RpcException>(
            () => service.CallAsync<GetCaseRequest, StoredCase>("GetCase", new GetCaseRequest { CaseUid = foreign.ToByteString() }));

        Assert.Equal(own.ToByteString(), Assert.Single(listed.Cases).Case.CaseUid);
        Assert.Equal(own.ToByteString(), Assert.Single(streamed).Case.CaseUid);
        Assert.Equal(["DE"], Assert.Single(counted.Counts).Keys);
        Assert.Equal(("DE", 1L), (Assert.Single(backlog.Points).Region, backlog.Points[0].OpenCases));
        Assert.Equal("DE", got.Case.Region);
        Assert.Equal(RpcStatusCode.NotFound, refused.StatusCode);
    }

    [PostgresFact]
    public async Task ListCases_PageTokens_LeadThroughEverything()
    {
        await using var service = await StartAsync();
        for (var day = 1; day <= 5; day++)
        {
            await service.Planted.AddAsync(NewCase("DE", "DE", day));
        }

        var request = new ListCasesRequest { PageSize = 2 };
        var days = new List<DateTimeOffset>();
        do
        {
            var page = await service.CallAsync<ListCasesRequest, ListCasesResponse>("ListCases", request);
            days.AddRange(page.Cases.Select(stored => stored.Case.Opened.At.ToDateTimeOffset()));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal([At(5), At(4), At(3), At(2), At(1)], days);
    }

    [PostgresFact]
    public async Task AnyMethod_QuestionThatMakesNoSense_IsInvalidArgumentWithAClearText()
    {
        await using var service = await StartAsync();
        (string Method, IMessage Request, string Says)[] wrong =
        [
            ("ListCases", new ListCasesRequest { PageSize = 1001 }, "page_size"),
            ("ListCases", new ListCasesRequest { PageToken = "nonsense" }, "page_token"),
            ("ListCases", new ListCasesRequest { Filter = new CaseFilter { OpenedFrom = new Timestamp { Seconds = long.MaxValue } } }, "opened_from"),
            ("GetCase", new GetCaseRequest { CaseUid = ByteString.CopyFromUtf8("x") }, "case_uid"),
            ("CountCases", new CountCasesRequest(), "by"),
            ("CountCases", new CountCasesRequest { By = { CountBy.Status, CountBy.Status } }, "by"),
            ("CountCases", new CountCasesRequest { By = { (CountBy)99 } }, "by"),
            ("GetBacklog", new GetBacklogRequest(), "from"),
            ("GetBacklog", new GetBacklogRequest { From = At(2).ToTimestamp(), Until = At(1).ToTimestamp() }, "until"),
        ];

        foreach (var (method, request, says) in wrong)
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => service.CallAnyAsync(method, request));
            Assert.Equal((RpcStatusCode.InvalidArgument, "invalid-query"), (refused.StatusCode, refused.Reason));
            Assert.Contains(says, refused.Detail, StringComparison.Ordinal);
        }
    }

    [PostgresFact]
    public async Task ListCases_LargeCases_ComeInMessagesThatAnyClientTakes()
    {
        await using var service = await StartAsync();
        for (var index = 0; index < 9; index++)
        {
            var @case = NewCase("DE", "DE", index);
            @case.Description.Masked = new string('x', index == 0 ? 3_000_000 : 1_000_000);
            await service.Planted.AddAsync(@case);
        }

        var request = new ListCasesRequest { PageSize = 1000 };
        var counts = new List<int>();
        do
        {
            // The channel's limit is the usual one, 4 MiB.
            var page = await service.CallAsync<ListCasesRequest, ListCasesResponse>("ListCases", request);
            counts.Add(page.Cases.Count);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal([3, 3, 2, 1], counts);
    }

    private static Google.Protobuf.Reflection.MethodDescriptor Method(string name) => QueryService.Descriptor.FindMethodByName(name);

    private async Task<RunningService> StartAsync()
    {
        var planted = await CreateAsync(postgres);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(planted.DataSource).AddCases().AddRpc(null);
        var app = builder.Build();

        // Who calls is Access's matter; here a header says it.
        app.MapRpc(app.Services.GetRequiredService<QueryService>().Bind(
            context => CaseScope.Only(RegionCode.Parse(context.RequestHeaders.Get("region")!))));
        await app.StartAsync();
        return new RunningService(app, planted);
    }

    private sealed class RunningService(WebApplication app, PlantedCases planted) : IAsyncDisposable
    {
        public PlantedCases Planted => planted;

        public RpcChannel Channel { get; } = RpcChannel.Create(new Uri(app.Urls.Single()), new RpcChannelOptions());

        public Task<TRes> CallAsync<TReq, TRes>(string method, TReq request)
            where TReq : class, IMessage<TReq>, new()
            where TRes : class, IMessage<TRes>, new() =>
            Channel.UnaryAsync<TReq, TRes>(Method(method), request, AsGermany, default);

        public Task CallAnyAsync(string method, IMessage request) => request switch
        {
            ListCasesRequest list => CallAsync<ListCasesRequest, ListCasesResponse>(method, list),
            GetCaseRequest get => CallAsync<GetCaseRequest, StoredCase>(method, get),
            CountCasesRequest count => CallAsync<CountCasesRequest, CountCasesResponse>(method, count),
            GetBacklogRequest backlog => CallAsync<GetBacklogRequest, GetBacklogResponse>(method, backlog),
            _ => throw new System.Diagnostics.UnreachableException(method),
        };

        public async ValueTask DisposeAsync()
        {
            await Channel.DisposeAsync();
            await app.DisposeAsync();
        }
    }
}
