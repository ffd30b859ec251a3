using CallTracking.Contracts;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Rpc;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Cases;

/// <summary>Who may ask the real hub what, over its real listeners.</summary>
public sealed class QueryAccessTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    [PostgresFact]
    public async Task Query_WithARegionsCertificate_SeesThatRegionOnly()
    {
        var database = await postgres.CreateMigratedAsync();
        await using var hub = await TestHub.StartAsync(database.ConnectionString);
        var planted = new PlantedCases(database.DataSource, database.ConnectionString);
        await planted.AddAsync(PlantedCases.NewCase("DE", "DE", 1));
        await planted.AddAsync(PlantedCases.NewCase("JP", "JP", 1));
        using var japan = await hub.EnrolAsync("JP");

        var seen = await japan.CallAsync<ListCasesRequest, ListCasesResponse>(QueryReflection.Descriptor, "ListCases", new ListCasesRequest());
        await using var stranger = hub.OpenChannel(null);
        var refused = await Assert.ThrowsAsync<RpcException>(() => stranger.UnaryAsync<ListCasesRequest, ListCasesResponse>(
            TestHub.Method<ListCasesRequest>(QueryReflection.Descriptor, "ListCases"), new ListCasesRequest(), new RpcCallOptions(), default));
        using var http = new HttpClient();
        using var page = await http.GetAsync(new Uri(hub.Host.WebAddress, "/"));
        var everything = await http.GetStringAsync(new Uri(hub.Host.WebAddress, "/api/v1/counts?by=region&format=csv"));

        Assert.Equal(["JP"], seen.Cases.Select(stored => stored.Case.Region));
        Assert.Equal(RpcStatusCode.Unauthenticated, refused.StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("region,count\r\nDE,1\r\nJP,1\r\n", everything);
    }

    [PostgresFact]
    public async Task Rest_OnTheListenerOfAgents_IsNotThere()
    {
        await using var hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        using var japan = await hub.EnrolAsync("JP");
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        handler.ClientCertificates.Add(japan.Certificate);
        using var http = new HttpClient(handler) { DefaultRequestVersion = new Version(2, 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var answer = await http.GetAsync(new Uri(hub.Host.GrpcAddress, "/api/v1/cases"));

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [PostgresTheory]
    [InlineData("/api/v1/cases?format=jsonl&all=true")]
    [InlineData("/api/v1/regions")]
    [InlineData("/")]
    public async Task Rest_OnTheListenerOfAgentsUnderGrpcsContentType_IsNotThere(string path)
    {
        await using var hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var http = new HttpClient(handler) { DefaultRequestVersion = new Version(2, 0), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub.Host.GrpcAddress, path))
        {
            Version = new Version(2, 0),
            Content = new ByteArrayContent([]) { Headers = { ContentType = new("application/grpc") } },
        };

        using var answer = await http.SendAsync(request);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }
}
