using System.Buffers.Binary;
using System.Security.Cryptography;
using CallTracking.Contracts;
using Google.Protobuf;

namespace CallTracking.Privacy;

/// <summary>The shape of a transfer file, as transfer.proto tells it.</summary>
internal static class TransferFormat
{
    public const int ChunkBytes = 64 * 1024;
    public const int TagBytes = 16;
    public const int KeyBytes = 32;
    public const int SignatureBytes = 64;
    public const int PointBytes = 65;
    public const int MostHeaderBytes = 64 * 1024;
    public const uint LastMark = 0x8000_0000;

    /// <summary>What a message may have; more than the largest of a push, for what is around it.</summary>
    public const int MostMessageBytes = SyncLimits.MessageBytes + (64 * 1024);

    public static ReadOnlySpan<byte> Line => "calltracking transfer 1\n"u8;

    /// <summary>The part of <see cref="Line"/> that every version has.</summary>
    public static ReadOnlySpan<byte> Family => "calltracking transfer "u8;

    /// <summary>What a signature is over besides the bytes, so that no other signature passes for it, nor one of the other direction.</summary>
    public static ReadOnlySpan<byte> Purpose(TransferKind kind) =>
        kind == TransferKind.Receipts ? "calltracking transfer receipts\0"u8 : "calltracking transfer batches\0"u8;

    /// <summary>The line, the header's length, the header.</summary>
    public static byte[] Head(TransferHeader header)
    {
        var bytes = header.ToByteArray();
        var head = new byte[Line.Length + sizeof(uint) + bytes.Length];
        Line.CopyTo(head);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(Line.Length), (uint)bytes.Length);
        bytes.CopyTo(head, Line.Length + sizeof(uint));
        return head;
    }

    /// <summary>The key of the chunks: every header has one of its own, since its file_id is random.</summary>
    public static byte[] ContentKey(byte[] secret, byte[] headHash) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyBytes, headHash, "calltracking transfer content"u8.ToArray());

    /// <summary>The place of a chunk, with which it is encrypted: none can stand elsewhere, and only the last one opens as the last.</summary>
    public static void Nonce(Span<byte> nonce, ulong number, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(nonce[3..], number);
        nonce[11] = isLast ? (byte)1 : (byte)0;
    }

    public static ECParameters Point(ReadOnlySpan<byte> point) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = point[1..33].ToArray(), Y = point[33..].ToArray() },
    };
}
