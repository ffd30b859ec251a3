using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Agent.Commands;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Identity;

/// <summary>
/// What every key of the region comes from, below <c>state/keys</c>: <c>region.secret</c>, 32 bytes, and <c>pseudonyms.version</c>, the version of
/// the keys of pseudonyms, which is 1 where the file is not there.
/// </summary>
internal sealed class RegionSecret(StateVault state)
{
    /// <summary>More rotations than a region lives to see: every older version is looked through where a person is sought.</summary>
    public const uint MostVersions = 1000;

    private string Keys => Path.Combine(state.Directory, "keys");

    public string SecretFile => Path.Combine(Keys, "region.secret");

    private string VersionFile => Path.Combine(Keys, "pseudonyms.version");

    /// <summary>False on a machine on which the region never enrolled, or whose state was lost.</summary>
    public bool IsThere => File.Exists(SecretFile);

    /// <summary>The region's keys.</summary>
    /// <exception cref="AgentException">A file is missing or is not what it should be.</exception>
    public RegionKeys Load(RegionCode region) => RegionKeys.Derive(LoadSecret(), region.Value, LoadVersion());

    /// <summary>The secret itself.</summary>
    /// <exception cref="AgentException">It is missing, locked, or has a wrong length.</exception>
    public byte[] LoadSecret() => TryLoadSecret()
        ?? throw new AgentException(
            ExitCode.Identity,
            !IsThere && new IdentityStore(state).IsEmpty
                ? $"The region is not enrolled: there is neither {SecretFile} nor a certificate. Run 'calltracking-agent enrol' with a token from the hub; where it was enrolled before, on this machine or another, bring its secret back first ('calltracking-agent keys import')."
                : $"{SecretFile} is missing or has not {RegionKeys.SecretSize} bytes. Restore it from its backup ('calltracking-agent keys import'); 'calltracking-agent enrol' makes one for a new region only.");

    /// <summary>The secret itself; null where it is missing or damaged.</summary>
    /// <exception cref="AgentException">It is locked, and the key for it is not here.</exception>
    public byte[]? TryLoadSecret() => File.Exists(SecretFile) && state.Read(SecretFile) is { Length: RegionKeys.SecretSize } secret ? secret : null;

    /// <summary>Makes a secret where there is none. One that is there is never replaced.</summary>
    public void MakeIfMissing()
    {
        if (!IsThere)
        {
            Save(RandomNumberGenerator.GetBytes(RegionKeys.SecretSize), 1);
        }
    }

    /// <summary>Keeps a secret and its version; of another secret that was there a copy stays beside it.</summary>
    public void Save(ReadOnlySpan<byte> secret, uint version)
    {
        PrivateFile.CreateFolder(state.Directory);
        PrivateFile.CreateFolder(Keys);
        // A kill between two writes may leave a secret under too high a version, which sends too much; under too low a one it would bring back
        // pseudonyms that were rotated away.
        if (version > (TryLoadVersion() ?? 1))
        {
            SaveVersion(version);
        }

        state.Write(SecretFile, secret);
        SaveVersion(version);
    }

    /// <summary>Which version the keys of pseudonyms have from now on.</summary>
    public void SaveVersion(uint version)
    {
        if (version == 1)
        {
            File.Delete(VersionFile);
            return;
        }

        PrivateFile.Write(VersionFile, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{version}\n")));
    }

    /// <summary>Puts secret and version aside, so that others can take their place; says where the secret is.</summary>
    public string MoveAside(DateTimeOffset now)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{SecretFile}{StateVault.Aside}{now:yyyyMMdd'T'HHmmss'Z'}");
        File.Copy(SecretFile, aside, overwrite: true);
        if (File.Exists(VersionFile))
        {
            File.Copy(VersionFile, string.Create(CultureInfo.InvariantCulture, $"{VersionFile}{StateVault.Aside}{now:yyyyMMdd'T'HHmmss'Z'}"), overwrite: true);
        }

        return aside;
    }

    /// <summary>The name of the state key under which the secret is locked; null where it is not there or lies in clear.</summary>
    public string? LockedUnder => IsThere ? StateLock.KeyIdOf(File.ReadAllBytes(SecretFile)) : null;

    /// <summary>Puts away a secret that cannot be opened, under a name that no lock looks for; says where it is.</summary>
    public string SetAside(DateTimeOffset now)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{SecretFile}.unopened-{now:yyyyMMdd'T'HHmmss'Z'}");
        File.Move(SecretFile, aside, overwrite: true);
        return aside;
    }

    /// <summary>Which version the keys of pseudonyms have; 1 where no file says it, null where it is damaged.</summary>
    public uint? TryLoadVersion()
    {
        if (!File.Exists(VersionFile))
        {
            return 1;
        }

        var text = new FileInfo(VersionFile).Length <= 16 ? File.ReadAllText(VersionFile).Trim() : "";
        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version is > 0 and <= MostVersions ? version : null;
    }

    private uint LoadVersion() => TryLoadVersion()
        ?? throw new AgentException(
            ExitCode.Identity, $"{VersionFile} does not hold a whole number from 1 to {MostVersions}. Put it back from its backup, or import the region's key ('calltracking-agent keys import').");
}
