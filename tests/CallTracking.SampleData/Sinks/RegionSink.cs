using CallTracking.SampleData.Files;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Sinks;

/// <summary>Where a region's cases go: it holds a little and passes it on, so that memory does not grow with their number.</summary>
internal abstract class RegionSink : IAsyncDisposable
{
    public abstract RegionForm Form { get; }

    /// <summary>True when it is time to <see cref="FlushAsync"/>.</summary>
    public abstract bool IsFull { get; }

    public abstract Task BeginAsync(CancellationToken cancellationToken);

    public abstract void Case(CaseDraft draft, Quirk quirk);

    public abstract void BlankRow();

    public abstract Task FlushAsync(CancellationToken cancellationToken);

    public abstract Task EndAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
