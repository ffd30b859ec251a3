using CallTracking.Contracts;

namespace CallTracking.Agent.Sync;

/// <summary>Where a case is serialised: its size is known when it is written, and sizes are most of what serialising costs. Not thread-safe.</summary>
internal sealed class CaseScratch
{
    private const int UsualBytes = 64 * 1024;
    private MessageBuffer _buffer = new(UsualBytes);

    /// <summary>What was serialised last; stands until the next.</summary>
    public ReadOnlySpan<byte> Written => _buffer.Written;

    public ReadOnlySpan<byte> Encode(Case value) => Buffer().Encode(value);

    public ReadOnlySpan<byte> Encode(CaseRecord record) => Buffer().Encode(record);

    // One huge case must not leave its buffer behind for the rest of the night.
    private MessageBuffer Buffer() => _buffer.Capacity > SyncLimits.BatchBytes ? _buffer = new MessageBuffer(UsualBytes) : _buffer;
}
