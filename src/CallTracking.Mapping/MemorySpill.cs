namespace CallTracking.Mapping;

/// <summary>Records in memory, up to a number of bytes (what each costs beside its content is counted). Not thread-safe.</summary>
public sealed class MemorySpill(long mostBytes) : ISpill
{
    // A record's array, its place in a list and its share of the dictionary, about.
    private const int BytesBeside = 96;

    private readonly Dictionary<UInt128, Entries> _entries = [];
    private readonly List<UInt128> _keys = [];
    private long _bytes;
    private long _count;

    /// <inheritdoc />
    public bool TryAdd(UInt128 key, long order, ReadOnlySpan<byte> record)
    {
        if (_bytes + record.Length + BytesBeside > mostBytes)
        {
            return false;
        }

        if (!_entries.TryGetValue(key, out var entries))
        {
            _entries[key] = entries = new Entries();
            _keys.Add(key);
        }

        _bytes += record.Length + BytesBeside;
        entries.Add(new Entry(order, _count++, record.ToArray()));
        return true;
    }

    /// <inheritdoc />
    public IEnumerable<ReadOnlyMemory<byte>> Find(UInt128 key) =>
        _entries.TryGetValue(key, out var entries) ? entries.InOrder.Select(entry => (ReadOnlyMemory<byte>)entry.Record) : [];

    /// <inheritdoc />
    public ReadOnlyMemory<byte>? FindLast(UInt128 key, out int count)
    {
        var last = _entries.TryGetValue(key, out var entries) ? entries.InOrder[^1].Record : default(ReadOnlyMemory<byte>?);
        count = Math.Min(entries?.InOrder.Count ?? 0, ISpill.MostCounted);
        return last;
    }

    /// <inheritdoc />
    public IEnumerable<UInt128> Keys() => _keys;

    /// <summary>Gives every record as it came to another spill and forgets it. False as soon as that has no room.</summary>
    public bool TryMoveTo(ISpill other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var all = _entries.SelectMany(pair => pair.Value.InOrder, (pair, entry) => (pair.Key, Entry: entry)).OrderBy(record => record.Entry.Place).ToList();
        Dispose();
        return all.TrueForAll(record => other.TryAdd(record.Key, record.Entry.Order, record.Entry.Record));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _entries.Clear();
        _keys.Clear();
        _bytes = 0;
    }

    // Those of one key: put in order once, when they are asked for.
    private sealed class Entries
    {
        private List<Entry> _all = [];
        private bool _isInOrder = true;

        public List<Entry> InOrder
        {
            get
            {
                _all = _isInOrder ? _all : [.. _all.OrderBy(entry => entry.Order).ThenBy(entry => entry.Place)];
                _isInOrder = true;
                return _all;
            }
        }

        public void Add(Entry entry)
        {
            _isInOrder &= _all.Count == 0 || _all[^1].Order <= entry.Order;
            _all.Add(entry);
        }
    }

    private readonly record struct Entry(long Order, long Place, byte[] Record);
}
