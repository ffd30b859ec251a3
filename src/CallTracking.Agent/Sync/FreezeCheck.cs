using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Agent.Sync;

/// <summary>
/// Reads a source whose contract can stop it, before anything of it is taken: each input's header and, for exchanged values, its first records, or all of them where only that shows. What cannot
/// be read does not hold the contract either.
/// </summary>
/// <param name="notes">What the source remembers.</param>
/// <param name="wish">What of it to read.</param>
/// <param name="clock">For files that are being written.</param>
/// <param name="compare">Has the watch see what the joins give a case beside what the ledger knows.</param>
internal sealed class FreezeCheck(ISourceNotes notes, ReadingWish wish, TimeProvider clock, Action<ShapeWatch, Source, RowOutcome> compare)
{
    /// <summary>Why the source has to stop; nothing when it may go on.</summary>
    public async Task<IReadOnlyList<Fault>> LookAsync(Source source, ShapeWatch watch, CancellationToken cancellationToken)
    {
        var visit = new SourceVisit(notes, clock, static _ => { }) { Wish = wish };
        try
        {
            await foreach (var input in source.InputsAsync(visit, cancellationToken))
            {
                await LookAsync(source, input, watch, cancellationToken);
            }

            watch.Conclude();
            return [];
        }
        catch (SourceFormatException stopped)
        {
            return stopped.Faults;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [SourceInput.Unreadable(source.Name, unreadable)];
        }
    }

    private async Task LookAsync(Source source, SourceInput input, ShapeWatch watch, CancellationToken cancellationToken)
    {
        await using var reader = await input.OpenAsync(cancellationToken);
        reader.Watch(watch);
        var records = 0L;
        try
        {
            while (await reader.ReadAsync(cancellationToken) is { } outcome && records++ < source.Mapping.RecordsToFreeze)
            {
                cancellationToken.ThrowIfCancellationRequested();
                compare(watch, source, outcome);
            }
        }
        catch (SourceFormatException broken) when (records > 0 && source.Mapping.FreezesByHeader && !broken.IsContract)
        {
            // The run proper takes what stands before it, and tells it.
        }

        watch.Ended(reader);
    }
}
