using System.Globalization;
using CallTracking.Agent.Drift;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Agent.Sync;

/// <summary>Reads what the sources give once, row by row, into an intake. An input that cannot be read is a fault; the others are still read.</summary>
/// <param name="wish">What of the sources to read.</param>
/// <param name="say">Takes a line for whoever watches the run.</param>
internal sealed partial class ReadingPass(CaseIntake intake, ISourceNotes notes, Vanishing vanishing, ReadingWish wish, RunProgress progress, TimeProvider clock, Action<string> say)
{
    private const int MostNamed = 12;

    private readonly List<Fault> _faults = [];
    private readonly HashSet<string> _partial = [];
    private readonly HashSet<string> _broken = [];
    private readonly Dictionary<Source, long?> _expected = [];
    private bool _hasMet;

    /// <summary>Reads all; gives the faults of the sources.</summary>
    /// <exception cref="ReadingOvertakenException">A new epoch or policy made going on useless.</exception>
    public async Task<IReadOnlyList<Fault>> RunAsync(IReadOnlyList<Source> sources, CancellationToken cancellationToken)
    {
        _sources = sources;
        var chosen = sources.Where(source => (wish.Files is null || source.IsOfFiles) && (wish.Cases is null || wish.Cases.ContainsKey(source.Name))).ToList();
        foreach (var source in chosen)
        {
            _expected[source] = source.BytesOf(wish);
        }

        progress.Expect(_expected.ContainsValue(null) ? 0 : _expected.Values.Sum() ?? 0);
        foreach (var source in chosen)
        {
            await ReadAsync(source, cancellationToken);
        }

        if (wish.IsPartial && wish.Cases is null && !_hasMet)
        {
            _faults.Add(wish.CaseId is null
                ? new Fault(wish.Files!, 0, 0, "No file of any source is meant by this pattern.", "write the file's name, or its path from the configuration's folder; * and ** stand for parts of it")
                : new Fault("--case", 0, 0, "No row of any source has this key.", "write it as the source does, the parts of a key in several columns joined by '|'"));
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
                await vanishing.TakeBackAsync(same.Key, cancellationToken);
                continue;
            }

            await vanishing.ApplyAsync(same.Key, same.Select(source => source.Settings.Snapshot!).MinBy(rule => rule.MaxVanished)!, cancellationToken);
        }
    }

    private async Task ReadAsync(Source source, CancellationToken cancellationToken)
    {
        if (source.Mapping.CanFreeze && await new FreezeCheck(notes, wish, clock, intake.Compare).LookAsync(source, intake.Watch(source), cancellationToken) is { Count: > 0 } stops)
        {
            Stop(source, stops);
            return;
        }

        var watch = intake.Watch(source);
        var visit = new SourceVisit(notes, clock, say) { Wish = wish };
        await ReadInputsAsync(source, visit, watch, cancellationToken);
        Correct(source, visit.Bytes);
        Settle(source);

        foreach (var input in wish.Cases is null ? visit.Known : [])
        {
            _hasMet = true;
            intake.PassOver(source.Name, input);
        }

        _faults.AddRange(visit.Faults);
        if (!visit.IsWhole)
        {
            _partial.Add(source.Name);
        }

        Conclude(source, visit, watch);
    }

    private async Task ReadInputsAsync(Source source, SourceVisit visit, ShapeWatch watch, CancellationToken cancellationToken)
    {
        BeginKeys(source);
        var hasBegun = false;
        try
        {
            await foreach (var input in await CheckedAsync(source, visit, cancellationToken))
            {
                _hasMet |= !wish.LeavesRowsOut;
                Correct(source, visit.Bytes);
                if (!hasBegun)
                {
                    intake.Expect(wish.Cases is null ? visit.ToRead : []);
                    hasBegun = true;
                }

                var goesOn = await ReadAsync(source, input, visit, watch, cancellationToken);
                progress.Passed(input.Bytes);
                if (!goesOn)
                {
                    _broken.UnionWith(visit.ToRead);
                    break;
                }
            }
        }
        catch (Exception unreadable) when (SourceInput.FaultsOf(source.Name, unreadable) is { } faults)
        {
            // It cannot even say what it has. The others can.
            visit.Fail(faults);
        }
    }

    private void Settle(Source source)
    {
        var cases = intake.Settle(_broken);
        _broken.Clear();
        if (cases > 0)
        {
            say(string.Create(CultureInfo.InvariantCulture, $"{source.Name}: {cases:N0} {(cases == 1 ? "case stands" : "cases stand")} in an earlier file only, and no longer in the later one; the next run sends what that says"));
        }
    }

    // How much is to be read shows when the source has looked at its files.
    private void Correct(Source source, long? actual)
    {
        if (_expected.Remove(source, out var expected))
        {
            progress.Correct(expected ?? 0, actual ?? 0);
        }
    }

    private void Stop(Source source, IReadOnlyList<Fault> stops)
    {
        Correct(source, 0);
        _hasMet = true;
        _faults.AddRange(stops);
        _partial.Add(source.Name);
        say($"{source.Name}: its contract stopped it, and nothing of it was taken");
    }

    private void Conclude(Source source, SourceVisit visit, ShapeWatch watch)
    {
        foreach (var left in watch.LeftOut)
        {
            say(string.Create(CultureInfo.InvariantCulture, $"{source.Name}: the contract left out {left.Count:N0} {(left.Count == 1 ? "value" : "values")} of '{left.Column}' ({(left.Change == ContractChange.New ? "new column" : "re-typed")})"));
        }

        if (visit.IsWhole && !wish.IsPartial && watch.Emptied is { Count: > 0 } emptied)
        {
            say($"WARNING  {source.Name}: no record has {string.Join(", ", emptied.Take(MostNamed).Select(path => $"'{path}'"))}{(emptied.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {emptied.Count - MostNamed:N0} more") : string.Empty)} any more: fields that read nothing else were sent empty. "
                + "If the export is at fault, have it corrected and sync again: cases get them back. 'contract: {vanished: freeze}' in the mapping holds such a source before anything is sent");
        }

        foreach (var missed in wish.IsPartial ? [] : JoinText.Missed(watch))
        {
            say($"WARNING  {source.Name}: {missed}. With the whole file the next sync gives cases back what was sent empty; 'contract: {{vanished: freeze}}' in the mapping holds such a source before anything is sent");
        }

        foreach (var lost in JoinText.Lost(watch, besides: wish.IsPartial ? [] : watch.MissedJoins))
        {
            say($"WARNING  {source.Name}: {lost}. With the whole file the next sync gives cases back what they lack; 'contract: {{vanished: freeze}}' in the mapping holds such a source before anything is sent, 'incomplete: reject' at the join its cases");
        }

        foreach (var odd in !wish.LeavesRowsOut ? watch.Oddities : [])
        {
            say($"WARNING  {source.Name}: {odd}{(watch.Exchanged.Contains(odd) && !watch.IsExchangeFrozen ? "; 'contract: {exchanged: freeze}' in the mapping holds such a source before anything is sent" : string.Empty)}");
        }

        if (intake.VersionsOf(source.Name) is > 0 and var versions)
        {
            say(string.Create(CultureInfo.InvariantCulture, $"{source.Name}: {versions:N0} {(versions == 1 ? "case" : "cases")} came in two versions in this run, each counted; what stands is the one with the later 'updated', where that tells, else the one that was read last"));
        }

        ConcludeKeys(source);
        if (visit.IsWhole && !wish.IsPartial && watch.Records > 0)
        {
            intake.KeepShape(source, watch.Next);
        }
    }

    /// <summary>False when the source has to stop.</summary>
    private async Task<bool> ReadAsync(Source source, SourceInput input, SourceVisit visit, ShapeWatch watch, CancellationToken cancellationToken)
    {
        try
        {
            await ReadRowsAsync(source, input, watch, cancellationToken);
            TellOlder(source, input, visit);
            if (!input.Conclude())
            {
                _broken.Add(input.QuarantineName);
            }
            else if (!wish.LeavesRowsOut)
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
            watch.Broken();
            Break(input);
            visit.Fail(broken.Faults);
            return !broken.IsContract;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            watch.Broken();
            Break(input);
            visit.Fail(SourceInput.Unreadable(input.Name, unreadable));
        }

        return true;
    }

    // Where all files are read anew, older ones among them are no news; one that comes to files that are known, or in the place of one, is.
    private void TellOlder(Source source, SourceInput input, SourceVisit visit)
    {
        if (intake.TakeOlder() is > 0 and var cases && source.IsOfFiles && !source.Mapping.FoldsRows && (visit.Known.Count > 0 || visit.ToRead.Count <= 1))
        {
            say(string.Create(
                CultureInfo.InvariantCulture,
                $"WARNING  {source.Name}: {input.Name} tells an earlier state of {cases:N0} {(cases == 1 ? "case" : "cases")} than was met before: an old file that came late, or was put back. What was sent later stands"));
        }
    }

    private void Break(SourceInput input)
    {
        input.IsBroken = true;
        _broken.Add(input.QuarantineName);
    }

    private async Task ReadRowsAsync(Source source, SourceInput input, ShapeWatch watch, CancellationToken cancellationToken)
    {
        await using var reader = await input.OpenAsync(cancellationToken);
        reader.Watch(watch);
        while (await reader.ReadAsync(cancellationToken) is { } outcome)
        {
            progress.RowRead(input.BytesBefore(outcome.Position.ByteOffset));
            if (progress.Tap.IsWatched)
            {
                progress.Tap.Show(source.Name, outcome, reader.RawText);
            }

            var (localId, otherId) = outcome switch
            {
                RowOutcome.Mapped mapped => (mapped.LocalId, mapped.OtherId),
                RowOutcome.Rejected rejected => (rejected.LocalId, rejected.OtherId),
                _ => default,
            };
            NoteKey(source, input, localId, outcome);
            if (wish.Takes(source.Name, localId, otherId))
            {
                _hasMet = true;
                await intake.TakeAsync(new SourceRow(source, input.FileOf(outcome), outcome) { HasPlace = input.HasPlaces, IsInDoubt = input.IsInDoubt, BehindRow = input.BehindRow, IsNew = input.IsNew, Head = reader.Head, Watch = watch }, cancellationToken);
                if (localId is not null)
                {
                    wish.Taken?.Add((source.Name, localId));
                }
            }
        }

        watch.Ended(reader);
    }
}
