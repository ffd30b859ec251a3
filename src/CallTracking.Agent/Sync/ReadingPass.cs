using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sync;

/// <summary>Reads what the sources give once, row by row, into an intake. An input that cannot be read is a fault; the others are still read.</summary>
/// <param name="wish">What of the sources to read.</param>
/// <param name="say">Takes a line for whoever watches the run.</param>
internal sealed class ReadingPass(CaseIntake intake, ISourceNotes notes, Vanishing vanishing, ReadingWish wish, RunProgress progress, TimeProvider clock, Action<string> say)
{
    private readonly List<Fault> _faults = [];
    private readonly HashSet<string> _partial = [];
    private bool _hasMet;

    /// <summary>Reads all; gives the faults of the sources.</summary>
    /// <exception cref="ReadingOvertakenException">A new epoch or policy made going on useless.</exception>
    public async Task<IReadOnlyList<Fault>> RunAsync(IReadOnlyList<Source> sources, CancellationToken cancellationToken)
    {
        foreach (var source in sources.Where(source => wish.Files is null || source.IsOfFiles))
        {
            await ReadAsync(source, cancellationToken);
        }

        if (wish.IsPartial && !_hasMet)
        {
            _faults.Add(wish.CaseId is null
                ? new Fault(wish.Files!, 0, 0, "No file of any source is meant by this pattern.", "write the file's name, or its path from the configuration's folder; * and ** stand for parts of it")
                : new Fault("--case", 0, 0, "No row of any source has this key.", "write it as the source does, the parts of a key in several columns joined by '/'"));
        }

        await LookForVanishedAsync(sources, cancellationToken);
        await intake.CommitAsync(cancellationToken);
        return _faults;
    }

    // Sources of one name are one: each of them has to be complete.
    private async Task LookForVanishedAsync(IReadOnlyList<Source> sources, CancellationToken cancellationToken)
    {
        foreach (var same in sources.GroupBy(source => source.Name).Where(same => same.All(source => source.Settings.Snapshot is not null) && !wish.IsPartial))
        {
            if (_partial.Contains(same.Key))
            {
                say($"{same.Key}: not read whole, so no case is taken for vanished");
                continue;
            }

            await vanishing.ApplyAsync(same.Key, same.Select(source => source.Settings.Snapshot!).MinBy(rule => rule.MaxVanished)!, cancellationToken);
        }
    }

    private async Task ReadAsync(Source source, CancellationToken cancellationToken)
    {
        var visit = new SourceVisit(notes, clock, say) { Wish = wish };
        await foreach (var input in source.InputsAsync(visit, cancellationToken))
        {
            _hasMet |= wish.CaseId is null;
            await ReadAsync(source, input, visit, cancellationToken);
        }

        foreach (var input in visit.Known)
        {
            _hasMet = true;
            intake.PassOver(source.Name, input);
        }

        _faults.AddRange(visit.Faults);
        if (!visit.IsWhole)
        {
            _partial.Add(source.Name);
        }
    }

    private async Task ReadAsync(Source source, SourceInput input, SourceVisit visit, CancellationToken cancellationToken)
    {
        try
        {
            await ReadRowsAsync(source, input, cancellationToken);
            if (input.Conclude() && wish.CaseId is null)
            {
                intake.Finish(source.Name, input);
            }

            if (source.IsRemote)
            {
                // Another program was asked for it, and may make the next one wait: what was had is had.
                await intake.CommitAsync(cancellationToken);
            }
        }
        catch (SourceFormatException broken)
        {
            input.IsBroken = true;
            visit.Fail(broken.Faults);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            input.IsBroken = true;
            visit.Fail(SourceInput.Unreadable(input.Name, unreadable));
        }
    }

    private async Task ReadRowsAsync(Source source, SourceInput input, CancellationToken cancellationToken)
    {
        var latestWins = source.Mapping.Duplicates == DuplicateRule.Latest;
        await using var reader = await input.OpenAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken) is { } outcome)
        {
            progress.RowRead();
            var localId = outcome switch
            {
                RowOutcome.Mapped mapped => mapped.LocalId,
                RowOutcome.Rejected rejected => rejected.LocalId,
                _ => null,
            };
            if (wish.Takes(localId))
            {
                _hasMet = true;
                await intake.TakeAsync(new SourceRow(source.Name, input.FileOf(outcome), latestWins, outcome) { HasPlace = input.HasPlaces, Head = reader.Head }, cancellationToken);
            }
        }
    }
}
