using CallTracking.Agent.Sources;
using CallTracking.Mapping;

namespace CallTracking.Agent.Quarantine;

/// <summary>Looks for quarantined rows in the files that they came from.</summary>
internal static class QuarantinedRows
{
    /// <summary>Rows that still are where they were, as the mapping is now. A file that cannot be read, or only in part, gives those before.</summary>
    /// <param name="source">Of files.</param>
    /// <param name="places">What is looked for, by file and row.</param>
    public static async IAsyncEnumerable<(QuarantineEntry Entry, RowOutcome Outcome)> FindAsync(
        Source source,
        IReadOnlyDictionary<(string File, long Row), QuarantineEntry> places,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = places.Keys.Select(place => place.File).ToHashSet(StringComparer.Ordinal);
        if (files.Count == 0)
        {
            yield break;
        }

        await foreach (var input in source.InputsAsync(SourceVisit.ToLook(static _ => { }), cancellationToken))
        {
            if (!input.Parts.Any(part => files.Contains(part.QuarantineName)))
            {
                continue;
            }

            foreach (var found in await OfAsync(input, places, cancellationToken))
            {
                yield return found;
            }
        }
    }

    private static async Task<List<(QuarantineEntry Entry, RowOutcome Outcome)>> OfAsync(
        SourceInput input, IReadOnlyDictionary<(string File, long Row), QuarantineEntry> places, CancellationToken cancellationToken)
    {
        var found = new List<(QuarantineEntry, RowOutcome)>();
        try
        {
            await using var reader = await input.OpenAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken) is { } outcome)
            {
                if (places.TryGetValue((input.FileOf(outcome), outcome.Position.Row), out var entry))
                {
                    // What a row held is not kept longer than it is counted.
                    found.Add((entry, outcome is RowOutcome.Rejected rejected ? rejected with { RawRecord = default } : outcome));
                }
            }
        }
        catch (Exception broken) when (SourceInput.FaultsOf(input.Name, broken) is not null)
        {
            // A listing says what it can: the sync names the fault.
        }

        return found;
    }
}
