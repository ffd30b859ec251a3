using CallTracking.Mapping;

namespace CallTracking.Agent.Spills;

/// <summary>A spill that is in memory while it is small, and moves to a file when it is not. Not thread-safe.</summary>
internal sealed class GrowingSpill(long memoryBytes, Func<ISpill> newFile) : ISpill
{
    private ISpill _spill = new MemorySpill(memoryBytes);

    public bool TryAdd(UInt128 key, long order, ReadOnlySpan<byte> record)
    {
        if (_spill.TryAdd(key, order, record))
        {
            return true;
        }

        if (_spill is MemorySpill memory)
        {
            _spill = newFile();
            memory.TryMoveTo(_spill);
        }

        return _spill.TryAdd(key, order, record);
    }

    public IEnumerable<ReadOnlyMemory<byte>> Find(UInt128 key) => _spill.Find(key);

    public ReadOnlyMemory<byte>? FindLast(UInt128 key, out int count) => _spill.FindLast(key, out count);

    public IEnumerable<UInt128> Keys() => _spill.Keys();

    public void Dispose() => _spill.Dispose();
}
