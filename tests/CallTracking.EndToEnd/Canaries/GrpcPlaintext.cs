using System.Buffers.Binary;
using System.IO.Compression;

namespace CallTracking.EndToEnd.Canaries;

/// <summary>Writes down what a gRPC stream says, each message without its compression. Bytes of a message that never came whole stand as they came.</summary>
internal sealed class GrpcPlaintext(Stream into) : IDisposable
{
    private const int HeadBytes = 5;
    private readonly MemoryStream _pending = new();

    public void Write(ReadOnlySpan<byte> bytes)
    {
        _pending.Write(bytes);
        var whole = _pending.GetBuffer().AsSpan(0, (int)_pending.Length);
        var at = 0;
        while (whole.Length - at >= HeadBytes)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(whole[(at + 1)..]);
            if (whole.Length - at - HeadBytes < length)
            {
                break;
            }

            WriteMessage(whole.Slice(at + HeadBytes, length), isCompressed: whole[at] == 1);
            at += HeadBytes + length;
        }

        var rest = whole[at..].ToArray();
        _pending.SetLength(0);
        _pending.Write(rest);
    }

    public void Dispose()
    {
        into.Write(_pending.GetBuffer().AsSpan(0, (int)_pending.Length));
        into.Dispose();
        _pending.Dispose();
    }

    private void WriteMessage(ReadOnlySpan<byte> message, bool isCompressed)
    {
        if (!isCompressed)
        {
            into.Write(message);
            return;
        }

        using var gzip = new GZipStream(new MemoryStream(message.ToArray()), CompressionMode.Decompress);
        gzip.CopyTo(into);
    }
}
