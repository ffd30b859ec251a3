using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Storage;
using CallTracking.Privacy;
using CallTracking.Rpc;

namespace CallTracking.Hub.Access;

/// <summary>
/// Who this installation is: its authority, its TLS certificate, the key that signs policies, the key that seals cases, the key to
/// which regions without a line encrypt. Made on first use in the state
/// folder; several processes may share the folder or have copies of it.
/// </summary>
internal sealed class HubIdentity : IDisposable
{
    /// <summary>Of the key that seals cases.</summary>
    public const string SealFile = "case-seal.key";

    /// <summary>Of the authority's certificate and key.</summary>
    public const string AuthorityFile = "authority.pem";

    /// <summary>Of the TLS certificate and its key.</summary>
    public const string ServerFile = "server.pem";

    /// <summary>Of the key that signs policies.</summary>
    public const string SigningFile = "policy-signing.pem";

    /// <summary>Of the key to which regions without a line encrypt their files.</summary>
    public const string TransferFile = "transfer.pem";

    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    private HubIdentity(CertificateAuthority authority, X509Certificate2 server, ECDsa policySigningKey, CaseSeal seal, ECDiffieHellman transferKey)
    {
        Authority = authority;
        Server = server;
        PolicySigningKey = policySigningKey;
        Seal = seal;
        TransferKey = transferKey;
    }

    public CertificateAuthority Authority { get; }

    /// <summary>What the gRPC listener shows, with its private key.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>ECDSA P-256.</summary>
    public ECDsa PolicySigningKey { get; }

    /// <summary>Seals what is stored.</summary>
    public CaseSeal Seal { get; }

    /// <summary>Opens the regions' transfer files; P-256.</summary>
    public ECDiffieHellman TransferKey { get; }

    /// <summary>Files with keys that lie in clear though a key of the state folder is configured.</summary>
    public IReadOnlyList<string> Open { get; private init; } = [];

    /// <summary>All files with keys, by their names in the state folder.</summary>
    public static IReadOnlyList<string> Files { get; } = [AuthorityFile, ServerFile, SigningFile, SealFile, TransferFile];

    /// <summary>True when the state folder has the key that seals cases; where it has none, loading makes one.</summary>
    public static bool HasSealKey(HubOptions options) => File.Exists(Path.Combine(options.StateDirectory, SealFile));

    /// <summary>Loads the identity; makes what is missing and renews the TLS certificate when it runs out or names other hosts.</summary>
    /// <exception cref="HubException">A file of the state folder cannot be used.</exception>
    public static async Task<HubIdentity> LoadAsync(HubOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            var files = new StateFiles(options.StateDirectory, clock, options.StateLock);
            using var held = await files.LockAsync(cancellationToken);
            foreach (var name in Files)
            {
                files.RemoveLeftOvers(name);
            }

            var authority = LoadAuthority(files, options, clock);
            return new HubIdentity(authority, LoadServer(files, options, clock, authority), LoadSigningKey(files), LoadSeal(files), LoadTransferKey(files)) { Open = [.. Files.Where(files.IsOpen)] };
        }
        catch (StateLockException locked)
        {
            throw new HubException($"{options.StateDirectory}: {locked.Message} ('state_key_file' in hub.yaml, or {HubYaml.StateKeyVariable})", HubExit.Usage, locked);
        }
        catch (Exception broken) when (broken is CryptographicException or UnauthorizedAccessException or IOException or ArgumentException or FormatException)
        {
            throw new HubException(
                $"The state folder {options.StateDirectory} cannot be used ({broken.GetType().Name}). It must be writable by this user and hold whole files; restore it from its backup.",
                HubExit.Usage,
                broken);
        }
    }

    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
        PolicySigningKey.Dispose();
        TransferKey.Dispose();
    }

    private static CertificateAuthority LoadAuthority(StateFiles files, HubOptions options, TimeProvider clock)
    {
        if (files.TryRead(AuthorityFile) is { } pem)
        {
            return CertificateAuthority.FromPem(pem, clock);
        }

        var made = CertificateAuthority.Create(options.Entity, clock);
        files.Write(AuthorityFile, made.ToPem());
        return made;
    }

    private static X509Certificate2 LoadServer(StateFiles files, HubOptions options, TimeProvider clock, CertificateAuthority authority)
    {
        if (files.TryRead(ServerFile) is { } pem)
        {
            var kept = RpcTls.LoadPem(pem, pem);
            if (kept.NotAfter.ToUniversalTime() - RenewBefore > clock.GetUtcNow().UtcDateTime && options.GrpcHostNames.All(host => kept.MatchesHostname(host, allowWildcards: false)))
            {
                return kept;
            }

            kept.Dispose();
        }

        var made = authority.IssueServer(options.GrpcHostNames);
        files.Write(ServerFile, made);
        return RpcTls.LoadPem(made, made);
    }

    private static ECDsa LoadSigningKey(StateFiles files)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (files.TryRead(SigningFile) is { } pem)
        {
            key.ImportFromPem(pem);
        }
        else
        {
            files.Write(SigningFile, key.ExportPkcs8PrivateKeyPem());
        }

        return key;
    }

    private static ECDiffieHellman LoadTransferKey(StateFiles files)
    {
        var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        if (files.TryRead(TransferFile) is { } pem)
        {
            key.ImportFromPem(pem);
        }
        else
        {
            files.Write(TransferFile, key.ExportPkcs8PrivateKeyPem());
        }

        return key;
    }

    private static CaseSeal LoadSeal(StateFiles files)
    {
        if (files.TryRead(SealFile) is not { } text)
        {
            text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(CaseSeal.KeyBytes));
            files.Write(SealFile, text);
        }

        var key = Convert.FromBase64String(text);
        return key.Length == CaseSeal.KeyBytes ? new CaseSeal(key) : throw new FormatException($"{SealFile} does not hold {CaseSeal.KeyBytes} bytes.");
    }
}
