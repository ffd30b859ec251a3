using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Hub.People;
using CallTracking.Hub.Web;
using CallTracking.Testing;
using Xunit;

namespace CallTracking.Hub.Tests.People;

/// <summary>The web listener under TLS of its own.</summary>
public sealed class EncryptedTests(PostgresCluster postgres) : IClassFixture<PostgresCluster>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ct-tls-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PostgresFact]
    public async Task Pages_UnderTls_AskForSignInAndTellBrowsersToStayThere()
    {
        var (tls, thumbprint) = Certificate();
        await using var people = await PeopleHub.StartAsync(postgres, options => options with { Tls = tls, SignIn = null });
        await people.AddAccountAsync("weber");
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == thumbprint };
        using var http = new HttpClient(handler) { BaseAddress = people.Hub.Host.WebAddress };

        var token = SignInBrowser.TokenOf(await http.GetStringAsync("/sign-in"));
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("token", token), KeyValuePair.Create("name", "weber"), KeyValuePair.Create("password", PeopleHub.Password)]);
        using var answer = await http.PostAsync("/sign-in", form);
        using var start = await http.GetAsync("/");

        Assert.Equal("https", people.Hub.Host.WebAddress.Scheme);
        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.OK), (answer.StatusCode, start.StatusCode));
        Assert.Equal(31536000, double.Parse(start.Headers.GetValues("Strict-Transport-Security").Single().Split('=')[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie =>
        {
            Assert.StartsWith("__Host-calltracking-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [PostgresFact]
    public async Task Pages_OnLoopbackInTheClear_SayNothingOfTls()
    {
        await using var people = await PeopleHub.StartAsync(postgres);

        using var page = await people.AskAsync("/sign-in");

        Assert.False(page.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public void Require_KeyOfAnotherCertificate_IsToldWithBothNames()
    {
        var (tls, _) = Certificate();
        var other = Path.Combine(_folder.FullName, "other.pem");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(other, key.ExportPkcs8PrivateKeyPem());

        var refused = Assert.Throws<HubException>(() => WebCertificate.Require(tls with { KeyFile = other }));

        Assert.Equal(HubExit.Usage, refused.ExitCode);
        Assert.Contains("other.pem", refused.Message, StringComparison.Ordinal);
    }

    private (WebTls Tls, string Thumbprint) Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (file, keyFile) = (Path.Combine(_folder.FullName, "web.pem"), Path.Combine(_folder.FullName, "web-key.pem"));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (new WebTls(file, keyFile), certificate.Thumbprint);
    }
}
