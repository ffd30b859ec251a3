using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Tests.Kit;
using CallTracking.Privacy;
using CallTracking.Rpc;
using CallTracking.Testing;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CallTracking.Hub.Tests.Access;

public sealed class EnrolmentTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IAsyncLifetime
{
    private TestHub _hub = null!;

    public async Task InitializeAsync() => _hub = await TestHub.StartAsync((await postgres.CreateMigratedAsync()).ConnectionString);

    public async Task DisposeAsync() => await _hub.DisposeAsync();

    [PostgresFact]
    public async Task Enrol_GoodToken_GivesACertificateOfTheRegionAndTheSignedPolicy()
    {
        await _hub.PublishAsync();
        using var germany = await _hub.EnrolAsync("DE");

        Assert.Equal("CN=DE", germany.Certificate.Subject);
        Assert.Equal("DE-centre", germany.Enrolment.Centre);
        Assert.True(RpcTls.IsTrustedClient(germany.Certificate, [X509CertificateLoader.LoadCertificate(germany.Enrolment.CaCertificateDer.Span)], null));
        var now = TimeProvider.System.GetUtcNow();
        var verdict = BundleVerifier.Verify(germany.Enrolment.Bundle, germany.Enrolment.PolicySigningKeySpki.Span, "DE", now);
        var bundle = Assert.IsType<BundleVerdict.Valid>(verdict).Bundle;
        Assert.Equal(1UL, bundle.Version);
        Assert.True(bundle.ExpiresAt.ToDateTimeOffset() - now > TimeSpan.FromDays(30));
    }

    [PostgresFact]
    public async Task Enrol_TokenUsedTwice_IsRefused()
    {
        using var germany = await _hub.EnrolAsync("DE");
        var token = await _hub.IssueTokenAsync(germany.Region);
        using var second = await _hub.RedeemAsync(token);

        await AssertRefusedAsync(token, "token-refused");
        Assert.Equal(2, await _hub.QueryAsync<long>("select count(*) from region_certificate"));
    }

    [PostgresFact]
    public async Task Enrol_RegionThatWasEnrolled_ShutsItsOlderCertificateOut()
    {
        using var stolen = await _hub.EnrolAsync("DE");
        using var france = await _hub.EnrolAsync("FR");
        using var lost = await _hub.RedeemAsync(await _hub.IssueTokenAsync(stolen.Region));
        using var anew = await _hub.RedeemAsync(await _hub.IssueTokenAsync(stolen.Region));
        using var later = await _hub.RedeemAsync(await _hub.IssueTokenAsync(stolen.Region));

        // An answer may get lost on the way: until the new one is used, the region goes on with what it has.
        await StatusAsync(stolen);
        using var renewed = await RenewAsync(stolen);
        await StatusAsync(renewed);
        await StatusAsync(anew);

        foreach (var older in new[] { stolen, lost, renewed })
        {
            await Assert.ThrowsAsync<RpcException>(() => StatusAsync(older));
        }

        await StatusAsync(anew);
        await StatusAsync(france);
        Assert.Equal("""{"certificates":3,"replaced_by":"REPLACED"}""".Replace("REPLACED", Convert.ToHexStringLower(SHA256.HashData(anew.Certificate.RawData)), StringComparison.Ordinal),
            await _hub.QueryAsync<string>("select detail from audit_log where what = 'region.revoked' and who = 'region:DE'"));
        await StatusAsync(later);
        await Assert.ThrowsAsync<RpcException>(() => StatusAsync(anew));
    }

    private static Task<RegionStatus> StatusAsync(RegionClient region) => region.CallAsync<GetRegionStatusRequest, RegionStatus>(AdminReflection.Descriptor, "GetStatus", new());

    private async Task<RegionClient> RenewAsync(RegionClient region)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var renewed = await region.CallAsync<RenewCertificateRequest, RenewCertificateResponse>(AdminReflection.Descriptor, "RenewCertificate", new()
        {
            CertificateRequestDer = ByteString.CopyFrom(new CertificateRequest("CN=DE", key, HashAlgorithmName.SHA256).CreateSigningRequest()),
        });
        using var bare = X509CertificateLoader.LoadCertificate(renewed.CertificateDer.Span);
        return new RegionClient(_hub, region.Region, bare.CopyWithPrivateKey(key), region.Enrolment);
    }

    [PostgresFact]
    public async Task Enrol_TokenOlderThanADay_IsRefused()
    {
        using var germany = await _hub.EnrolAsync("DE");
        var token = await _hub.IssueTokenAsync(germany.Region);
        await _hub.ExecuteAsync("update enrolment_token set expires_at = now() - interval '1 second' where used_at is null");

        await AssertRefusedAsync(token, "token-refused");
    }

    [PostgresTheory]
    [InlineData("")]
    [InlineData("ct1.DE.AAAA.BBBB")]
    [InlineData("ct1.DE.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public Task Enrol_NoTokenOfThisHub_IsRefused(string token) => AssertRefusedAsync(token, "token-refused");

    [PostgresFact]
    public async Task Enrol_TokenUnderAnotherRegionsName_IsRefused()
    {
        using var germany = await _hub.EnrolAsync("DE");
        var token = await _hub.IssueTokenAsync(germany.Region);

        await AssertRefusedAsync(token.Replace("ct1.DE.", "ct1.FR.", StringComparison.Ordinal), "token-refused");
    }

    [PostgresFact]
    public async Task Enrol_KeyOfAnotherCurve_IsRefusedAndTheTokenStaysGood()
    {
        using var germany = await _hub.EnrolAsync("DE");
        var token = await _hub.IssueTokenAsync(germany.Region);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        var refused = await Assert.ThrowsAsync<RpcException>(() => _hub.RedeemAsync(token, p384));
        using var again = await _hub.RedeemAsync(token);

        Assert.Equal((RpcStatusCode.InvalidArgument, "bad-certificate-request"), (refused.StatusCode, refused.Reason));
    }

    [PostgresFact]
    public async Task Enrol_MadeUpTokenWithABrokenRequest_IsAnsweredTheSameForKnownAndUnknownRegions()
    {
        using var germany = await _hub.EnrolAsync("DE");
        var authority = (await _hub.IssueTokenAsync(germany.Region)).Split('.')[3];
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        foreach (var region in new[] { "DE", "ZZ" })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => _hub.RedeemAsync($"ct1.{region}.{new string('A', 43)}.{authority}", p384));
            Assert.Equal("token-refused", refused.Reason);
            // By the time that it takes, too: the same work for both.
            Assert.Equal(1, await _hub.QueryAsync<long>($"select count(*) from audit_log where what = 'region.enrolment-refused' and subject = '{region}'"));
        }
    }

    [PostgresFact]
    public async Task Enrol_ManyMadeUpTokens_AreHeldOffBeforeTheyAreWrittenDown()
    {
        const int Allowed = 30;
        using var germany = await _hub.EnrolAsync("DE");
        var authority = (await _hub.IssueTokenAsync(germany.Region)).Split('.')[3];
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var reasons = new List<string?>();
        for (var attempt = 0; attempt < Allowed + 10; attempt++)
        {
            reasons.Add((await Assert.ThrowsAsync<RpcException>(() => _hub.RedeemAsync($"ct1.DE.{new string('A', 43)}.{authority}", key))).Reason);
        }

        var written = await _hub.QueryAsync<long>("select count(*) from audit_log where what = 'region.enrolment-refused'");
        Assert.Equal(["token-refused", "too-many-tokens"], reasons.Distinct());
        Assert.Equal(reasons.Count(reason => reason == "token-refused"), written);

        // A minute may end within the loop, and then begin anew.
        Assert.InRange(written, Allowed, Allowed + 9);
    }

    [PostgresFact]
    public async Task RenewCertificate_GivesAnotherGoodOneAndGetStatusTellsTheRegionsOwn()
    {
        await _hub.PublishAsync();
        using var germany = await _hub.EnrolAsync("DE");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var renewed = await germany.CallAsync<RenewCertificateRequest, RenewCertificateResponse>(AdminReflection.Descriptor, "RenewCertificate", new()
        {
            CertificateRequestDer = ByteString.CopyFrom(new CertificateRequest("CN=FR", key, HashAlgorithmName.SHA256).CreateSigningRequest()),
        });
        using var bare = X509CertificateLoader.LoadCertificate(renewed.CertificateDer.Span);
        using var second = new RegionClient(_hub, germany.Region, bare.CopyWithPrivateKey(key), germany.Enrolment);
        await using (var push = await second.PushAsync())
        {
            await push.PushAsync(Make.Batch(push, Make.Record(Make.Case("DE", 1), 1)));
        }

        var status = await germany.CallAsync<GetRegionStatusRequest, RegionStatus>(AdminReflection.Descriptor, "GetStatus", new());

        Assert.Equal("CN=DE", bare.Subject);
        Assert.Equal(("DE", 1UL, 1UL, 1UL), (status.Region, status.Epoch, status.LastSequence, status.StoredCases));
        Assert.NotNull(status.LastPushAt);
        Assert.NotNull(status.CertificateExpiresAt);
    }

    [PostgresFact]
    public async Task TellPause_IsWhatTheRegionItselfToldLastAndIsShownUntilItResumes()
    {
        using var germany = await _hub.EnrolAsync("DE");
        using var france = await _hub.EnrolAsync("FR");
        var pause = new RegionPause
        {
            Note = "export server is moved",
            Since = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow),
            Until = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddDays(2)),
        };
        await germany.CallAsync<TellPauseRequest, TellPauseResponse>(AdminReflection.Descriptor, "TellPause", new() { Pause = pause });
        await france.CallAsync<TellPauseRequest, TellPauseResponse>(AdminReflection.Descriptor, "TellPause", new());
        var overviews = _hub.Services.GetRequiredService<CallTracking.Hub.Cases.RegionOverviewStore>();
        var paused = await overviews.ListAsync(CallTracking.Hub.Cases.CaseScope.AllRegions, default);
        await germany.CallAsync<TellPauseRequest, TellPauseResponse>(AdminReflection.Descriptor, "TellPause", new());
        var resumed = await overviews.ListAsync(CallTracking.Hub.Cases.CaseScope.AllRegions, default);
        var refused = await Assert.ThrowsAsync<RpcException>(() => germany.CallAsync<TellPauseRequest, TellPauseResponse>(
            AdminReflection.Descriptor, "TellPause", new() { Pause = new RegionPause(pause) { Note = new string('x', 301) } }));

        Assert.Equal(["export server is moved", null], paused.Select(region => region.PauseNote));
        Assert.Equal(pause.Until.ToDateTimeOffset(), paused[0].PausedUntil!.Value, TimeSpan.FromMilliseconds(1));
        Assert.All(resumed, region => Assert.Null(region.PauseNote));
        Assert.Equal((RpcStatusCode.InvalidArgument, "bad-pause"), (refused.StatusCode, refused.Reason));
    }

    [PostgresFact]
    public async Task RenewCertificate_BodyHeldBackUntilAfterTheRevocation_GetsNone()
    {
        using var germany = await _hub.EnrolAsync("DE");
        using var held = HeldCall.Begin(_hub, germany.Certificate, "/calltracking.v1.RegionService/RenewCertificate");
        await held.LookedAtAsync();
        await _hub.Services.GetRequiredService<RegionStore>().RevokeAsync(germany.Region, TimeProvider.System.GetUtcNow(), default);

        await held.SendAsync(new RenewCertificateRequest { CertificateRequestDer = NewRequest() });
        var (status, reason) = await held.FinishAsync();

        Assert.Equal((RpcStatusCode.Unauthenticated, "certificate-refused"), (status, reason));
        Assert.Equal(0, await _hub.QueryAsync<long>("select count(*) from region_certificate where revoked_at is null"));
    }

    [PostgresFact]
    public async Task RenewCertificate_WhileARevocationIsNotCommitted_WaitsForItAndGetsNone()
    {
        using var germany = await _hub.EnrolAsync("DE");
        await using var connection = await _hub.DataSource.OpenConnectionAsync();
        await using var revocation = await connection.BeginTransactionAsync();
        await using (var revoke = new Npgsql.NpgsqlCommand("select from region for update; update region_certificate set revoked_at = now()", connection, revocation))
        {
            await revoke.ExecuteNonQueryAsync();
        }

        var renewal = germany.CallAsync<RenewCertificateRequest, RenewCertificateResponse>(
            AdminReflection.Descriptor, "RenewCertificate", new() { CertificateRequestDer = NewRequest() });
        await Task.Delay(300);
        await revocation.CommitAsync();

        Assert.Equal("certificate-refused", (await Assert.ThrowsAsync<RpcException>(() => renewal)).Reason);
    }

    [PostgresFact]
    public async Task GetBundle_VersionKnownAlready_IsAnsweredEmpty()
    {
        await _hub.PublishAsync();
        using var germany = await _hub.EnrolAsync("DE");

        Assert.NotNull((await GetBundleAsync(germany, 0)).Bundle);
        Assert.Null((await GetBundleAsync(germany, 1)).Bundle);
    }

    [PostgresFact]
    public async Task Listeners_EachAnswersItsOwnKindOnly()
    {
        using var content = new ByteArrayContent([0, 0, 0, 0, 0]);
        content.Headers.ContentType = new("application/grpc");
        using var web = new HttpClient { BaseAddress = _hub.Host.WebAddress };
        using var authority = X509CertificateLoader.LoadCertificate((await _hub.Services.GetRequiredService<IdentitySource>().GetAsync(default)).Authority.Der);
        using var handler = new SocketsHttpHandler { SslOptions = RpcTls.ClientOptions(null, [authority], null) };
        using var client = new HttpClient(handler) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var grpcOnWeb = await web.PostAsync(new Uri("/calltracking.v1.EnrolmentService/GetAuthority", UriKind.Relative), content);
        using var pageOnGrpc = await client.GetAsync(new Uri(_hub.Host.GrpcAddress, "/api/v1/cases"));

        Assert.Equal(HttpStatusCode.NotFound, grpcOnWeb.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, pageOnGrpc.StatusCode);
    }

    [PostgresFact]
    public async Task Health_WithoutCertificate_IsServing()
    {
        await using var channel = _hub.OpenChannel(null);

        Assert.True(await channel.IsServingAsync("", new RpcCallOptions(), default));
    }

    [PostgresFact]
    public async Task State_KeepsItsSecretsFromOthersAndSurvivesARestart()
    {
        var before = await _hub.Services.GetRequiredService<IdentitySource>().GetAsync(default);
        using var again = await HubIdentity.LoadAsync(_hub.Options, TimeProvider.System, default);

        Assert.Equal(before.Authority.Der, again.Authority.Der);
        Assert.Equal(before.Server.Thumbprint, again.Server.Thumbprint);
        foreach (var file in Directory.EnumerateFiles(_hub.Options.StateDirectory, "*.pem").Where(_ => !OperatingSystem.IsWindows()))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode);
        }
    }

    [PostgresFact]
    public async Task ServerCertificate_CloseToItsEndOrForOtherNames_IsMadeAnew()
    {
        var before = (await _hub.Services.GetRequiredService<IdentitySource>().GetAsync(default)).Server.Thumbprint;
        var moved = _hub.Options with { GrpcHostNames = ["localhost", "hub.example.com"] };
        using var renamed = await HubIdentity.LoadAsync(moved, TimeProvider.System, default);
        using var later = await HubIdentity.LoadAsync(moved, new ManualClock(TimeProvider.System.GetUtcNow().AddDays(340)), default);

        Assert.NotEqual(before, renamed.Server.Thumbprint);
        Assert.True(renamed.Server.MatchesHostname("hub.example.com"));
        Assert.NotEqual(renamed.Server.Thumbprint, later.Server.Thumbprint);
    }

    private static ByteString NewRequest()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ByteString.CopyFrom(new CertificateRequest("CN=DE", key, HashAlgorithmName.SHA256).CreateSigningRequest());
    }

    private static Task<GetBundleResponse> GetBundleAsync(RegionClient region, ulong have) =>
        region.CallAsync<GetBundleRequest, GetBundleResponse>(PolicyReflection.Descriptor, "GetBundle", new() { HaveVersion = have });

    private async Task AssertRefusedAsync(string token, string reason)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => _hub.RedeemAsync(token));
        Assert.Equal((RpcStatusCode.Unauthenticated, reason), (refused.StatusCode, refused.Reason));
    }
}
