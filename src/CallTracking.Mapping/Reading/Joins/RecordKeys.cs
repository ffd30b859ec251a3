using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CallTracking.Mapping.Values;

namespace CallTracking.Mapping.Reading.Joins;

/// <summary>Turns keys into hashes under a key of this reading's own, which is forgotten with it, unless one is given. Not thread-safe.</summary>
internal sealed class RecordKeys(byte[]? secret = null)
{
    private const int KeyBytes = 32;

    private readonly byte[] _key = secret ?? RandomNumberGenerator.GetBytes(KeyBytes);
    private byte[] _text = new byte[256];

    /// <summary>Null, without a fault, when the record has no such key. What is given for its digits is shown it.</summary>
    public RowFault? Read(KeyRule rule, SourceRow row, out UInt128? key, KeyDigits? digits = null)
    {
        key = null;
        if (TextOf(rule, row, out var text) is { } fault)
        {
            return fault.Reason == RejectReason.MissingKey ? null : fault;
        }

        digits?.Add(text);
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < most)
        {
            _text = new byte[most];
        }

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)), hash);
        key = BinaryPrimitives.ReadUInt128BigEndian(hash);
        return null;
    }

    private static RowFault? TextOf(KeyRule rule, SourceRow row, out string text)
    {
        try
        {
            return rule.Read(row, out text);
        }
        catch (Exception refused) when (Unworkable.IsBehind(refused))
        {
            text = string.Empty;
            return Unworkable.Fault;
        }
    }
}
