using CallTracking.Agent.Commands;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Agent.Drift;

/// <summary>Reads a source from its start to its end, and remembers and sends nothing.</summary>
/// <param name="known">What a sync last knew of it.</param>
/// <param name="notes">What the source remembers: only what the next sync would read is read then. Null for all of it.</param>
/// <param name="shapes">What stands in the quarantine.</param>
/// <param name="duplicates">Of all sources together.</param>
/// <param name="vanished">Of all sources together.</param>
/// <param name="limit">Rows of each input; null for all.</param>
internal sealed class DriftReading(Source source, KnownShape? known, ISourceNotes? notes, ShapeLook shapes, DuplicateLook duplicates, VanishedLook vanished, int? limit, CommandOutput output)
{
    private const string Cases = "cases";

    private readonly ShapeWatch _watch = new(source.Mapping, known?.Shape, isLook: true);
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _knownRows = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LostRows> _newlyLost = new(StringComparer.Ordinal);
    private readonly WordTally _words = new();
    private readonly KeyTurn _turn = new(() => shapes.CasesOf(source.Name), shapes.FormsOf(source), isComplete: source.Settings.Snapshot is not null);

    // Of files of new names, which may bring new cases alone: a sync tells it, and holds nothing.
    private readonly KeyTurn _allKeys = new(() => shapes.CasesOf(source.Name), shapes.FormsOf(source), isComplete: false);

    // A sync holds the source before it takes anything.
    private bool _isKeyCheckable = true;
    private long _cases;
    private long _lost;
    private readonly List<string> _ended = [];
    private readonly TimeOrder _order = new(source.Mapping);
    private readonly EncodingLook _encoding = new(source.Mapping);
    private readonly SourceVisit _visit = notes is null ? SourceVisit.ToLook(output.Error.WriteLine) : new SourceVisit(notes, TimeProvider.System, output.Error.WriteLine);

    /// <summary>No other source has its name, so that what it has is all that the name has.</summary>
    public bool IsAlone { get; init; } = true;

    public async Task<SourceDrift> RunAsync(CancellationToken cancellationToken)
    {
        var inputs = new List<SourceInput>();
        if (source.IsOfFiles)
        {
            // All of them first: how much there is shows how far the reading is.
            await foreach (var input in source.InputsAsync(_visit, cancellationToken))
            {
                inputs.Add(input);
            }
        }

        var progress = new ReadingProgress(output.Error, !Console.IsErrorRedirected, TimeProvider.System) { Total = ReadingProgress.BytesOf(inputs) };
        try
        {
            await foreach (var input in source.IsOfFiles ? inputs.ToAsyncEnumerable() : source.InputsAsync(_visit, cancellationToken))
            {
                await ReadAsync(input, progress, cancellationToken);
                if (!source.IsOfFiles)
                {
                    inputs.Add(input);
                }
            }
        }
        finally
        {
            progress.Clear();
        }

        var doubt = IsAlone ? _turn.Doubt() : null;
        var respelled = doubt ?? (IsAlone ? _allKeys.Doubt() : null);
        var isHeld = doubt is not null && limit is null && _isKeyCheckable && KeyCheck.Looks(source, [source]);
        return new SourceDrift(source, known is null || _watch.IsFirstContact ? null : known.Run, inputs.Count, _counts, _knownRows, _watch.Changes(), _words, _visit.Faults)
        {
            Doubts = [.. respelled is null ? [] : (string[])[isHeld ? $"{respelled}. A sync holds the source: {KeyCheck.Cure}" : $"{respelled}. A sync takes them as new cases"], .. _ended, .. _encoding.Doubts, .. _order.Doubts(), .. JoinText.Missed(_watch), .. JoinText.Lost(_watch, _watch.MissedJoins), .. _watch.Oddities],
            IsFrozen = _watch.IsExchangeFrozen || _watch.MissedJoins.Any(missed => missed.IsFrozen) || _watch.JoinLosses.Any(lost => lost.IsFrozen) || isHeld,
            Accepted = _visit.IsWhole && limit is null && _watch.Records > 0 ? _watch.Accepted : null,
            Losing = _watch.LosingCases,
            NewlyLost = [.. _newlyLost.Values],
            IsWhole = _visit.IsWhole && limit is null,
            Cases = _cases,
            Lost = _lost,
            IsPassedOver = notes is null && _lost == _knownRows.Values.Sum(),
        };
    }

    private async Task ReadAsync(SourceInput input, ReadingProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            await using var reader = await input.OpenAsync(cancellationToken);
            reader.Watch(_watch);
            _isKeyCheckable &= input.IsReadableTwice || !KeyCheck.Means(source, input, isPartial: false);
            for (var rows = 0; rows != limit && await reader.ReadAsync(cancellationToken) is { } outcome; rows++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Row(input, outcome.Position.ByteOffset);
                Count(input, outcome);
                KeyTurn.Add(outcome, row => shapes.Knows(source.Name, row), KeyCheck.Means(source, input, isPartial: false) ? _turn : null, source.IsOfFiles && KeyCheck.Shows(source, input) ? _allKeys : null);

                shapes.Compare(source, outcome, _watch);
            }

            _ended.AddRange([.. reader.Doubts, .. input.Doubts]);
            _watch.Ended(reader);
            progress.Passed(input);
            await _encoding.AddAsync(input, cancellationToken);
        }
        catch (SourceFormatException broken)
        {
            _watch.Refuse();
            _visit.Fail(broken.Faults);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            _watch.Refuse();
            _visit.Fail(SourceInput.Unreadable(input.Name, unreadable));
        }
    }

    private void Count(SourceInput input, RowOutcome outcome)
    {
        var refusal = RowRefusal.Of(source, input, outcome, duplicates);
        var kind = refusal?.Reason ?? (outcome is RowOutcome.Mapped ? Cases : outcome.GetType().Name.ToLowerInvariant());
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        _cases += kind == Cases ? 1 : 0;
        _order.Add(outcome);
        vanished.Add(source, outcome);
        if (refusal is null)
        {
            return;
        }

        _lost++;
        if (IsQuarantined(new SourceRow(source, input.FileOf(outcome), outcome) { HasPlace = input.HasPlaces }, refusal))
        {
            _knownRows[kind] = _knownRows.GetValueOrDefault(kind) + 1;
            return;
        }

        var lost = LostRows.KindOf(refusal);
        _newlyLost[lost] = _newlyLost.TryGetValue(lost, out var others) ? others with { Rows = others.Rows + 1 } : LostRows.Of(refusal, RowPlace.Of(input, outcome), outcome, source.Mapping);
        if (outcome is RowOutcome.Rejected { Word: { } word, Field: var field })
        {
            _words.Add(source.Name, source.Mapping, field, word);
        }
    }

    private bool IsQuarantined(SourceRow row, RowRefusal refusal)
    {
        if (row.Outcome is RowOutcome.Mapped)
        {
            return shapes.IsQuarantined(row, refusal.Reason, refusal.Field);
        }

        if (!shapes.IsQuarantined(row, (RowOutcome.Rejected)row.Outcome))
        {
            return false;
        }

        _watch.TakeBack();
        return true;
    }
}
