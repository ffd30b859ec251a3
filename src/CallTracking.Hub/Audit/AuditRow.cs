using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace CallTracking.Hub.Audit;

/// <summary>A row of the audit log as it is stored.</summary>
internal sealed record AuditRow(long Sequence, DateTimeOffset At, string Who, string What, string Subject, string Detail)
{
    /// <summary>What <see cref="Read"/> reads, in this order.</summary>
    public const string Columns = "sequence, at, who, what, subject, detail";

    public static AuditRow Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5));

    /// <summary>The row's leaf in the tree of its seal.</summary>
    public byte[] Leaf() => LeafAt(Sequence);

    /// <summary>The leaf that it would have under another number: so a row that changed places is told from one that was changed.</summary>
    public byte[] LeafAt(long sequence)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> numbers = stackalloc byte[1 + (2 * sizeof(long))];
        numbers[0] = MerkleTree.LeafPrefix;
        BinaryPrimitives.WriteInt64BigEndian(numbers[1..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(numbers[(1 + sizeof(long))..], At.UtcTicks);
        hash.AppendData(numbers);
        foreach (var text in (ReadOnlySpan<string>)[Who, What, Subject, Detail])
        {
            // With its length, so that no two rows are one.
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(numbers, bytes.Length);
            hash.AppendData(numbers[..sizeof(int)]);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
