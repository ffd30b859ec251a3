using System.Buffers;
using System.Text.Json;

namespace CallTracking.Agent.Sources.Http;

/// <summary>A page as it is put together: of pieces of JSON as they came, none of them written anew. Wiped when it is begun again. Not thread-safe.</summary>
internal sealed class PageText(long mostBytes) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ArraySegment<byte> Written => System.Runtime.InteropServices.MemoryMarshal.TryGetArray(_bytes.WrittenMemory, out var segment) ? segment : throw new InvalidOperationException();

    public int Length => _bytes.WrittenCount;

    public void Clear() => _bytes.Clear();

    /// <exception cref="PageRefusedException">There is no more room.</exception>
    public void Add(ReadOnlySpan<byte> json)
    {
        if (_bytes.WrittenCount + (long)json.Length > mostBytes)
        {
            throw new PageRefusedException(
                $"with what belongs to its records a page has more than {Configuration.Amounts.Size(mostBytes)}", "ask for smaller pages in 'url', or raise 'max_bytes_per_page'");
        }

        _bytes.Write(json);
    }

    /// <summary>An object without its end, so that more can follow; false when it has no property yet.</summary>
    public bool Begin(ReadOnlySpan<byte> json)
    {
        var inner = json[..json.LastIndexOf((byte)'}')];
        Add(inner);
        return !inner[1..].Trim(" \t\r\n"u8).IsEmpty;
    }

    public void Name(string name, bool isFirst)
    {
        Add(isFirst ? "\""u8 : ",\""u8);
        Add(JsonEncodedText.Encode(name).EncodedUtf8Bytes);
        Add("\":"u8);
    }

    public void Dispose() => Clear();
}
