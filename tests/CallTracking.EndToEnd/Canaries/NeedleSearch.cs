using System.Buffers.Binary;
using CallTracking.Testing;

namespace CallTracking.EndToEnd.Canaries;

/// <summary>What was found: which value, in which form, in which file.</summary>
internal sealed record NeedleHit(int Value, string Form, string File);

/// <summary>
/// Looks for a million byte strings at once in files of any size, in one pass and a fixed buffer. Each needle hangs by the rarest of three windows
/// of eight bytes; a bitmap of windows lets nearly every place of a file pass after one look.
/// </summary>
internal sealed class NeedleSearch
{
    private const int Window = NeedleForms.LeastBytes;
    private const int BitmapBits = 26;
    private const int BufferBytes = 4 << 20;
    private readonly ulong[] _bitmap = new ulong[1 << (BitmapBits - 6)];
    private readonly Dictionary<ulong, List<Needle>> _byWindow = [];
    private int _longest = Window;

    public NeedleSearch(IEnumerable<(int Value, string Form, byte[] Bytes)> needles)
    {
        var all = needles.ToList();
        var often = new Dictionary<ulong, int>();
        foreach (var window in all.SelectMany(needle => Places(needle.Bytes).Select(place => At(needle.Bytes, place))))
        {
            often[window] = often.GetValueOrDefault(window) + 1;
        }

        foreach (var (value, form, bytes) in all)
        {
            var place = Places(bytes).MinBy(place => often[At(bytes, place)]);
            Add(At(bytes, place), new Needle(value, form, bytes, place));
        }

        Count = all.Count;
    }

    /// <summary>How many forms are looked for.</summary>
    public int Count { get; }

    /// <summary>Bytes that were looked through so far.</summary>
    public long Looked { get; private set; }

    /// <summary>Every value that stands in a file, once for each form.</summary>
    /// <param name="path">A file that nobody writes any more.</param>
    /// <param name="name">What reports call it.</param>
    public IReadOnlySet<NeedleHit> Find(string path, string name)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return Find(file, name);
    }

    /// <inheritdoc cref="Find(string, string)"/>
    public IReadOnlySet<NeedleHit> Find(Stream stream, string name)
    {
        var hits = new HashSet<NeedleHit>();
        var buffer = new byte[BufferBytes + (2 * _longest)];
        var filled = 0;
        while (true)
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(filled), buffer.Length - filled, throwOnEndOfStream: false);
            filled += read;
            Looked += read;
            Scan(buffer.AsSpan(0, filled), name, hits);
            if (filled < buffer.Length)
            {
                return hits;
            }

            // A needle that the buffer cut is whole in the next one.
            var kept = 2 * _longest;
            buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
            filled = kept;
        }
    }

    private static IEnumerable<int> Places(byte[] bytes) => [0, (bytes.Length - Window) / 2, bytes.Length - Window];

    private static ulong At(ReadOnlySpan<byte> bytes, int place) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[place..]);

    private static uint Slot(ulong window) => (uint)((window * 0x9E3779B97F4A7C15) >> (64 - BitmapBits));

    private void Add(ulong window, Needle needle)
    {
        var slot = Slot(window);
        _bitmap[slot >> 6] |= 1UL << (int)(slot & 63);
        if (!_byWindow.TryGetValue(window, out var list))
        {
            _byWindow.Add(window, list = []);
        }

        list.Add(needle);
        _longest = Math.Max(_longest, needle.Bytes.Length);
    }

    private void Scan(ReadOnlySpan<byte> bytes, string name, HashSet<NeedleHit> hits)
    {
        for (var at = 0; at + Window <= bytes.Length; at++)
        {
            var window = At(bytes, at);
            var slot = Slot(window);
            if ((_bitmap[slot >> 6] & (1UL << (int)(slot & 63))) == 0 || !_byWindow.TryGetValue(window, out var needles))
            {
                continue;
            }

            foreach (var needle in needles)
            {
                var start = at - needle.Place;
                if (start >= 0 && bytes[start..].StartsWith(needle.Bytes))
                {
                    hits.Add(new NeedleHit(needle.Value, needle.Form, name));
                }
            }
        }
    }

    private sealed record Needle(int Value, string Form, byte[] Bytes, int Place);
}
