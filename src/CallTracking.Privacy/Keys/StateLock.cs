using System.Security.Cryptography;
using System.Text;

namespace CallTracking.Privacy;

/// <summary>A locked file cannot be opened; the message says why, what to do, and nothing of the content.</summary>
public sealed class StateLockException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Locks the small files in which a program keeps its keys, under a key that lies elsewhere, so that a copy of the disk without that key opens
/// nothing: a readable first line with the key's name, then <c>nonce(12) tag(16) ciphertext</c> of AES-256-GCM. A file is bound to its name, so that
/// none can be put in another's stead. Thread-safe.
/// </summary>
public sealed class StateLock
{
    /// <summary>Bytes of the key.</summary>
    public const int KeySize = 32;

    private const string Title = "calltracking locked 1 ";
    private const int IdDigits = 16;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private static readonly int HeadSize = Title.Length + IdDigits + 1;
    private readonly byte[]? _key;

    private StateLock(byte[]? secret)
    {
        if (secret is not null)
        {
            _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeySize, info: "calltracking state lock"u8.ToArray());
            KeyId = Convert.ToHexStringLower(HMACSHA256.HashData(_key, "calltracking state key name"u8)[..(IdDigits / 2)]);
        }
    }

    /// <summary>Where no key is configured: files stay as they are.</summary>
    public static StateLock None { get; } = new(secret: null);

    /// <summary>Names the key without telling anything of it: 16 hexadecimal digits; empty where there is none.</summary>
    public string KeyId { get; } = "";

    /// <summary>False where no key is configured.</summary>
    public bool HasKey => _key is not null;

    /// <summary>The lock of a key as it stands in a file or a variable: 64 hexadecimal digits, or base64, of 32 random bytes. Null when it is neither.</summary>
    public static StateLock? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var written = text.Trim();
        var secret = new byte[KeySize];
        var isKey = written.Length == KeySize * 2
            ? Convert.FromHexString(written, secret, out _, out var length) == System.Buffers.OperationStatus.Done
            : Convert.TryFromBase64String(written, secret, out length);
        return isKey && length == KeySize && secret.AsSpan().ContainsAnyExcept(secret[0]) ? new StateLock(secret) : null;
    }

    /// <summary>True when these are the bytes of a locked file.</summary>
    public static bool IsLocked(ReadOnlySpan<byte> file) => file.Length >= HeadSize && file.StartsWith(Encoding.ASCII.GetBytes(Title));

    /// <summary>The name of the key under which the file is locked; null when it is not.</summary>
    public static string? KeyIdOf(ReadOnlySpan<byte> file) => IsLocked(file) ? Encoding.ASCII.GetString(file.Slice(Title.Length, IdDigits)) : null;

    /// <summary>What to write for a content: locked where there is a key, as it is where there is none.</summary>
    public byte[] Close(string name, ReadOnlySpan<byte> content)
    {
        if (_key is null)
        {
            return content.ToArray();
        }

        var file = new byte[HeadSize + NonceSize + TagSize + content.Length];
        Encoding.ASCII.GetBytes($"{Title}{KeyId}\n", file);
        RandomNumberGenerator.Fill(Nonce(file));
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(Nonce(file), content, Cipher(file), Tag(file), BoundTo(name, file));
        return file;
    }

    /// <summary>What to write in a file's stead for it to be under this key; null where it is already.</summary>
    /// <param name="name">What the file is.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="older">The key until now; null where the file may only lie in clear.</param>
    /// <exception cref="StateLockException">It is locked under neither key, or damaged.</exception>
    public byte[]? Renew(string name, byte[] file, StateLock? older) => KeyIdOf(file) is { } under
        ? under == KeyId ? null : Close(name, (under == older?.KeyId ? older : this).Open(name, file))
        : Close(name, file);

    /// <summary>The content of a file, locked or not.</summary>
    /// <param name="name">What the file was when it was locked.</param>
    /// <param name="file">Its bytes.</param>
    /// <exception cref="StateLockException">It is locked and there is no key, or another one; or it is damaged, or another file in this one's stead.</exception>
    public byte[] Open(string name, byte[] file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (KeyIdOf(file) is not { } lockedUnder)
        {
            return file;
        }

        if (_key is null)
        {
            throw new StateLockException($"{name} is locked under the state key {lockedUnder}, and none is configured: name its file or variable.");
        }

        if (lockedUnder != KeyId)
        {
            throw new StateLockException($"{name} is locked under the state key {lockedUnder}, and the configured one is {KeyId}. Put that key back; if it was changed, 'keys lock --from FILE' with the old one goes on.");
        }

        if (file.Length < HeadSize + NonceSize + TagSize)
        {
            throw new StateLockException($"{name} is cut. Put it back from its backup.");
        }

        var content = new byte[Cipher(file).Length];
        try
        {
            using var aes = new AesGcm(_key, TagSize);
            aes.Decrypt(Nonce(file), Cipher(file), Tag(file), content, BoundTo(name, file));
        }
        catch (CryptographicException changed)
        {
            throw new StateLockException($"{name} is damaged, or is another file in its stead. Put it back from its backup.", changed);
        }

        return content;
    }

    private static byte[] BoundTo(string name, byte[] file) => [.. file.AsSpan(0, HeadSize), .. Encoding.UTF8.GetBytes(name)];

    private static Span<byte> Nonce(byte[] file) => file.AsSpan(HeadSize, NonceSize);

    private static Span<byte> Tag(byte[] file) => file.AsSpan(HeadSize + NonceSize, TagSize);

    private static Span<byte> Cipher(byte[] file) => file.AsSpan(HeadSize + NonceSize + TagSize);
}
