using CallTracking.Agent.Drift;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;

namespace CallTracking.Agent.Sync;

/// <summary>
/// Looks whether the keys of a source's files are those of its known cases, before anything of them is taken: until one of them is, as a rule, which is the first.
/// What cannot be read says so when it is read.
/// </summary>
/// <param name="intake">Knows the cases.</param>
/// <param name="isPartial">A person asked for some of the source's files only.</param>
internal sealed class KeyCheck(CaseIntake intake, bool isPartial)
{
    /// <summary>What to do where the keys are meant to be so.</summary>
    public const string Cure = "have the export written as before, or the mapping read the key as it was; where these are cases of their own, as when a help desk begins anew, run 'calltracking-agent sync --new-keys' once (without a line, export-batches --new-keys)";

    /// <summary>Joins and folds read other files before their first row, and sources of one name are complete together only: they are not looked into before.</summary>
    public static bool Looks(Source source, IEnumerable<Source> sources) => source.IsOfFiles && !source.Mapping.ReadsOtherFiles && !source.Mapping.FoldsRows && IsAlone(source, sources);

    /// <summary>No other source has the name.</summary>
    public static bool IsAlone(Source source, IEnumerable<Source> sources) => sources.Count(other => other.Name == source.Name) == 1;

    /// <summary>The cases of the input should be known: of a complete export all, else those of one that stands in the place of another.</summary>
    public static bool Means(Source source, SourceInput input, bool isPartial) => IsComplete(source, isPartial) || input.StandsForEarlier;

    /// <summary>The keys of the input say something of the source's: what a file grew by is new alone.</summary>
    public static bool Shows(Source source, SourceInput input) => source.Settings.Snapshot is not null || input.BehindRow == 0;

    /// <summary>All known cases of the source should be in what is read.</summary>
    public static bool IsComplete(Source source, bool isPartial) => source.Settings.Snapshot is not null && !isPartial;

    /// <summary>Why the source has to wait for a person; null where it may go on.</summary>
    public async Task<Fault?> LookAsync(Source source, IReadOnlyList<SourceInput> inputs, CancellationToken cancellationToken)
    {
        var meant = inputs.Where(input => Means(source, input, isPartial)).ToList();
        var isComplete = IsComplete(source, isPartial);
        if (isComplete && meant.Exists(input => !input.IsReadableTwice))
        {
            return null;
        }

        // Files of a complete export are one; of others each has its own keys.
        foreach (var together in isComplete ? [meant] : meant.Where(input => input.IsReadableTwice).Select(input => (List<SourceInput>)[input]))
        {
            var turn = intake.TurnOf(source, isComplete);
            foreach (var input in together.TakeWhile(_ => !turn.IsSettled))
            {
                await LookAsync(source, input, turn, cancellationToken);
            }

            if (turn.Doubt() is { } doubt)
            {
                return new Fault(source.Name, 0, 0, $"Held, and nothing of it was taken: {doubt}.", Cure);
            }
        }

        return null;
    }

    private async Task LookAsync(Source source, SourceInput input, KeyTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            await using var reader = await input.OpenAsync(cancellationToken);
            while (!turn.IsSettled && await reader.ReadAsync(cancellationToken) is { } outcome)
            {
                turn.Add(outcome, row => intake.Knows(source.Name, row));
            }
        }
        catch (Exception unreadable) when (SourceInput.FaultsOf(source.Name, unreadable) is not null)
        {
            // Its reading tells it.
        }
    }
}
