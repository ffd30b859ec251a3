using System.Buffers.Binary;
using CallTracking.Contracts;
using CallTracking.Privacy;
using Google.Protobuf;
using Npgsql;

namespace CallTracking.Hub.Audit;

/// <summary>A seal as it is stored: what was signed, and the leaves that name the row that was changed.</summary>
internal sealed record SealedPart(long Number, long FirstSequence, long LastSequence, IReadOnlyList<AuditLeaf> Leaves, SignedAuditSeal Envelope)
{
    /// <summary>What <see cref="Read"/> reads, in this order.</summary>
    public const string Columns = "number, first_sequence, last_sequence, leaves, seal, signature, key_id";

    public static SealedPart Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), AuditLeaf.Unpack(reader.GetFieldValue<byte[]>(3)), ReadEnvelope(reader, 4));

    /// <param name="reader">On a row.</param>
    /// <param name="column">Of <c>seal, signature, key_id</c>.</param>
    public static SignedAuditSeal ReadEnvelope(NpgsqlDataReader reader, int column) => new()
    {
        Seal = ByteString.CopyFrom(reader.GetFieldValue<byte[]>(column)),
        Signature = ByteString.CopyFrom(reader.GetFieldValue<byte[]>(column + 1)),
        KeyId = reader.GetString(column + 2),
    };

    /// <summary>What is wrong with the seal by itself and behind the one before it; null when it is good.</summary>
    /// <param name="before">The seal before; null for the first.</param>
    /// <param name="spki">The hub's public key.</param>
    public string? Fault(SignedAuditSeal? before, ReadOnlySpan<byte> spki)
    {
        if (AuditSealVerifier.Open(Envelope, spki) is not { } seal)
        {
            return "its signature is not that of this hub's key";
        }

        if (seal.Number != (ulong)Number || seal.FirstSequence != (ulong)FirstSequence || seal.LastSequence != (ulong)LastSequence)
        {
            return "its columns say something else than what was signed";
        }

        var tree = new MerkleTree();
        foreach (var leaf in Leaves)
        {
            tree.Add(leaf.Hash);
        }

        if (seal.Rows != (ulong)Leaves.Count || !tree.Root().AsSpan().SequenceEqual(seal.Root.Span))
        {
            return "its list of leaves is not the one that was signed";
        }

        var follows = before is null ? seal is { Number: 1, Previous.IsEmpty: true } : AuditSealVerifier.IsFollowedBy(before, AuditSeal.Parser.ParseFrom(before.Seal), seal);
        return follows ? null : "it does not follow on the seal before it";
    }
}

/// <summary>A row in a seal: its number and its hash.</summary>
internal readonly record struct AuditLeaf(long Sequence, byte[] Hash)
{
    private const int HashBytes = 32;
    private const int Bytes = sizeof(long) + HashBytes;

    public static byte[] Pack(IReadOnlyList<AuditLeaf> leaves)
    {
        var packed = new byte[leaves.Count * Bytes];
        for (var index = 0; index < leaves.Count; index++)
        {
            BinaryPrimitives.WriteInt64BigEndian(packed.AsSpan(index * Bytes), leaves[index].Sequence);
            leaves[index].Hash.CopyTo(packed.AsSpan((index * Bytes) + sizeof(long)));
        }

        return packed;
    }

    /// <summary>What is left over of a damaged list is dropped: then it is not the one that was signed.</summary>
    public static IReadOnlyList<AuditLeaf> Unpack(byte[] packed) =>
        [.. Enumerable.Range(0, packed.Length / Bytes).Select(index => new AuditLeaf(
            BinaryPrimitives.ReadInt64BigEndian(packed.AsSpan(index * Bytes)), packed[((index * Bytes) + sizeof(long))..((index + 1) * Bytes)]))];
}
