using System.Buffers;
using CallTracking.SampleData.Files;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Sinks;

/// <summary>Into the bytes of a file.</summary>
internal sealed class FileSink(RegionFile file, Stream content) : RegionSink
{
    private const int FlushBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _output = new(FlushBytes * 2);

    public override RegionForm Form => file;

    public override bool IsFull => _output.WrittenCount >= FlushBytes;

    public override Task BeginAsync(CancellationToken cancellationToken)
    {
        file.Begin(_output);
        return Task.CompletedTask;
    }

    public override void Case(CaseDraft draft, Quirk quirk) => file.Row(_output, draft, quirk);

    public override void BlankRow() => file.BlankRow(_output);

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await content.WriteAsync(_output.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _output.ResetWrittenCount();
    }

    public override async Task EndAsync(CancellationToken cancellationToken)
    {
        file.End(_output);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await content.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override ValueTask DisposeAsync()
    {
        (file as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }
}
