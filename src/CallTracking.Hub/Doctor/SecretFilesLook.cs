using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Contracts;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.People;
using CallTracking.Hub.Web;

namespace CallTracking.Hub.Doctor;

/// <summary>Looks at the files that hub.yaml names: the web listener's certificate and key, and the secrets of channels. Their content is never told.</summary>
internal static class SecretFilesLook
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public static IEnumerable<Diagnosis> Look(HubOptions options, TimeProvider clock)
    {
        (string Key, string? File)[] secrets =
        [
            ("alarms.webhook.secret_file", options.Alarms.Webhook?.SecretFile),
            ("alarms.mail.password_file", options.Alarms.Mail?.PasswordFile),
        ];
        foreach (var (key, file) in secrets)
        {
            if (file is not null && WhyNotReadable(file) is { } why)
            {
                yield return Fault("secret-not-readable", $"{key}: {file} {why}", "Put it there, readable for the hub's user: alarms are not told over that channel.");
            }
        }

        if (options.Telemetry.Otlp?.HeadersFile is { } headers && WhyNotReadable(headers) is { } closed)
        {
            yield return Fault("secret-not-readable", $"telemetry.otlp.headers_file: {headers} {closed}", "Put it there, readable for the hub's user: without it the hub does not start.");
        }

        if (options.WebAccessTokenFile is { } token && WhyNotReadable(token) is { } reason)
        {
            yield return Fault("secret-not-readable", $"web.access_token_file: {token} {reason}", "Put it there, readable for the hub's user: without it the hub does not start.");
        }
        else if (WhyNotOpened(options) is { } refused)
        {
            yield return Fault("web-access-wrong", "who may look at the pages is not settled so that the hub may start", refused);
        }

        if (options.People.Tls is { } tls)
        {
            yield return Certificate(tls, clock.GetUtcNow());
        }
    }

    private static Diagnosis Certificate(WebTls tls, DateTimeOffset now)
    {
        if (WhyNotReadable(tls.CertificateFile) is { } why)
        {
            return Fault("web-certificate-not-readable", $"web.tls.certificate: {tls.CertificateFile} {why}", "Give the hub's user the right to read it.");
        }

        if (WhyNotReadable(tls.KeyFile) is { } whyKey)
        {
            return Fault("web-certificate-not-readable", $"web.tls.key: {tls.KeyFile} {whyKey}", "Give the hub's user the right to read it.");
        }

        X509Certificate2 certificate;
        try
        {
            certificate = X509CertificateLoader.LoadCertificateFromFile(tls.CertificateFile);
        }
        catch (CryptographicException)
        {
            return Fault("web-certificate-damaged", $"web.tls.certificate: {tls.CertificateFile} holds no certificate in PEM", "Write the certificate first, and the chain behind it.");
        }

        using (certificate)
        {
            DateTimeOffset until = certificate.NotAfter.ToUniversalTime();
            var text = $"the certificate of the pages ({certificate.Subject}) is good until {until:u}";
            return !BelongsTo(tls) ? Fault("web-certificate-other-key", $"web.tls.key: {tls.KeyFile} is not the key of {tls.CertificateFile}, or is encrypted", "Name the key that the certificate was made for, in PEM, unencrypted.")
                : until <= now ? Fault("web-certificate-expired", text, "Put a renewed one there, and start the hub again: it reads it at start.")
                : until - now < Soon ? Diagnosis.Doubt("web-certificate-ends-soon", text, "Put a renewed one there, and start the hub again: it reads it at start.")
                : Diagnosis.Well("web-certificate", text);
        }
    }

    private static bool BelongsTo(WebTls tls)
    {
        try
        {
            X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile).Dispose();
            return true;
        }
        catch (Exception unusable) when (unusable is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static string? WhyNotOpened(HubOptions options)
    {
        try
        {
            _ = WebAccess.Require(options);
            return null;
        }
        catch (HubException refused)
        {
            return refused.Message;
        }
    }

    private static string? WhyNotReadable(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return stream.Length > 0 ? null : "is empty";
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return "is not there";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return "cannot be read by this user";
        }
    }

    private static Diagnosis Fault(string code, string text, string cure) => Diagnosis.Fault(HubExit.Usage, code, text, cure);
}
