using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Privacy;

/// <summary>
/// Every key of a region, derived from one 32-byte secret that never leaves it (HKDF-SHA-256, one label a key). The same
/// secret and region give the same keys, so a restored secret gives the same identities and pseudonyms. Thread-safe.
/// </summary>
public sealed class RegionKeys
{
    /// <summary>Length of the region's secret in bytes.</summary>
    public const int SecretSize = 32;

    private readonly ConcurrentDictionary<(string Purpose, uint Version), KeyedHash> _pseudonymKeys = new();
    private readonly byte[] _root;
    private readonly KeyedHash _uids;
    private readonly KeyedHash _changes;
    private readonly byte[] _storageKey;
    private readonly KeyedHash _shifts;
    private readonly Lazy<SealingKey> _sealing;

    private RegionKeys(byte[] root, string region, uint pseudonymVersion)
    {
        _root = root;
        Region = region;
        PseudonymVersion = pseudonymVersion;
        _uids = new KeyedHash(Expand("case-uid"));
        _changes = new KeyedHash(Expand("change-hash"));
        _storageKey = Expand("storage");
        _shifts = new KeyedHash(Expand("date-shift"));
        _sealing = new Lazy<SealingKey>(() => SealingKey.FromSeed(Expand("seal", 48)));
    }

    public string Region { get; }

    /// <summary>The version of the pseudonym keys in use; raise it to make new pseudonyms unlinkable to the old.</summary>
    public uint PseudonymVersion { get; }

    /// <summary>Names the secret without telling anything of it: 16 hexadecimal digits.</summary>
    public string Fingerprint => Convert.ToHexStringLower(Expand("fingerprint", 8));

    /// <summary>256-bit key for the outbox and the quarantine.</summary>
    public ReadOnlyMemory<byte> StorageKey => _storageKey;

    /// <summary>The region's key pair for sealed values.</summary>
    public SealingKey Sealing => _sealing.Value;

    /// <summary>Derives the keys, with pseudonym keys of version 1.</summary>
    /// <exception cref="ArgumentException">The secret has another length, or the region no name.</exception>
    public static RegionKeys Derive(ReadOnlySpan<byte> secret, string region) => Derive(secret, region, 1);

    /// <summary>Derives the keys, with pseudonym keys of the given version.</summary>
    /// <exception cref="ArgumentException">The secret has another length, the region no name, or the version is 0.</exception>
    public static RegionKeys Derive(ReadOnlySpan<byte> secret, string region, uint pseudonymVersion)
    {
        ArgumentException.ThrowIfNullOrEmpty(region);
        ArgumentOutOfRangeException.ThrowIfZero(pseudonymVersion);
        if (secret.Length != SecretSize)
        {
            throw new ArgumentException($"A region's secret has {SecretSize} bytes, got {secret.Length}.", nameof(secret));
        }

        var root = HKDF.Extract(HashAlgorithmName.SHA256, secret.ToArray(), Encoding.UTF8.GetBytes($"calltracking/v1\0{region}"));
        return new RegionKeys(root, region, pseudonymVersion);
    }

    /// <summary>The case's name across all regions: HMAC over region, source and local id, first 16 bytes.</summary>
    public CaseUid CaseUid(string source, string localId)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _uids.Hash(Encoding.UTF8.GetBytes($"{Region}\0{source}\0{localId}"), hash);
        return Contracts.CaseUid.FromBytes(hash[..Contracts.CaseUid.Size]);
    }

    /// <summary>
    /// 16 bytes that change when the mapped case or the edge's rules do: HMAC over their lengths and bytes. Keyed, because a plain
    /// hash of a case confirms guesses.
    /// </summary>
    public byte[] ChangeHash(ReadOnlySpan<byte> serialisedCase, ReadOnlySpan<byte> edgeDigest)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> length = stackalloc byte[sizeof(long)];
        BitConverter.TryWriteBytes(length, (long)edgeDigest.Length);
        _changes.Hash(length, edgeDigest, serialisedCase, hash);
        return hash[..16].ToArray();
    }

    /// <summary>As the other overload, for a value whose country is not known.</summary>
    public Pseudonym Pseudonymize(DataClass dataClass, string value, string purpose) =>
        Pseudonymize(dataClass, value, purpose, country: "");

    /// <summary>
    /// The pseudonym of a value: equal for all spellings of it (see <see cref="PseudonymForm"/>), unlinkable between purposes and
    /// between regions.
    /// </summary>
    /// <param name="dataClass">Decides how the value is normalised, and keeps equal texts of different classes apart.</param>
    /// <param name="value">The clear value.</param>
    /// <param name="purpose">Which key; must be given, for a missing context must never weaken a pseudonym silently.</param>
    /// <param name="country">ISO 3166; reads national phone numbers. Empty when not known.</param>
    /// <exception cref="ArgumentException">No purpose, or nothing is left of the value once normalised.</exception>
    public Pseudonym Pseudonymize(DataClass dataClass, string value, string purpose, string country)
    {
        return TryPseudonymize(dataClass, value, purpose, country)
            ?? throw new ArgumentException("Nothing is left of the value once normalised: it cannot have a pseudonym.", nameof(value));
    }

    /// <summary>
    /// The pseudonyms that a value has and had, newest first: those of every key version up to the one in use. Empty when nothing is left of the
    /// value once normalised.
    /// </summary>
    public IReadOnlyList<Pseudonym> AllPseudonyms(DataClass dataClass, string value, string purpose, string country)
    {
        ArgumentNullException.ThrowIfNull(value);
        var all = new List<Pseudonym>();
        for (var version = PseudonymVersion; version > 0 && TryPseudonymize(dataClass, value, purpose, country, version) is { } pseudonym; version--)
        {
            all.Add(pseudonym);
        }

        return all;
    }

    /// <summary>As <see cref="Pseudonymize(DataClass, string, string, string)"/>, or null when nothing is left of the value.</summary>
    internal Pseudonym? TryPseudonymize(DataClass dataClass, string value, string purpose, string country) =>
        TryPseudonymize(dataClass, value, purpose, country, PseudonymVersion);

    private Pseudonym? TryPseudonymize(DataClass dataClass, string value, string purpose, string country, uint keyVersion)
    {
        var form = PseudonymForm.Of(dataClass, value, country);
        if (form.Length == 0)
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> named = stackalloc byte[256];
        named = System.Text.Unicode.Utf8.TryWrite(named, CultureInfo.InvariantCulture, $"{(int)dataClass}\0{form}", out var length)
            ? named[..length]
            : Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(int)dataClass}\0{form}"));
        Pseudonyms(purpose, keyVersion).Hash(named, hash);
        return new Pseudonym
        {
            Value = ByteString.CopyFrom(hash[..16]),
            Purpose = purpose,
            KeyVersion = keyVersion,
            Region = Region,
        };
    }

    /// <summary>By how many days a subject's dates are moved: never 0, at most a year either way, always the same for a subject.</summary>
    internal int ShiftDays(string subject)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _shifts.Hash(Encoding.UTF8.GetBytes(subject), hash);
        var days = 1 + (int)(BitConverter.ToUInt32(hash) % 365);
        return (hash[4] & 1) == 0 ? days : -days;
    }

    private KeyedHash Pseudonyms(string purpose, uint version)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        return _pseudonymKeys.GetOrAdd(
            (purpose, version), static (key, self) => new KeyedHash(self.Expand($"pseudonym\0{key.Version}\0{key.Purpose}")), this);
    }

    private byte[] Expand(string label, int length = 32) =>
        HKDF.Expand(HashAlgorithmName.SHA256, _root, length, Encoding.UTF8.GetBytes(label));
}
