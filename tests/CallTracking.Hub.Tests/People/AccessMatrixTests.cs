using System.Net;
using CallTracking.Hub.Access;
using CallTracking.Hub.People;
using CallTracking.Hub.Tests.Cases;
using CallTracking.Hub.Tests.Web;
using CallTracking.Rpc;
using CallTracking.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.People;

/// <summary>Every route of the running hub, asked by every role and by whoever has no good token, against one declared table.</summary>
public sealed class AccessMatrixTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private static readonly Role[] All = [Role.Analyst, Role.Legal, Role.Regional, Role.Operator, Role.Auditor];

    /// <summary>Route, an address of it (UID stands for a case of JP), and who may; null for everybody, asked or not.</summary>
    private static readonly Dictionary<string, (string Address, Role[]? Roles)> Web = new()
    {
        ["GET /"] = ("/", All),
        ["GET /healthz"] = ("/healthz", null),
        ["GET /sign-in"] = ("/sign-in", null),
        ["POST /sign-in"] = ("/sign-in", null),
        ["POST /sign-out"] = ("/sign-out", All),
        ["GET /assets/{name}"] = ("/assets/hub.css", null),
        ["GET /api/v1/regions"] = ("/api/v1/regions", All),
        ["GET /api/v1/counts"] = ("/api/v1/counts?by=region,category", All),
        ["GET /api/v1/backlog"] = ("/api/v1/backlog?from=2026-01-01&until=2026-01-03", All),
        ["GET /api/v1/cases"] = ("/api/v1/cases", [Role.Analyst, Role.Legal, Role.Regional]),
        ["GET /api/v1/audit"] = ("/api/v1/audit?what=policy.", [Role.Legal, Role.Auditor]),
        ["GET /api/v1/cases/{uid}"] = ("/api/v1/cases/UID", [Role.Analyst, Role.Legal, Role.Regional, Role.Auditor]),
    };

    /// <summary>Every method that may be called over gRPC, and whether it needs a region's certificate. No person calls any.</summary>
    private static readonly Dictionary<string, GrpcCaller> Grpc = new()
    {
        ["calltracking.v1.EnrolmentService/GetAuthority"] = GrpcCaller.Stranger,
        ["calltracking.v1.EnrolmentService/Enrol"] = GrpcCaller.Stranger,
        ["calltracking.v1.RegionService/RenewCertificate"] = GrpcCaller.Region,
        ["calltracking.v1.RegionService/GetStatus"] = GrpcCaller.Region,
        ["calltracking.v1.RegionService/TellPause"] = GrpcCaller.Region,
        ["calltracking.v1.RegionService/GetAuditSeals"] = GrpcCaller.Region,
        ["calltracking.v1.PolicyService/GetBundle"] = GrpcCaller.Region,
        ["calltracking.v1.PolicyService/GetDictionary"] = GrpcCaller.Region,
        ["calltracking.v1.SyncService/Push"] = GrpcCaller.Region,
        ["calltracking.v1.SyncService/Reconcile"] = GrpcCaller.Region,
        ["calltracking.v1.QueryService/ListCases"] = GrpcCaller.Region,
        ["calltracking.v1.QueryService/StreamCases"] = GrpcCaller.Region,
        ["calltracking.v1.QueryService/GetCase"] = GrpcCaller.Region,
        ["calltracking.v1.QueryService/CountCases"] = GrpcCaller.Region,
        ["calltracking.v1.QueryService/GetBacklog"] = GrpcCaller.Region,
        ["grpc.health.v1.Health/Check"] = GrpcCaller.Stranger,
        ["grpc.health.v1.Health/Watch"] = GrpcCaller.Stranger,
        ["grpc.reflection.v1.ServerReflection/ServerReflectionInfo"] = GrpcCaller.Stranger,
    };

    [PostgresFact]
    public async Task Routes_AllOfTheRunningHub_AnswerEachRoleAsTheTableSays()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        var strangers = await StrangersAsync(people);
        var (tokens, browsers) = (new Dictionary<Role, string>(), new Dictionary<Role, SignInBrowser>());
        foreach (var role in All)
        {
            tokens[role] = (await people.AddTokenAsync(role)).Token;
            browsers[role] = people.OpenBrowser();
            await people.AddAccountAsync(role.ToString(), role);
            Assert.True(await browsers[role].CanSignInAsync(role.ToString(), PeopleHub.Password));
        }

        var differences = new List<string>();
        foreach (var route in Routes(people).Where(route => !IsGrpc(route)).Select(NameOf))
        {
            if (!Web.TryGetValue(route, out var entry))
            {
                differences.Add($"{route}: has no entry");
                continue;
            }

            var (method, address) = (route.Split(' ')[0], entry.Address.Replace("UID", people.Japanese.ToString(), StringComparison.Ordinal));
            foreach (var (who, token) in strangers)
            {
                using var answer = await people.AskAsync(address, token, method);
                Note(answer, entry.Roles is null ? Expected.Open : Expected.Unknown, $"{route} by {who}");
            }

            foreach (var role in All)
            {
                using var answer = await people.AskAsync(address, tokens[role], method);
                Note(answer, entry.Roles?.Contains(role) is not false ? Expected.Open : Expected.Forbidden, $"{route} by {role}");
                using var signedIn = await browsers[role].Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), address));
                Note(signedIn, entry.Roles?.Contains(role) is not false ? Expected.Open : Expected.Forbidden, $"{route} by {role}, signed in");
            }
        }

        Assert.Empty(differences);
        Assert.All(browsers.Values, browser => browser.Dispose());
        Assert.Equal(Web.Keys.Order(StringComparer.Ordinal), Routes(people).Where(route => !IsGrpc(route)).Select(NameOf).Order(StringComparer.Ordinal));

        void Note(HttpResponseMessage answer, Expected expected, string asked)
        {
            var isAsExpected = expected switch
            {
                Expected.Unknown => answer.StatusCode is HttpStatusCode.Unauthorized,
                Expected.Forbidden => answer.StatusCode is HttpStatusCode.Forbidden,
                _ => answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound) && (int)answer.StatusCode < 500,
            };
            if (!isAsExpected)
            {
                differences.Add($"{asked}: {(int)answer.StatusCode}, expected {expected}");
            }
        }
    }

    [PostgresFact]
    public async Task Routes_AskedByARegionalRole_ShowNothingOfAnotherRegion()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        var (regional, analyst) = ((await people.AddTokenAsync(Role.Regional)).Token, (await people.AddTokenAsync(Role.Analyst)).Token);
        string[] marks = ["TOASTER", "DE-centre", people.German.ToString(), "\"DE\"", ",DE,", "\nDE,"];

        foreach (var address in new[]
        {
            "/", "/api/v1/regions", "/api/v1/cases", "/api/v1/cases?region=DE", "/api/v1/cases?all=true&format=csv", "/api/v1/cases?all=true&format=jsonl",
            "/api/v1/counts?by=region,category&format=csv", "/api/v1/counts?by=category&region=DE,JP", "/api/v1/counts?by=concept,category",
            "/api/v1/backlog?from=2026-01-01&until=2026-01-03", "/api/v1/backlog?from=2026-01-01&until=2026-01-03&region=DE&format=csv",
        })
        {
            var (own, whole) = (await people.ReadAsync(address, regional), await people.ReadAsync(address, analyst));
            Assert.All(marks, mark => Assert.False(own.Contains(mark, StringComparison.Ordinal), $"{address} shows {mark}"));
            Assert.True(marks.Any(mark => whole.Contains(mark, StringComparison.Ordinal)), $"{address} shows an analyst nothing of DE: the test looks at nothing");
        }

        using var german = await people.AskAsync($"/api/v1/cases/{people.German}", regional);
        using var none = await people.AskAsync($"/api/v1/cases/{Guid.NewGuid():N}", regional);
        using var japanese = await people.AskAsync($"/api/v1/cases/{people.Japanese}", regional);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (german.StatusCode, japanese.StatusCode));

        // Another region's case and none are told the same way.
        Assert.Equal(await none.Content.ReadAsStringAsync(), await german.Content.ReadAsStringAsync());
        Assert.Equal("region,count\r\nJP,4\r\n", await people.ReadAsync("/api/v1/counts?by=region&format=csv", regional));
        Assert.Contains("3 more stay in their regions", await people.ReadAsync("/", regional), StringComparison.Ordinal);
        Assert.Contains("6 more stay in their regions", await people.ReadAsync("/", analyst), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Grpc_AllMethodsOfTheRunningHub_AreOpenToWhomTheTableSays()
    {
        await using var people = await PeopleHub.StartAsync(postgres);
        var methods = Routes(people).Where(route => IsGrpc(route) && !IsFallback(route)).ToDictionary(
            route => route.RoutePattern.RawText!.TrimStart('/'), route => route.Metadata.GetMetadata<GrpcDoor>()?.Caller);

        Assert.Equal(
            Grpc.Select(entry => $"{entry.Key} {entry.Value}").Order(StringComparer.Ordinal), methods.Select(entry => $"{entry.Key} {entry.Value}").Order(StringComparer.Ordinal));
        Assert.All(Routes(people).Where(IsGrpc), route => Assert.Null(route.Metadata.GetMetadata<DoorSign>()));
        foreach (var (method, caller) in Grpc)
        {
            using var held = Kit.HeldCall.Begin(people.Hub, null, "/" + method);

            // A mebibyte is announced: who is let in is refused from its header, and who is not, before.
            await held.SendAsync([0, 0, 16, 0, 0]);
            var (status, _) = await held.OutcomeAsync();
            Assert.Equal((method, caller is GrpcCaller.Region ? RpcStatusCode.Unauthenticated : RpcStatusCode.ResourceExhausted), (method, status));
        }
    }

    [PostgresFact]
    public async Task Route_ThatNobodyPutBehindADoor_IsAnsweredToNobody()
    {
        await using var web = await WebKit.StartAsync(await PlantedCases.CreateAsync(postgres), map: app => app.MapGet("/forgotten", () => "secret"));

        using var forgotten = await web.Http.GetAsync("/forgotten");

        Assert.Equal(HttpStatusCode.NotFound, forgotten.StatusCode);
        Assert.DoesNotContain("secret", await forgotten.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void GrpcMethod_ThatNobodyOpened_IsNotOffered()
    {
        var http = new DefaultHttpContext();
        http.SetEndpoint(new Endpoint(_ => Task.CompletedTask, new EndpointMetadataCollection(), "forgotten"));

        Assert.Equal(RpcStatusCode.Unimplemented, Assert.Throws<RpcException>(http.RequireOpen).StatusCode);
    }

    private static async Task<Dictionary<string, string?>> StrangersAsync(PeopleHub people)
    {
        var expired = (await people.AddTokenAsync(Role.Analyst, days: 0)).Token;
        var (id, revoked) = await people.AddTokenAsync(Role.Analyst);
        Assert.True(await people.Hub.Services.GetRequiredService<ApiTokenStore>().RevokeAsync(id, people.Clock.GetUtcNow(), default));
        return new Dictionary<string, string?>
        {
            ["nobody"] = null,
            ["a wrong token"] = ApiToken.Create().ToString(),
            ["no token at all"] = "letmein",
            ["an expired token"] = expired,
            ["a revoked token"] = revoked,
        };
    }

    private static IEnumerable<RouteEndpoint> Routes(PeopleHub people) => people.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>();

    private static bool IsGrpc(RouteEndpoint route) => IsFallback(route) || (route.RoutePattern.RawText is { } path && Grpc.Keys.Any(known => path.StartsWith("/" + known.Split('/')[0] + "/", StringComparison.Ordinal)));

    // What answers UNIMPLEMENTED to gRPC calls that nobody mapped.
    private static bool IsFallback(RouteEndpoint route) => route.DisplayName == "gRPC unimplemented";

    private static string NameOf(RouteEndpoint route) => $"{route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single()} {route.RoutePattern.RawText}";

    private enum Expected
    {
        Open,
        Unknown,
        Forbidden,
    }
}
