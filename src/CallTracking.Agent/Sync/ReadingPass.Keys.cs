using CallTracking.Agent.Drift;
using CallTracking.Agent.Sources;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sync;

/// <summary>Whether a source's keys are those of its known cases: asked before its files are read, where that can be, and told behind the others.</summary>
internal sealed partial class ReadingPass
{
    private IReadOnlyList<Source> _sources = [];

    // Of the source that is read.
    private KeyTurn? _turn;
    private KeyForms _forms = new();

    private void BeginKeys(Source source)
    {
        _turn = !wish.IsPartial && (source.IsOfFiles || source.Settings.Snapshot is not null) && KeyCheck.IsAlone(source, _sources) ? intake.TurnOf(source, KeyCheck.IsComplete(source, wish.IsPartial)) : null;
        _forms = new KeyForms();
    }

    // None of them where the source has to wait for a person.
    private async Task<IAsyncEnumerable<SourceInput>> CheckedAsync(Source source, SourceVisit visit, CancellationToken cancellationToken)
    {
        var inputs = source.InputsAsync(visit, cancellationToken);
        if (wish.TakesNewKeys || wish.CaseId is not null || !KeyCheck.Looks(source, _sources))
        {
            return inputs;
        }

        var all = await inputs.ToListAsync(cancellationToken);
        if (await new KeyCheck(intake, wish.IsOfSomeFiles).LookAsync(source, all, cancellationToken) is not { } strange)
        {
            return all.ToAsyncEnumerable();
        }

        _hasMet = true;
        visit.Fail(strange);
        return AsyncEnumerable.Empty<SourceInput>();
    }

    private void NoteKey(Source source, SourceInput input, string? localId, RowOutcome outcome)
    {
        if (localId is not null && outcome is RowOutcome.Mapped && !wish.IsPartial)
        {
            _forms.AddOf(localId);
        }

        if (_turn is { IsSettled: false } turn && KeyCheck.Shows(source, input))
        {
            turn.Add(outcome, row => intake.Knows(source.Name, row));
        }
    }

    private void ConcludeKeys(Source source)
    {
        if (wish.IsPartial)
        {
            return;
        }

        intake.KeepForms(source, _forms);
        if (_turn?.Doubt() is { } strange)
        {
            say($"WARNING  {source.Name}: {strange}. They were taken as cases of their own{(wish.TakesNewKeys ? string.Empty : "; where they are not, have the export written as before, and headquarters delete them")}");
        }
    }
}
