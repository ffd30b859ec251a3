using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Privacy;

/// <summary>
/// Seals values so that only the region opens them: ECDH P-256 with an ephemeral key, HKDF-SHA-256, AES-256-GCM. The data class
/// is authenticated, so a sealed value cannot be passed off as another kind.
/// </summary>
public sealed class SealingKey
{
    private const int TagSize = 16;
    private const int NonceSize = 12;

    // The order of P-256's base point (FIPS 186-5, SP 800-186).
    private static readonly BigInteger Order =
        BigInteger.Parse("0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", System.Globalization.NumberStyles.HexNumber, null);

    private readonly ECParameters _key;
    private readonly string _id;

    private SealingKey(ECParameters key)
    {
        _key = key;
        _id = Convert.ToHexStringLower(SHA256.HashData([.. key.Q.X!, .. key.Q.Y!]).AsSpan(0, 8));
    }

    /// <summary>Names the key in every sealed value.</summary>
    public string Id => _id;

    /// <summary>Seals a value.</summary>
    public Sealed Seal(DataClass dataClass, string value)
    {
        using var recipient = ECDiffieHellman.Create(PublicOnly(_key));
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = ephemeral.ExportParameters(false).Q;
        byte[] ephemeralKey = [4, .. point.X!, .. point.Y!];
        var plain = Encoding.UTF8.GetBytes(value);
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var sealedBytes = new byte[plain.Length + TagSize];

        using var aes = new AesGcm(DeriveKey(ephemeral, recipient.PublicKey, ephemeralKey), TagSize);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(0, plain.Length), sealedBytes.AsSpan(plain.Length), Context(dataClass));
        return new Sealed
        {
            EphemeralKey = ByteString.CopyFrom(ephemeralKey),
            Nonce = ByteString.CopyFrom(nonce),
            Ciphertext = ByteString.CopyFrom(sealedBytes),
            KeyId = _id,
        };
    }

    /// <summary>Opens a value that this key's <see cref="Seal"/> made.</summary>
    /// <exception cref="CryptographicException">It was sealed for another key or class, or changed since.</exception>
    public string Open(DataClass dataClass, Sealed value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var ephemeralKey = value.EphemeralKey.ToByteArray();
        if (value.KeyId != _id || ephemeralKey.Length != 65 || value.Nonce.Length != NonceSize || value.Ciphertext.Length < TagSize)
        {
            throw new CryptographicException("Sealed for another key, or not a sealed value.");
        }

        using var own = ECDiffieHellman.Create(_key);
        using var sender = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = ephemeralKey[1..33], Y = ephemeralKey[33..] },
        });
        var cipher = value.Ciphertext.Span;
        var plain = new byte[cipher.Length - TagSize];
        using var aes = new AesGcm(DeriveKey(own, sender.PublicKey, ephemeralKey), TagSize);
        aes.Decrypt(value.Nonce.Span, cipher[..^TagSize], cipher[^TagSize..], plain, Context(dataClass));
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>A key pair from 48 bytes of key material: the private number is the material modulo the curve's order.</summary>
    internal static SealingKey FromSeed(ReadOnlySpan<byte> seed)
    {
        var number = (new BigInteger(seed, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
        var d = new byte[32];
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(d, d.Length - bytes.Length);
        using var key = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d });
        return new SealingKey(key.ExportParameters(true));
    }

    private static ECParameters PublicOnly(ECParameters key) => new() { Curve = key.Curve, Q = key.Q };

    private static byte[] DeriveKey(ECDiffieHellman own, ECDiffieHellmanPublicKey other, byte[] ephemeralKey) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, own.DeriveRawSecretAgreement(other), 32, ephemeralKey, "calltracking/seal"u8.ToArray());

    private byte[] Context(DataClass dataClass) => Encoding.UTF8.GetBytes($"{_id}\0{(int)dataClass}");
}
