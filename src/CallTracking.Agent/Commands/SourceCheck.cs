using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Drift;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;

namespace CallTracking.Agent.Commands;

/// <summary>What <c>check</c> finds in one source: its inputs' first rows, tried.</summary>
internal sealed class SourceCheck(Source source, AgentSettings settings, ShapeLook shapes, CheckFindings findings)
{
    private const int RowsToTry = 2000;

    private readonly ShapeWatch _watch = new(source.Mapping, shapes.Find(source)?.Shape, isLook: true);
    private readonly RowTally _tally = new();
    private readonly WordTally _words = new();
    private int _rows;
    private int _rejected;

    // What several inputs share, such as a join's file, is told once.
    private readonly HashSet<Fault> _told = [];
    private readonly TimeOrder _order = new(source.Mapping);
    // It reads every file, so that one key of a known form is enough; which of them a sync would read does not matter then.
    private readonly KeyTurn _turn = new(() => shapes.CasesOf(source.Name), shapes.FormsOf(source), isComplete: source.Settings.Snapshot is not null);
    private readonly EncodingLook _encoding = new(source.Mapping);

    /// <summary>No other source has its name, so that what it has is all that the name has.</summary>
    public bool IsAlone { get; init; } = true;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var visit = SourceVisit.ToLook(findings.Say);
        await foreach (var input in source.InputsAsync(visit, cancellationToken))
        {
            await TryAsync(input, cancellationToken);
            if (source.IsRemote)
            {
                break;
            }
        }

        if (visit.Faults.Count > 0)
        {
            _watch.Miss();
        }

        visit.Faults.ForEach(fault => findings.Wrong(ExitCode.Source, $"source {source.Name}: {fault}"));
        findings.Judge(source.Name, _tally, _rows == 0 ? 0 : 100.0 * _rejected / _rows);
        findings.Drift(source, _watch);
        findings.Words(source.Name, _words);
        _encoding.Doubts.Concat(_order.Doubts()).Concat(JoinText.Unmatched(_watch)).Concat(JoinText.Lost(_watch, besides: [])).Concat(_watch.IsExchangeFrozen ? _watch.Oddities.Except(_watch.Exchanged) : _watch.Oddities).ToList().ForEach(Warn);
        if (IsAlone && _turn.Doubt() is { } respelled)
        {
            Warn($"{respelled}. calltracking-agent drift says what a sync would do");
        }

        if (ZoneDoubt.Of(source.Mapping, settings) is { } doubt)
        {
            Warn(doubt);
        }
    }

    private async Task TryAsync(SourceInput input, CancellationToken cancellationToken)
    {
        var (trial, duplicates) = (new SourceTrial(), new DuplicateLook(shapes));
        try
        {
            await using (var reader = await input.OpenAsync(cancellationToken))
            {
                reader.Watch(_watch);
                while (trial.Rows < RowsToTry && await reader.ReadAsync(cancellationToken) is { } outcome)
                {
                    var refusal = RowRefusal.OfAnyRow(source, input, outcome, duplicates, shapes);
                    trial.Add(outcome, refusal);
                    Count(outcome, refusal);
                    if (source.IsOfFiles || source.Settings.Snapshot is not null)
                    {
                        _turn.Add(outcome, row => shapes.Knows(source.Name, row));
                    }

                    shapes.Compare(source, outcome, _watch);
                }

                if (source.Mapping.EndsMarked)
                {
                    await reader.PassToEndAsync(cancellationToken);
                }

                reader.Doubts.Concat(input.Doubts).ToList().ForEach(Warn);
                _watch.Ended(reader);
            }

            findings.Right(string.Create(CultureInfo.InvariantCulture, $"source {source.Name}: {input.Name}, {(trial.Rows == 0 ? "no rows" : $"first {Amounts.Of(trial.Rows, "row")}: {trial.Summary}")}"));
            await findings.TrialAsync(trial, input, source.Mapping, cancellationToken);
            await _encoding.AddAsync(input, cancellationToken);
        }
        catch (SourceFormatException broken)
        {
            _watch.Refuse();
            findings.Faults(ExitCode.Source, $"source {source.Name}", [.. broken.Faults.Where(_told.Add)]);
            if (trial.IsNoneDecodable && input.Parts.FirstOrDefault(part => broken.Faults.Any(fault => fault.File == part.Name)) is { } part)
            {
                await findings.ReadingsAsync(part, source.Mapping, cancellationToken);
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            _watch.Refuse();
            findings.Wrong(ExitCode.Source, $"source {source.Name}: {SourceInput.Unreadable(input.Name, unreadable)}");
        }
    }

    private void Count(RowOutcome outcome, RowRefusal? refusal)
    {
        _tally.Count(outcome, refusal?.Reason);
        _rows += outcome is RowOutcome.Mapped or RowOutcome.Rejected ? 1 : 0;
        _rejected += refusal is not null ? 1 : 0;
        _order.Add(outcome);
        if (outcome is RowOutcome.Rejected { Word: { } word } rejected)
        {
            _words.Add(source.Name, source.Mapping, rejected.Field, word);
        }
    }

    private void Warn(string text) => findings.Warn($"source {source.Name}: {text}");
}
