using System.Security.Cryptography;
using System.Text;

namespace CallTracking.Agent.Outbox;

/// <summary>
/// AES-256-GCM under the region's storage key, for what waits in the agent's file: <c>nonce(12) tag(16) ciphertext</c>.
/// What a payload is bound to (its batch id, its place) is authenticated, so that none can be put in another's stead. Reading seals while sending opens: thread-safe.
/// </summary>
internal sealed class PayloadCipher : IDisposable
{
    /// <summary>Bytes before the ciphertext.</summary>
    public const int HeaderBytes = NonceBytes + TagBytes;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int NameBytes = 16;
    // AesGcm itself may be used by one thread at a time only.
    private readonly Lock _gate = new();
    private readonly AesGcm _aes;
    private readonly byte[] _nameKey;

    public PayloadCipher(ReadOnlySpan<byte> storageKey)
    {
        _aes = new AesGcm(storageKey, TagBytes);
        _nameKey = HMACSHA256.HashData(storageKey, "calltracking ledger names"u8);
        KeyCheck = HMACSHA256.HashData(storageKey, "calltracking ledger key check"u8)[..8];
    }

    /// <summary>Tells one storage key from another without telling the key.</summary>
    public byte[] KeyCheck { get; }

    /// <summary>A name as it may stand beside sealed values: the same for the same name, and saying nothing of it.</summary>
    public byte[] HideName(string name) => HMACSHA256.HashData(_nameKey, Encoding.UTF8.GetBytes(name))[..NameBytes];

    /// <summary>Encrypts in place what stands after the first <see cref="HeaderBytes"/>, and fills those.</summary>
    public void SealInPlace(Span<byte> payload, ReadOnlySpan<byte> boundTo)
    {
        RandomNumberGenerator.Fill(payload[..NonceBytes]);
        var body = payload[HeaderBytes..];
        lock (_gate)
        {
            _aes.Encrypt(payload[..NonceBytes], body, body, payload[NonceBytes..HeaderBytes], boundTo);
        }
    }

    /// <summary>A sealed copy of <paramref name="content"/>.</summary>
    public byte[] Seal(ReadOnlySpan<byte> content, ReadOnlySpan<byte> boundTo)
    {
        var payload = new byte[HeaderBytes + content.Length];
        content.CopyTo(payload.AsSpan(HeaderBytes));
        SealInPlace(payload, boundTo);
        return payload;
    }

    /// <summary>Decrypts in place and gives the part of <paramref name="payload"/> that is the content.</summary>
    /// <exception cref="CryptographicException">Damaged, or bound to something else.</exception>
    public Memory<byte> Open(byte[] payload, ReadOnlySpan<byte> boundTo)
    {
        if (payload.Length < HeaderBytes)
        {
            throw new CryptographicException("The payload is shorter than its header.");
        }

        var body = payload.AsSpan(HeaderBytes);
        lock (_gate)
        {
            _aes.Decrypt(payload.AsSpan(0, NonceBytes), body, payload.AsSpan(NonceBytes, TagBytes), body, boundTo);
        }

        return payload.AsMemory(HeaderBytes);
    }

    public void Dispose() => _aes.Dispose();
}
