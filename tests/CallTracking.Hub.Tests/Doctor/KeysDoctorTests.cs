using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Alarms;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.People;
using CallTracking.Privacy;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.Doctor;

/// <summary>Faults of keys, certificates, files and ports that were made on purpose, and the code under which the hub's <c>doctor</c> names each.</summary>
public sealed class KeysDoctorTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [PostgresFact]
    public async Task Doctor_StateFolderOrKeysAreNotWhatTheyWere_SaysWhich()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        var signing = Path.Combine(bench.State, HubIdentity.SigningFile);
        await bench.IsToldAsync("state-not-writable", HubExit.Usage, "is a file", options => options with { StateDirectory = signing });

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(signing, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            await bench.IsToldAsync("keys-readable-by-others", HubExit.Done, $"may read or write {HubIdentity.SigningFile} in");
        }

        var kept = await File.ReadAllTextAsync(signing);
        await File.WriteAllTextAsync(signing, "no key");
        await bench.IsToldAsync("keys-damaged", HubExit.Usage, $"{HubIdentity.SigningFile} in");
        File.Delete(signing);
        var before = Directory.GetFiles(bench.State).Order().ToList();
        await bench.IsToldAsync("keys-missing", HubExit.Usage, $"{HubIdentity.SigningFile} is not in");
        Assert.Equal(before, Directory.GetFiles(bench.State).Order());
        await File.WriteAllTextAsync(signing, kept);

        // A key that belongs to another certificate.
        var server = Path.Combine(bench.State, HubIdentity.ServerFile);
        var pem = await File.ReadAllTextAsync(server);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(server, pem[..pem.IndexOf("-----BEGIN PRIVATE", StringComparison.Ordinal)] + other.ExportPkcs8PrivateKeyPem());
        await bench.IsToldAsync("keys-damaged", HubExit.Usage, $"{HubIdentity.ServerFile} in");
        using var stranger = CertificateAuthority.Create("Other", TimeProvider.System);
        await File.WriteAllTextAsync(server, stranger.IssueServer(["localhost", "127.0.0.1"]));
        await bench.IsToldAsync("certificate-not-ours", HubExit.Usage, "is not signed by its authority");
    }

    [PostgresFact]
    public async Task Doctor_NoKeysAtAll_IsWellBeforeTheFirstStartAndAFaultWhereRegionsTrustThem()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        var elsewhere = Path.Combine(bench.Folder, "elsewhere");
        Assert.Contains(await bench.LookAsync(options => options with { StateDirectory = elsewhere }), one => one is { Code: "keys", Gravity: Gravity.Well });

        await bench.ExecuteAsync("insert into region (code, name, centre, country, created_at) values ('DE', 'Germany', 'berlin', 'DE', now()); insert into region_certificate (thumbprint, region, serial_number, issued_at, expires_at) values ('\\x01', 'DE', '1', now(), now() + interval '1 year')");

        await bench.IsToldAsync("keys-missing", HubExit.Usage, "are not in", options => options with { StateDirectory = elsewhere });
        Assert.False(Directory.Exists(elsewhere));
    }

    [PostgresFact]
    public async Task Doctor_StateKeyIsGoneOrAnother_SaysSoAndWhatLiesInClear()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        var key = StateLock.TryParse(Convert.ToHexString(RandomNumberGenerator.GetBytes(StateLock.KeySize)))!;
        await bench.IsToldAsync("keys-in-clear", HubExit.Done, "5 of 5 files", options => options with { StateLock = key });

        var path = Path.Combine(bench.State, HubIdentity.SealFile);
        await File.WriteAllBytesAsync(path, key.Close(HubIdentity.SealFile, await File.ReadAllBytesAsync(path)));
        await bench.IsToldAsync("keys-in-clear", HubExit.Done, "4 of 5 files", options => options with { StateLock = key });
        await bench.IsToldAsync("state-key", HubExit.Usage, "what opens them is not here");
        await bench.IsToldAsync("state-key", HubExit.Usage, "or is another", options => options with { StateLock = StateLock.TryParse(new string('a', 63) + "b")! });
    }

    [PostgresFact]
    public async Task Doctor_CertificatesEnd_SaysWhichAndWhen()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);

        await bench.IsToldAsync("certificate-ends-soon", HubExit.Done, "is good until", clock: new ManualClock(Now.AddDays(340)));
        await bench.IsToldAsync("certificate-expired", HubExit.Usage, "is good until", clock: new ManualClock(Now.AddDays(366)));
        await bench.IsToldAsync("authority-ends-soon", HubExit.Done, "authority", clock: new ManualClock(Now.AddYears(10).AddDays(-100)));
        await bench.IsToldAsync("authority-expired", HubExit.Usage, "authority", clock: new ManualClock(Now.AddYears(10).AddDays(1)));
        await bench.IsToldAsync("certificate-other-name", HubExit.Done, "grpc.host_names", options => options with { GrpcHostNames = ["hub.example.com"] });
    }

    [PostgresFact]
    public async Task Doctor_WebCertificateOrSecretIsNotAsItShouldBe_SaysWhich()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        var tls = new WebTls(Path.Combine(bench.Folder, "web.pem"), Path.Combine(bench.Folder, "web-key.pem"));
        Func<HubOptions, HubOptions> under = options => options with { People = new PeopleOptions { Tls = tls } };
        await bench.IsToldAsync("web-certificate-not-readable", HubExit.Usage, "web.pem is not there", under);
        Write(tls, Now.AddDays(10));
        await bench.IsToldAsync("web-certificate-ends-soon", HubExit.Done, "CN=pages.example.com", under);
        await bench.IsToldAsync("web-certificate-expired", HubExit.Usage, "is good until", under, new ManualClock(Now.AddDays(11)));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(tls.KeyFile, other.ExportPkcs8PrivateKeyPem());
        await bench.IsToldAsync("web-certificate-other-key", HubExit.Usage, "is not the key of", under);
        await File.WriteAllTextAsync(tls.CertificateFile, "no certificate");
        await bench.IsToldAsync("web-certificate-damaged", HubExit.Usage, "holds no certificate", under);

        var secret = Path.Combine(bench.Folder, "webhook.secret");
        Func<HubOptions, HubOptions> called = options => options with { Alarms = new AlarmOptions { Webhook = new WebhookOptions(new Uri("https://alerts.example.com/path-secret"), secret) } };
        var told = await bench.IsToldAsync("secret-not-readable", HubExit.Usage, "webhook.secret is not there", called);
        Assert.DoesNotContain("path-secret", told.ToString(), StringComparison.Ordinal);
        await bench.IsToldAsync("web-access-wrong", HubExit.Usage, "who may look", options => options with { WebListen = new IPEndPoint(IPAddress.Any, 0) });
    }

    [PostgresFact]
    public async Task Doctor_ListenersPort_SaysWhoIsThere()
    {
        await using var bench = await DoctorBench.StartAsync(postgres);
        await bench.IsToldAsync("hub-not-running", HubExit.Done, "nobody listens at 127.0.0.1");
        await bench.IsToldAsync("address-not-here", HubExit.Failed, "no address 192.0.2.1", options => options with { GrpcListen = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 5443) });

        using (var other = new TcpListener(IPAddress.Loopback, 0))
        {
            other.Start();
            var taken = (IPEndPoint)other.LocalEndpoint;
            await bench.IsToldAsync("port-silent", HubExit.Failed, "does not answer within 10 s", options => options with { GrpcListen = taken });
            var answered = AnswerInTheClearAsync(other);
            await bench.IsToldAsync("port-taken", HubExit.Failed, "speaks no TLS", options => options with { GrpcListen = taken });
            await answered;
            await bench.IsToldAsync("web-port-taken", HubExit.Done, "another program listens", options => options with { WebListen = taken });
        }

        await using var second = await DoctorBench.StartAsync(postgres);
        await using var hub = await second.ServeAsync();
        await bench.IsToldAsync("port-taken", HubExit.Failed, "the hub of another installation", options => options with { GrpcListen = second.Options.GrpcListen });
        var found = await second.LookAsync();
        Assert.Contains(found, one => one is { Code: "hub", Gravity: Gravity.Well });
        Assert.DoesNotContain(found, one => one.Gravity == Gravity.Fault);
        await second.IsToldAsync("certificate-ends-soon", HubExit.Done, "with a certificate until", clock: new ManualClock(Now.AddDays(340)), change: RenewOnDisk(second));
    }

    // To the look before, which has hung up, and to the next.
    private static async Task AnswerInTheClearAsync(TcpListener listener)
    {
        for (var call = 0; call < 2; call++)
        {
            using var caller = await listener.AcceptTcpClientAsync();
            try
            {
                await caller.GetStream().WriteAsync("SSH-2.0-OpenSSH_9.6\r\n"u8.ToArray());
            }
            catch (IOException)
            {
                // Hung up.
            }
        }
    }

    // As if another process had renewed the file: the one that serves shows its old certificate all the same.
    private static Func<HubOptions, HubOptions> RenewOnDisk(DoctorBench bench)
    {
        var pem = File.ReadAllText(Path.Combine(bench.State, HubIdentity.AuthorityFile));
        using var authority = CertificateAuthority.FromPem(pem, new ManualClock(Now.AddDays(300)));
        File.WriteAllText(Path.Combine(bench.State, HubIdentity.ServerFile), authority.IssueServer(["localhost", "127.0.0.1"]));
        return options => options;
    }

    private static void Write(WebTls tls, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=pages.example.com", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddDays(-1), until);
        File.WriteAllText(tls.CertificateFile, made.ExportCertificatePem());
        File.WriteAllText(tls.KeyFile, key.ExportPkcs8PrivateKeyPem());
    }
}
