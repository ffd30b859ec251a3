using System.Buffers.Binary;
using System.Security.Cryptography;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Privacy;

/// <summary>
/// A transfer file that is read: first its header, then, before anything else, its signature over the whole file; then its messages, one by
/// one. Not thread-safe.
/// </summary>
public sealed class TransferFile
{
    private readonly Stream _file;
    private readonly byte[] _head;

    private TransferFile(Stream file, byte[] head, TransferHeader header) => (_file, _head, Header) = (file, head, header);

    /// <summary>Nothing of it is to be believed before <see cref="Verify"/>.</summary>
    public TransferHeader Header { get; }

    /// <summary>Reads the header.</summary>
    /// <param name="file">Can seek; nobody writes to it.</param>
    /// <exception cref="TransferException">It is no transfer file, or of another format.</exception>
    public static TransferFile Open(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        file.Position = 0;
        var start = new byte[TransferFormat.Line.Length + sizeof(uint)];
        var got = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (!start.AsSpan().StartsWith(TransferFormat.Line))
        {
            throw start.AsSpan().StartsWith(TransferFormat.Family)
                ? new TransferException(TransferFault.OtherFormat, "it has a format that this version does not know. Use the same version of agent and hub.")
                : new TransferException(TransferFault.NotATransfer, "it is no transfer file, or its beginning is damaged.");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(start.AsSpan(TransferFormat.Line.Length));
        if (got < start.Length || length > TransferFormat.MostHeaderBytes)
        {
            throw TransferException.Damaged("its header is not whole");
        }

        var head = new byte[start.Length + (int)length];
        start.CopyTo(head, 0);
        if (file.ReadAtLeast(head.AsSpan(start.Length), (int)length, throwOnEndOfStream: false) < length)
        {
            throw TransferException.Damaged("its header is not whole");
        }

        try
        {
            return new TransferFile(file, head, TransferHeader.Parser.ParseFrom(head, start.Length, (int)length));
        }
        catch (InvalidProtocolBufferException broken)
        {
            throw TransferException.Damaged("its header cannot be read", broken);
        }
    }

    /// <summary>Reads all of the file and checks that the key signed it as it is.</summary>
    /// <exception cref="TransferException">It is not whole, was changed, or is another's.</exception>
    public void Verify(ECDsa signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        using var signed = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        signed.AppendData(TransferFormat.Purpose(Header.Kind));
        signed.AppendData(_head);
        _file.Position = _head.Length;
        var chunk = new byte[TransferFormat.ChunkBytes + TransferFormat.TagBytes];
        Span<byte> mark = stackalloc byte[sizeof(uint)];
        bool isLast;
        do
        {
            (var length, isLast) = NextChunk(mark, chunk);
            signed.AppendData(mark);
            signed.AppendData(chunk.AsSpan(0, length));
        }
        while (!isLast);

        var signature = new byte[TransferFormat.SignatureBytes];
        if (_file.ReadAtLeast(signature, signature.Length, throwOnEndOfStream: false) < signature.Length)
        {
            throw TransferException.Damaged("its end is missing");
        }

        if (_file.ReadByte() >= 0)
        {
            throw TransferException.Damaged("something was added behind its end");
        }

        if (signer.KeySize != 256 || !signer.VerifyHash(signed.GetHashAndReset(), signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
        {
            throw TransferException.Damaged("its signature does not hold: it was changed, or is not from whom it says");
        }
    }

    /// <summary>The messages of a region's file; the file was verified before.</summary>
    /// <exception cref="TransferException">It is encrypted to another key, or the bytes changed since.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> ReadAtHub(ECDiffieHellman hubKey)
    {
        ArgumentNullException.ThrowIfNull(hubKey);
        if (Header.KeyId != BundleVerifier.KeyId(hubKey.ExportSubjectPublicKeyInfo()))
        {
            throw new TransferException(TransferFault.OtherKey, $"it is encrypted to the key {Name(Header.KeyId)}, which is not this hub's. Give the region this hub's key (calltracking-hub transfer key) and have it export again.");
        }

        var point = Header.EphemeralKey.ToByteArray();
        if (point.Length != TransferFormat.PointBytes || point[0] != 4)
        {
            throw TransferException.Damaged("its key is none");
        }

        byte[] secret;
        try
        {
            using var sender = ECDiffieHellman.Create(TransferFormat.Point(point));
            secret = hubKey.DeriveRawSecretAgreement(sender.PublicKey);
        }
        catch (CryptographicException wrong)
        {
            throw TransferException.Damaged("its key is none", wrong);
        }

        return Messages(secret);
    }

    /// <summary>The messages of the hub's answer; the file was verified before.</summary>
    /// <exception cref="TransferException">It answers another's file, or the bytes changed since.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> ReadAtRegion(byte[] answerKey) => Messages(answerKey);

    // The words of a stranger's header: nothing but what a key's name has.
    private static string Name(string keyId) => keyId.Length == 16 && keyId.All(char.IsAsciiHexDigit) ? keyId : "of another kind";

    private IEnumerable<ReadOnlyMemory<byte>> Messages(byte[] secret)
    {
        var headHash = SHA256.HashData(_head);
        using var aes = new AesGcm(TransferFormat.ContentKey(secret, headHash), TransferFormat.TagBytes);
        using var content = new ChunkStream(this, aes, headHash);
        _file.Position = _head.Length;
        while (content.ReadLength() is { } length)
        {
            if (length > TransferFormat.MostMessageBytes)
            {
                throw TransferException.Damaged("a message is longer than any may be");
            }

            var message = new byte[length];
            content.Read(message);
            yield return message;
        }
    }

    /// <summary>Reads the next chunk's mark and body; gives the body's length and whether it is the last.</summary>
    private (int Length, bool IsLast) NextChunk(Span<byte> mark, byte[] chunk)
    {
        if (_file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length)
        {
            throw TransferException.Damaged("its end is missing");
        }

        var value = BinaryPrimitives.ReadUInt32BigEndian(mark);
        var (length, isLast) = (value & ~TransferFormat.LastMark, (value & TransferFormat.LastMark) != 0);
        if (length > chunk.Length || length < TransferFormat.TagBytes || (!isLast && length != chunk.Length))
        {
            throw TransferException.Damaged("a part of it has a length that none may have");
        }

        return _file.ReadAtLeast(chunk.AsSpan(0, (int)length), (int)length, throwOnEndOfStream: false) == length
            ? ((int)length, isLast)
            : throw TransferException.Damaged("its end is missing");
    }

    /// <summary>The chunks as one run of bytes.</summary>
    private sealed class ChunkStream(TransferFile file, AesGcm aes, byte[] headHash) : IDisposable
    {
        private readonly byte[] _chunk = new byte[TransferFormat.ChunkBytes + TransferFormat.TagBytes];
        private readonly byte[] _plain = new byte[TransferFormat.ChunkBytes];
        private ulong _chunks;
        private int _at;
        private int _end;
        private bool _isLast;

        /// <summary>Null at the end.</summary>
        public uint? ReadLength()
        {
            if (!More())
            {
                return null;
            }

            uint length = 0;
            for (var shift = 0; shift < 32; shift += 7)
            {
                if (!More())
                {
                    break;
                }

                var part = _plain[_at++];
                length |= (uint)(part & 0x7F) << shift;
                if (part <= 0x7F)
                {
                    return length;
                }
            }

            throw TransferException.Damaged("a message has no length");
        }

        public void Read(Span<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                if (!More())
                {
                    throw TransferException.Damaged("its last message is not whole");
                }

                var part = _plain.AsSpan(_at, Math.Min(bytes.Length, _end - _at));
                part.CopyTo(bytes);
                _at += part.Length;
                bytes = bytes[part.Length..];
            }
        }

        public void Dispose() => CryptographicOperations.ZeroMemory(_plain);

        private bool More()
        {
            Span<byte> mark = stackalloc byte[sizeof(uint)];
            Span<byte> nonce = stackalloc byte[12];
            while (_at == _end)
            {
                if (_isLast)
                {
                    return false;
                }

                (var length, _isLast) = file.NextChunk(mark, _chunk);
                TransferFormat.Nonce(nonce, _chunks++, _isLast);
                (_at, _end) = (0, length - TransferFormat.TagBytes);
                try
                {
                    aes.Decrypt(nonce, _chunk.AsSpan(0, _end), _chunk.AsSpan(_end, TransferFormat.TagBytes), _plain.AsSpan(0, _end), headHash);
                }
                catch (AuthenticationTagMismatchException wrong)
                {
                    throw TransferException.Damaged("a part of it does not open under its key", wrong);
                }
            }

            return true;
        }
    }
}
