using System.Globalization;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sync;

/// <summary>
/// Reads only rows that stand in quarantine: from what was kept of them where that is the whole row, else by looking for them where they
/// came from. Those that still cannot become cases stay.
/// </summary>
internal sealed class RetryPass(CaseIntake intake, AgentLedger ledger, QuarantineFilter filter, RunProgress progress, TimeProvider clock, Action<string> say)
{
    private readonly List<Fault> _faults = [];
    private readonly RetryLeftovers _left = new(ledger);

    /// <summary>Reads all that the filter means; gives what could not be had.</summary>
    public async Task<IReadOnlyList<Fault>> RunAsync(IReadOnlyList<Source> sources, CancellationToken cancellationToken)
    {
        // Read alone they would be made of the rows that are left, which is why they wait.
        var entries = ledger.Quarantined(filter).ToLookup(entry => entry.Reason == RejectReason.IncompleteCase);
        if (entries[true].Any())
        {
            say(string.Create(CultureInfo.InvariantCulture, $"{entries[true].Count():N0} {(entries[true].Count() == 1 ? "case waits" : "cases wait")} for rows that are gone (incomplete-case): the next sync takes what is whole when they are back, or when the mapping says incomplete: accept"));
        }

        foreach (var same in entries[false].GroupBy(entry => entry.Source))
        {
            // Of two rows of one case the later stands, as if their files were read.
            var left = same.OrderBy(entry => entry.Run).ThenBy(entry => entry.File, StringComparer.Ordinal).ThenBy(entry => entry.Row).ToList();
            foreach (var source in sources.Where(source => source.Name == same.Key))
            {
                left = await RetryKeptAsync(source, left, cancellationToken);
                left = await RetryFromInputsAsync(source, left, cancellationToken);
            }

            _left.Add(sources.FirstOrDefault(source => source.Name == same.Key), left);
        }

        _faults.AddRange(_left.Faults());
        await intake.CommitAsync(cancellationToken);
        return _faults;
    }

    private async Task<List<QuarantineEntry>> RetryKeptAsync(Source source, List<QuarantineEntry> entries, CancellationToken cancellationToken)
    {
        var left = new List<QuarantineEntry>();
        foreach (var entry in entries)
        {
            try
            {
                using var reader = ledger.Kept(entry)?.Reopen(source.Mapping);
                reader?.Watch(intake.Watch(source));
                if (reader is not null && await reader.ReadAsync(cancellationToken) is { } outcome)
                {
                    await TakeAsync(new SourceRow(source, entry.File, outcome) { Head = reader.Head, IsKept = true }, [entry], cancellationToken);
                    continue;
                }
            }
            catch (SourceFormatException unfit)
            {
                // Kept without its header by an earlier program, or a column is new in the mapping: the file may have it.
                _left.NoteUnfit(entry, unfit.Faults);
            }

            left.Add(entry);
        }

        return left;
    }

    private async Task<List<QuarantineEntry>> RetryFromInputsAsync(Source source, List<QuarantineEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return entries;
        }

        // What the hub refused is known by its case alone, and could stand in any input; so is a case of several rows, whose last may be another by now.
        var byPlace = entries.Where(entry => entry.File.Length > 0).ToDictionary(entry => (entry.File, entry.Place));
        var byCase = entries.Where(entry => entry.Uid is not null && (entry.File.Length == 0 || source.Mapping.FoldsRows)).ToLookup(entry => entry.Uid!.Value);
        ledger.SendAgain(entries.Where(entry => entry.File.Length == 0 && entry.Uid is not null).Select(entry => entry.Uid!.Value));
        var met = new HashSet<QuarantineEntry>();
        var visit = new SourceVisit(NoSourceNotes.Instance, clock, say) { IsLook = true };
        await foreach (var input in source.InputsAsync(visit, cancellationToken))
        {
            if (byCase.Count > 0 || (input.HasPlaces && byPlace.Keys.Any(place => input.Parts.Any(part => part.Name == place.File))))
            {
                await LookAsync(source, input, EntriesOf, met, visit, cancellationToken);
            }
        }

        _faults.AddRange(visit.Faults);
        return [.. entries.Except(met)];

        // A row that is folded into another makes no case: that other one says what became of it.
        IReadOnlyList<QuarantineEntry> EntriesOf(SourceRow row)
        {
            var uid = row.Outcome is RowOutcome.Mapped || source.Mapping.FoldsRows ? intake.UidOf(source.Name, row.Outcome) : null;
            var ofCase = uid is { } named ? byCase[named].OrderByDescending(entry => entry.Run).ToList() : [];
            return row.Outcome is not RowOutcome.Folded && byPlace.GetValueOrDefault((row.File, row.Place)) is { } here && !ofCase.Contains(here) && (here.Uid is null || !source.Mapping.FoldsRows)
                ? [here, .. ofCase]
                : ofCase;
        }
    }

    private async Task LookAsync(
        Source source, SourceInput input, Func<SourceRow, IReadOnlyList<QuarantineEntry>> entriesOf, HashSet<QuarantineEntry> met, SourceVisit visit, CancellationToken cancellationToken)
    {
        try
        {
            await using var reader = await input.OpenAsync(cancellationToken);
            reader.Watch(intake.Watch(source));
            while (await reader.ReadAsync(cancellationToken) is { } outcome)
            {
                if (source.Mapping is { FoldsRows: true, AcceptsIncomplete: false } && input.Doubts.Count > 0)
                {
                    _left.HasLostRows = true;
                    return;
                }

                var file = input.Parts.Count > 1 ? input.FileOf(outcome) : input.Name;
                var row = new SourceRow(source, file, outcome) { Head = reader.Head, IsInDoubt = input.IsInDoubt };
                if (entriesOf(row) is { Count: > 0 } entries)
                {
                    met.UnionWith(entries);
                    await TakeAsync(row, entries, cancellationToken);
                }
            }
        }
        catch (SourceFormatException broken)
        {
            visit.Fail(broken.Faults);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            visit.Fail(SourceInput.Unreadable(input.Name, unreadable));
        }
    }

    private async Task TakeAsync(SourceRow row, IReadOnlyList<QuarantineEntry> entries, CancellationToken cancellationToken)
    {
        progress.RowRead();
        foreach (var entry in entries)
        {
            intake.Retry(entry);
        }

        await intake.TakeAsync(row with { Entry = entries[0] }, cancellationToken);
    }
}
