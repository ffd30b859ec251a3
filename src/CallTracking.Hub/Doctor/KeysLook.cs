using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Configuration;
using CallTracking.Hub.Storage;
using CallTracking.Privacy;

namespace CallTracking.Hub.Doctor;

/// <summary>
/// Looks at the keys of the installation as they lie in the state folder: authority, TLS certificate, policy-signing key, the key of the seals. Makes
/// none, other than loading them would.
/// </summary>
internal sealed class KeysLook(HubOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);
    private static readonly TimeSpan AuthoritySoon = TimeSpan.FromDays(180);

    private readonly Dictionary<string, string> _texts = [];

    /// <summary>Null where it cannot be read.</summary>
    public X509Certificate2? Authority { get; private set; }

    /// <summary>The public half of the key that signs policies and seals the audit log; null where one of the keys cannot be used.</summary>
    public byte[]? SigningKey { get; private set; }

    /// <param name="hasHistory">Regions were let in by this installation before.</param>
    public IReadOnlyList<Diagnosis> Look(bool hasHistory)
    {
        // The key for transfer files came later: an installation from before has it from its next start.
        var missing = HubIdentity.Files.Except([HubIdentity.TransferFile, .. Found]).ToList();
        if (Found.Count == 0 && !hasHistory)
        {
            return [Diagnosis.Well("keys", "there are none yet: the hub makes them at its first start")];
        }

        if (missing.Count > 0)
        {
            return [Fault(
                "keys-missing", $"{string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} not in {options.StateDirectory}",
                "Put the folder back from its backup before the hub starts: it would make new ones, and regions trust the old ones only. Or 'state' in hub.yaml names another folder than before.")];
        }

        return [.. Read() ?? Judge()];
    }

    public void Dispose() => Authority?.Dispose();

    private List<string> Found => [.. HubIdentity.Files.Where(name => File.Exists(PathOf(name)))];

    private List<Diagnosis>? Read()
    {
        try
        {
            foreach (var name in Found)
            {
                _texts[name] = Encoding.UTF8.GetString(options.StateLock.Open(name, File.ReadAllBytes(PathOf(name))));
            }

            return null;
        }
        catch (StateLockException locked)
        {
            return [Fault("state-key", "the keys of the state folder are locked, and what opens them is not here, or is another", $"{locked.Message} ('state_key_file' in hub.yaml, or {HubYaml.StateKeyVariable})")];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [Fault("keys-not-readable", $"a key in {options.StateDirectory} cannot be read ({unreadable.GetType().Name})", "Run the hub and its commands as the folder's owner.")];
        }
    }

    private IEnumerable<Diagnosis> Judge()
    {
        var (authority, server) = (Certificate(HubIdentity.AuthorityFile), Certificate(HubIdentity.ServerFile));
        var damaged = new List<string>();
        damaged.AddRange(authority is null ? [HubIdentity.AuthorityFile] : []);
        damaged.AddRange(server is null ? [HubIdentity.ServerFile] : []);
        var signing = Signing();
        damaged.AddRange(signing is null ? [HubIdentity.SigningFile] : []);
        damaged.AddRange(IsSealKey() ? [] : [HubIdentity.SealFile]);
        damaged.AddRange(IsTransferKey() ? [] : [HubIdentity.TransferFile]);
        Authority = authority;
        if (damaged.Count > 0)
        {
            yield return Fault("keys-damaged", $"{string.Join(", ", damaged)} in {options.StateDirectory} cannot be used: damaged, or certificate and key do not belong together", "Put the file back from its backup.");
            yield break;
        }

        SigningKey = signing;
        if (options.StateLock.HasKey && Found.Count(name => StateLock.KeyIdOf(File.ReadAllBytes(PathOf(name))) != options.StateLock.KeyId) is > 0 and var open)
        {
            yield return Diagnosis.Doubt("keys-in-clear", FormattableString.Invariant($"{open} of {Found.Count} files with keys are not locked under the configured state key"), "Run 'calltracking-hub keys lock'.");
        }

        yield return Judge(authority!);
        using (server)
        {
            yield return Judge(server!, authority!);
        }
    }

    private Diagnosis Judge(X509Certificate2 authority)
    {
        DateTimeOffset until = authority.NotAfter.ToUniversalTime();
        var text = $"the installation's authority is good until {until:u}";
        return until <= clock.GetUtcNow() ? Fault("authority-expired", text, "No region can connect: set the hub up with a new authority, and enrol every region again.")
            : until - clock.GetUtcNow() < AuthoritySoon ? Diagnosis.Doubt("authority-ends-soon", text, "Plan a new authority: every region has to enrol again.")
            : Diagnosis.Well("authority", text);
    }

    private Diagnosis Judge(X509Certificate2 server, X509Certificate2 authority)
    {
        DateTimeOffset until = server.NotAfter.ToUniversalTime();
        var text = $"the hub's certificate is good until {until:u}";
        return !IsSignedBy(server, authority) ? Fault("certificate-not-ours", $"the hub's certificate ({HubIdentity.ServerFile}) is not signed by its authority ({HubIdentity.AuthorityFile})", "Delete it: the hub makes another at its next start; or put both back from one backup.")
            : until <= clock.GetUtcNow() ? Fault("certificate-expired", text, "Start the hub again: it makes another. If this machine's clock is wrong, set it first.")
            : !options.GrpcHostNames.All(host => server.MatchesHostname(host, allowWildcards: false)) ? Diagnosis.Doubt(
                "certificate-other-name", "the hub's certificate does not have all names of grpc.host_names", "Start the hub again: it makes another.")
            : until - clock.GetUtcNow() < Soon ? Diagnosis.Doubt("certificate-ends-soon", text, "Start the hub again: it makes another.")
            : Diagnosis.Well("certificate", text);
    }

    /// <summary>Whether the authority signed it, whatever its dates.</summary>
    public static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate);
    }

    private X509Certificate2? Certificate(string name)
    {
        try
        {
            return X509Certificate2.CreateFromPem(_texts[name], _texts[name]);
        }
        catch (Exception damaged) when (damaged is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private bool IsTransferKey()
    {
        if (!_texts.TryGetValue(HubIdentity.TransferFile, out var text))
        {
            return true;
        }

        try
        {
            using var key = ECDiffieHellman.Create();
            key.ImportFromPem(text);
            return true;
        }
        catch (Exception damaged) when (damaged is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private byte[]? Signing()
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(_texts[HubIdentity.SigningFile]);
            return key.ExportSubjectPublicKeyInfo();
        }
        catch (Exception damaged) when (damaged is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private bool IsSealKey()
    {
        var key = new byte[CaseSeal.KeyBytes * 2];
        return Convert.TryFromBase64String(_texts[HubIdentity.SealFile].Trim(), key, out var length) && length == CaseSeal.KeyBytes;
    }

    private string PathOf(string name) => Path.Combine(options.StateDirectory, name);

    private static Diagnosis Fault(string code, string text, string cure) => Diagnosis.Fault(HubExit.Usage, code, text, cure);
}
