using System.Buffers.Binary;
using System.Security.Cryptography;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Privacy;

/// <summary>Writes a transfer file, a chunk at a time: memory does not grow with it. Without <see cref="Complete"/> it is none. Not thread-safe.</summary>
public sealed class TransferWriter : IDisposable
{
    private readonly Stream _file;
    private readonly ECDsa _signer;
    private readonly AesGcm _aes;
    private readonly byte[] _headHash;
    private readonly IncrementalHash _signed = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _plain = new byte[TransferFormat.ChunkBytes];
    private readonly byte[] _chunk = new byte[sizeof(uint) + TransferFormat.ChunkBytes + TransferFormat.TagBytes];
    private int _filled;
    private ulong _chunks;

    private TransferWriter(Stream file, TransferHeader header, byte[] secret, ECDsa signer)
    {
        (_file, _signer) = (file, signer);
        var head = TransferFormat.Head(header);
        _headHash = SHA256.HashData(head);
        _aes = new AesGcm(TransferFormat.ContentKey(secret, _headHash), TransferFormat.TagBytes);
        _signed.AppendData(TransferFormat.Purpose(header.Kind));
        Put(head);
    }

    /// <summary>Bytes written.</summary>
    public long Bytes { get; private set; }

    /// <summary>Begins a region's file: only the hub can read it.</summary>
    /// <param name="file">Written to.</param>
    /// <param name="header">Gets the key's name and the ephemeral key.</param>
    /// <param name="hubKey">The hub's transfer key (SubjectPublicKeyInfo, DER).</param>
    /// <param name="signer">Of the certificate in the header.</param>
    public static TransferWriter ToHub(Stream file, TransferHeader header, ReadOnlySpan<byte> hubKey, ECDsa signer)
    {
        ArgumentNullException.ThrowIfNull(header);
        using var hub = ECDiffieHellman.Create();
        hub.ImportSubjectPublicKeyInfo(hubKey, out _);
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = ephemeral.ExportParameters(false).Q;
        header.Kind = TransferKind.Batches;
        header.KeyId = BundleVerifier.KeyId(hubKey);
        header.EphemeralKey = ByteString.CopyFrom([4, .. point.X!, .. point.Y!]);
        return new TransferWriter(file, header, ephemeral.DeriveRawSecretAgreement(hub.PublicKey), signer);
    }

    /// <summary>Begins the hub's answer: only who made the file that it answers can read it.</summary>
    /// <param name="file">Written to.</param>
    /// <param name="header">Gets the key's name.</param>
    /// <param name="answerKey">From that file.</param>
    /// <param name="signer">The hub's.</param>
    public static TransferWriter ToRegion(Stream file, TransferHeader header, byte[] answerKey, ECDsa signer)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(signer);
        header.Kind = TransferKind.Receipts;
        header.KeyId = BundleVerifier.KeyId(signer.ExportSubjectPublicKeyInfo());
        return new TransferWriter(file, header, answerKey, signer);
    }

    /// <summary>Adds a message.</summary>
    public void Write(IMessage message) => Write(message.ToByteArray());

    /// <summary>Adds a message that is serialised already.</summary>
    public void Write(ReadOnlySpan<byte> message)
    {
        Span<byte> length = stackalloc byte[5];
        var count = 0;
        var rest = (uint)message.Length;
        do
        {
            length[count++] = (byte)((rest & 0x7F) | (rest > 0x7F ? 0x80u : 0));
            rest >>= 7;
        }
        while (rest > 0);

        Fill(length[..count]);
        Fill(message);
    }

    /// <summary>Writes what is left and the signature.</summary>
    public void Complete()
    {
        PutChunk(isLast: true);
        var signature = _signer.SignHash(_signed.GetHashAndReset(), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        _file.Write(signature);
        Bytes += signature.Length;
    }

    public void Dispose()
    {
        _aes.Dispose();
        _signed.Dispose();
        CryptographicOperations.ZeroMemory(_plain);
    }

    private void Fill(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_filled == _plain.Length)
            {
                PutChunk(isLast: false);
            }

            var part = bytes[..Math.Min(bytes.Length, _plain.Length - _filled)];
            part.CopyTo(_plain.AsSpan(_filled));
            _filled += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    private void PutChunk(bool isLast)
    {
        var body = _filled + TransferFormat.TagBytes;
        BinaryPrimitives.WriteUInt32BigEndian(_chunk, (uint)body | (isLast ? TransferFormat.LastMark : 0));
        Span<byte> nonce = stackalloc byte[12];
        TransferFormat.Nonce(nonce, _chunks++, isLast);
        var cipher = _chunk.AsSpan(sizeof(uint), _filled);
        _aes.Encrypt(nonce, _plain.AsSpan(0, _filled), cipher, _chunk.AsSpan(sizeof(uint) + _filled, TransferFormat.TagBytes), _headHash);
        _filled = 0;
        Put(_chunk.AsSpan(0, sizeof(uint) + body));
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        _signed.AppendData(bytes);
        _file.Write(bytes);
        Bytes += bytes.Length;
    }
}
