namespace CallTracking.Agent.Sources.Http;

/// <summary>Holds one page at a time: it grows as far as pages need and no further than allowed. Wiped when its reading ends.</summary>
internal sealed class PageBuffer(long mostBytes) : IDisposable
{
    private const int FirstSize = 1 << 20;

    private byte[] _bytes = new byte[Math.Min(FirstSize, mostBytes)];

    /// <summary>The body; null when it is larger than allowed.</summary>
    public async Task<ArraySegment<byte>?> FillAsync(Stream body, CancellationToken cancellationToken)
    {
        for (var length = 0; ;)
        {
            var read = await body.ReadAsync(_bytes.AsMemory(length), cancellationToken);
            length += read;
            if (read == 0 && length < _bytes.Length)
            {
                return new ArraySegment<byte>(_bytes, 0, length);
            }

            if (length < _bytes.Length)
            {
                continue;
            }

            if (length >= mostBytes)
            {
                return await body.ReadAsync(new byte[1], cancellationToken) == 0 ? new ArraySegment<byte>(_bytes, 0, length) : default(ArraySegment<byte>?);
            }

            var larger = new byte[Math.Min(length * 2L, mostBytes)];
            _bytes.CopyTo(larger, 0);
            Dispose();
            _bytes = larger;
        }
    }

    public void Dispose() => Array.Clear(_bytes);
}
