using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Contracts;
using CallTracking.Rpc;
using Google.Protobuf;

namespace CallTracking.Agent.Identity;

/// <summary>Who the agent is for the hub, and whom it trusts.</summary>
/// <param name="Certificate">Bound to the region, with its private key.</param>
/// <param name="Roots">The hub's authority, and nothing else.</param>
/// <param name="PolicyKey">SubjectPublicKeyInfo of the key that signs policy bundles.</param>
internal sealed record AgentIdentity(X509Certificate2 Certificate, X509Certificate2Collection Roots, byte[] PolicyKey) : IDisposable
{
    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var root in Roots)
        {
            root.Dispose();
        }
    }
}

/// <summary>The files below <c>state/identity</c>.</summary>
internal sealed class IdentityStore(StateVault state)
{
    private string Identity => Path.Combine(state.Directory, "identity");

    private string KeyFile => Path.Combine(Identity, "agent.key");

    private string CertificateFile => Path.Combine(Identity, "agent.crt");

    private string AuthorityFile => Path.Combine(Identity, "ca.crt");

    private string PolicyKeyFile => Path.Combine(Identity, "policy-key.spki");

    private string BundleFile => Path.Combine(Identity, "bundle.pb");

    /// <summary>True before the region enrolled; false too where what is there is not whole.</summary>
    public bool IsEmpty => !File.Exists(CertificateFile) && !File.Exists(KeyFile);

    /// <summary>The identity of an enrolled region.</summary>
    /// <exception cref="AgentException">The region is not enrolled, or a file is damaged or locked.</exception>
    public AgentIdentity Load()
    {
        try
        {
            return new AgentIdentity(
                RpcTls.LoadPem(File.ReadAllText(CertificateFile), Encoding.ASCII.GetString(state.Read(KeyFile))),
                [X509CertificateLoader.LoadCertificateFromFile(AuthorityFile)],
                File.ReadAllBytes(PolicyKeyFile));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AgentException(
                ExitCode.Identity, $"The region is not enrolled: {Identity} is not complete. Run 'calltracking-agent enrol' with a token from the hub.", missing);
        }
        catch (Exception damaged) when (damaged is CryptographicException or ArgumentException)
        {
            throw new AgentException(
                ExitCode.Identity, $"The region's key or certificate in {Identity} cannot be read, or do not belong together. Enrol again with a new token.", damaged);
        }
    }

    /// <summary>SubjectPublicKeyInfo of the key that signs policies and code tables; null before the region enrolled.</summary>
    public byte[]? LoadPolicyKey() => File.Exists(PolicyKeyFile) ? File.ReadAllBytes(PolicyKeyFile) : null;

    /// <summary>Null when none is stored or it is no bundle.</summary>
    public SignedPolicyBundle? LoadBundle()
    {
        try
        {
            return File.Exists(BundleFile) ? SignedPolicyBundle.Parser.ParseFrom(File.ReadAllBytes(BundleFile)) : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>Keeps a bundle whose signature was verified.</summary>
    public void SaveBundle(SignedPolicyBundle bundle) => PrivateFile.Write(BundleFile, bundle.ToByteArray());

    /// <summary>Until when the certificate is good, which is no secret; null where there is none that can be read.</summary>
    public DateTimeOffset? CertificateEnd()
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(CertificateFile);
            return certificate.NotAfter.ToUniversalTime();
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Makes sure that what an enrolment brings can be kept: folders that can be written, the key of the lock, a secret that can be opened.</summary>
    /// <exception cref="AgentException">It could not; the text says why.</exception>
    public void Prepare()
    {
        try
        {
            PrivateFile.CreateFolder(state.Directory);
            PrivateFile.CreateFolder(Identity);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new AgentException(ExitCode.Configuration, StateFolder.WhyNot(state.Directory, refused), refused);
        }

        foreach (var folder in new[] { state.Directory, Identity, Path.Combine(state.Directory, "keys") })
        {
            if (StateFolder.WhyNotWritable(folder) is { } refusal)
            {
                throw new AgentException(ExitCode.Configuration, refusal);
            }
        }

        _ = state.HasKey;
        if (new RegionSecret(state) is { IsThere: true } secret)
        {
            secret.LoadSecret();
        }
    }

    /// <summary>Keeps what enrolment brought. The region's secret is made when there is none, and never replaced.</summary>
    public void Save(ECDsa key, EnrolResponse enrolled)
    {
        PrivateFile.CreateFolder(state.Directory);
        PrivateFile.CreateFolder(Identity);
        new RegionSecret(state).MakeIfMissing();
        state.Write(KeyFile, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
        PrivateFile.Write(AuthorityFile, Pem(enrolled.CaCertificateDer));
        PrivateFile.Write(PolicyKeyFile, enrolled.PolicySigningKeySpki.Span);
        SaveCertificate(enrolled.CertificateDer);
        if (enrolled.Bundle is { } bundle)
        {
            SaveBundle(bundle);
        }
    }

    /// <summary>Replaces the certificate; the key stays.</summary>
    public void SaveCertificate(ByteString der) => PrivateFile.Write(CertificateFile, Pem(der));

    private static byte[] Pem(ByteString der) => Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE", der.Span) + "\n");
}
