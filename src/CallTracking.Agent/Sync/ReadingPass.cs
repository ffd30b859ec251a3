using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sync;

/// <summary>Reads everything that the sources give once, row by row, into an intake. An input that cannot be read is a fault; the others are still read.</summary>
internal sealed class ReadingPass(CaseIntake intake, ISourceNotes notes, RunProgress progress)
{
    private readonly List<Fault> _faults = [];

    /// <summary>Reads all; gives the faults of the sources.</summary>
    /// <exception cref="ReadingOvertakenException">A new epoch or policy made going on useless.</exception>
    public async Task<IReadOnlyList<Fault>> RunAsync(IReadOnlyList<Source> sources, CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            await foreach (var input in source.InputsAsync(notes, _faults, cancellationToken))
            {
                await ReadAsync(source, input, cancellationToken);
            }
        }

        await intake.CommitAsync(cancellationToken);
        return _faults;
    }

    private async Task ReadAsync(Source source, SourceInput input, CancellationToken cancellationToken)
    {
        var latestWins = source.Mapping.Duplicates == DuplicateRule.Latest;
        try
        {
            await using var reader = await input.OpenAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken) is { } outcome)
            {
                await intake.TakeAsync(new SourceRow(source.Name, input.QuarantineName, latestWins, outcome) { HasPlace = input.HasPlaces }, cancellationToken);
                progress.RowRead();
            }

            intake.Finish(source.Name, input);
            if (source.IsRemote)
            {
                // Another program was asked for it, and may make the next one wait: what was had is had.
                await intake.CommitAsync(cancellationToken);
            }
        }
        catch (SourceFormatException broken)
        {
            input.IsBroken = true;
            _faults.AddRange(broken.Faults);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            input.IsBroken = true;
            _faults.Add(new Fault(input.Name, 0, 0, $"The file cannot be read: {unreadable.Message}", "give the agent's user the right to read it, or wait until its writer is done"));
        }
    }
}
