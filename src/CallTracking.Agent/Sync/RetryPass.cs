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

    /// <summary>Reads all that the filter means; gives what could not be had.</summary>
    public async Task<IReadOnlyList<Fault>> RunAsync(IReadOnlyList<Source> sources, CancellationToken cancellationToken)
    {
        var (missing, partly) = (0, 0);

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

            if (sources.Any(source => source.Name == same.Key && source.IsRemote))
            {
                partly += left.Count;
            }
            else
            {
                missing += left.Count;
            }
        }

        if (partly > 0)
        {
            _faults.Add(new Fault("quarantine", 0, 0, string.Create(CultureInfo.InvariantCulture, $"{partly:N0} rows of a database or an interface are not kept whole."), "sync --reread asks for all of it again"));
        }

        if (missing > 0)
        {
            _faults.Add(new Fault("quarantine", 0, 0, string.Create(CultureInfo.InvariantCulture, $"{missing:N0} rows are not where they came from any more, and not kept whole."), "put their files back, or purge them"));
        }

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
                    await TakeAsync(source, entry, entry.File, outcome, reader.Head, cancellationToken);
                    continue;
                }
            }
            catch (SourceFormatException)
            {
                // Kept without its header by an earlier program, or a column is new in the mapping: the file has it.
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

        // What the hub refused is known by its case alone, and could stand in any input.
        var byPlace = entries.Where(entry => entry.File.Length > 0).ToDictionary(entry => (entry.File, entry.Place));
        var byCase = entries.Where(entry => entry.File.Length == 0 && entry.Uid is not null).ToDictionary(entry => entry.Uid!.Value);
        ledger.SendAgain(byCase.Keys);
        var met = new HashSet<QuarantineEntry>();
        var visit = new SourceVisit(NoSourceNotes.Instance, clock, say) { IsLook = true };
        await foreach (var input in source.InputsAsync(visit, cancellationToken))
        {
            if (byCase.Count > 0 || (input.HasPlaces && byPlace.Keys.Any(place => input.Parts.Any(part => part.Name == place.File))))
            {
                await LookAsync(source, input, row => EntryOf(source, row), met, visit, cancellationToken);
            }
        }

        _faults.AddRange(visit.Faults);
        return [.. entries.Except(met)];

        QuarantineEntry? EntryOf(Source of, SourceRow row) =>
            byPlace.GetValueOrDefault((row.File, row.Place))
            ?? (row.Outcome is RowOutcome.Mapped mapped ? byCase.GetValueOrDefault(intake.UidOf(of.Name, mapped.LocalId)) : null);
    }

    private async Task LookAsync(
        Source source, SourceInput input, Func<SourceRow, QuarantineEntry?> entryOf, HashSet<QuarantineEntry> met, SourceVisit visit, CancellationToken cancellationToken)
    {
        try
        {
            await using var reader = await input.OpenAsync(cancellationToken);
            reader.Watch(intake.Watch(source));
            while (await reader.ReadAsync(cancellationToken) is { } outcome)
            {
                var file = input.Parts.Count > 1 ? input.FileOf(outcome) : input.Name;
                if (entryOf(new SourceRow(source, file, outcome)) is { } entry)
                {
                    met.Add(entry);
                    await TakeAsync(source, entry, file, outcome, reader.Head, cancellationToken);
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

    private async Task TakeAsync(
        Source source, QuarantineEntry entry, string file, RowOutcome outcome, ReadOnlyMemory<byte> head, CancellationToken cancellationToken)
    {
        progress.RowRead();
        intake.Retry(entry);
        var row = new SourceRow(source, file, outcome) { Head = head, Entry = entry };
        await intake.TakeAsync(row, cancellationToken);
    }
}
