using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Identity;

/// <summary>
/// The region's own key for its floor (ECDSA P-256), below <c>state/keys</c>: <c>floor.pub</c> is what the agent trusts, <c>floor.key</c>
/// signs and may be kept elsewhere, <c>floor.since</c> says when the newest floor was signed that held here, so that an older one, signed
/// as it is, does not come back. It is the region's alone: the hub never sees it.
/// </summary>
internal sealed class FloorKey(StateVault state, RegionCode region)
{
    private const string Label = "ctfloor2";

    // As signed before signatures told when.
    private const string UndatedLabel = "ctfloor1";

    // It is bound to this name, wherever it is kept.
    private const string SigningKeyName = "floor.key";

    private string NewestFile => Path.Combine(Keys, "floor.since");

    private string Keys => Path.Combine(state.Directory, "keys");

    /// <summary>The file with the key that signs.</summary>
    public string SigningKeyFile => Path.Combine(Keys, SigningKeyName);

    /// <summary>The file with the key that is trusted.</summary>
    public string TrustedKeyFile => Path.Combine(Keys, "floor.pub");

    /// <summary>True when the region has signed a floor here: from then on it never works without one.</summary>
    public bool IsInUse => File.Exists(TrustedKeyFile);

    /// <summary>Signs a document; the first time a key is made and trusted from then on.</summary>
    /// <param name="document">Its bytes, as they stand in the file.</param>
    /// <param name="keyFile">A PEM file with the key; null for the one below the state folder.</param>
    /// <param name="now">When it is signed; the newest floor that held counts where the clock was put back.</param>
    /// <exception cref="AgentException">There is no key to sign with, or it is not the region's.</exception>
    public string Sign(ReadOnlySpan<byte> document, string? keyFile, DateTimeOffset now)
    {
        using var key = LoadOrMake(keyFile ?? SigningKeyFile, mayMake: keyFile is null);
        var signedAt = Math.Max(now.ToUnixTimeMilliseconds(), Newest() + 1);
        var signature = key.SignData(Payload(document, signedAt), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return string.Create(CultureInfo.InvariantCulture, $"{Label}.{KeyId(key)}.{signedAt}.{Convert.ToHexStringLower(signature)}\n");
    }

    /// <summary>Null when the region signed just this document; otherwise why it does not hold, and the cure.</summary>
    public string? Refuse(ReadOnlySpan<byte> document, string signature)
    {
        if (!IsInUse)
        {
            return "this agent does not know the region's floor key; run 'calltracking-agent floor sign'";
        }

        using var key = Import(TrustedKeyFile);
        var (keyId, signedAt, hex) = Read(signature);
        if (Bytes(hex) is not { Length: > 0 } bytes)
        {
            return "its signature file holds no signature; run 'calltracking-agent floor sign'";
        }

        if (keyId != KeyId(key))
        {
            return $"it was signed with key {keyId}, and the region's is {KeyId(key)}; sign it with the region's";
        }

        if (!key.VerifyData(Payload(document, signedAt), bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
        {
            return "it is not what was signed; put the signed one back, or look at the change and run 'calltracking-agent floor sign'";
        }

        return signedAt < Newest()
            ? "a newer one has held here since it was signed; put that one back, or look at this one and run 'calltracking-agent floor sign'"
            : null;
    }

    /// <summary>Remembers when a floor was signed that holds in a sync: an older one is refused from then on.</summary>
    /// <param name="signature">Of a floor that was not refused.</param>
    public void Remember(string signature)
    {
        if (Read(signature).SignedAt is var signedAt && signedAt > Newest())
        {
            PrivateFile.Write(NewestFile, Encoding.ASCII.GetBytes(signedAt.ToString(CultureInfo.InvariantCulture) + "\n"));
        }
    }

    // What cannot be read may have said anything: no floor is newer than that.
    private long Newest() =>
        !File.Exists(NewestFile) ? 0
        : long.TryParse(File.ReadAllText(NewestFile).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var newest) ? newest
        : throw new AgentException(ExitCode.NoPolicy, $"{NewestFile} does not say when the region's newest floor was signed. Put it back, or delete it after a look at the floor and run 'calltracking-agent floor sign'. Nothing leaves until then.");

    private static (string KeyId, long SignedAt, string Hex) Read(string signature) => signature.Trim().Split('.') switch
    {
        [Label, var id, var at, var dated] when long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var time) => (id, time, dated),
        [UndatedLabel, var id, var undated] => (id, 0, undated),
        _ => ("", 0, ""),
    };

    private static string KeyId(ECDsa key) => BundleVerifier.KeyId(key.ExportSubjectPublicKeyInfo());

    private static byte[]? Bytes(string hex)
    {
        try
        {
            return Convert.FromHexString(hex);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private ECDsa Import(string file, string? name = null)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(Encoding.UTF8.GetString(state.Read(file, name)));
            return key.KeySize == 256 ? key : throw new CryptographicException("not a P-256 key");
        }
        catch (Exception broken) when (broken is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new AgentException(
                ExitCode.NoPolicy, $"{file} is no key for floors (PEM, ECDSA P-256). Put it back from its backup. Nothing leaves until then.", broken);
        }
    }

    private ECDsa LoadOrMake(string file, bool mayMake)
    {
        if (!File.Exists(file) && (!mayMake || IsInUse))
        {
            throw new AgentException(
                ExitCode.Configuration,
                $"There is no key {file}. The region's floor was signed before: name the file with its key by --key, or put it back.");
        }

        var isNew = !File.Exists(file);
        var key = isNew ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : Import(file, SigningKeyName);
        try
        {
            Trust(key, isNew);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private void Trust(ECDsa key, bool isNew)
    {
        PrivateFile.CreateFolder(state.Directory);
        PrivateFile.CreateFolder(Keys);
        if (IsInUse)
        {
            using var known = Import(TrustedKeyFile);
            if (KeyId(known) != KeyId(key))
            {
                throw new AgentException(
                    ExitCode.Configuration,
                    $"This key ({KeyId(key)}) is not the one with which the region signs ({KeyId(known)}). Use that one; to change to another key, delete {TrustedKeyFile} first.");
            }

            return;
        }

        if (isNew)
        {
            state.Write(SigningKeyFile, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
        }

        PrivateFile.Write(TrustedKeyFile, Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem() + "\n"));
    }

    // What is signed says what it is for: a signature of this key means nothing elsewhere.
    private byte[] Payload(ReadOnlySpan<byte> document, long signedAt) =>
        [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"calltracking region floor\0{region}\0{(signedAt > 0 ? $"{signedAt}\0" : "")}")), .. document];
}
