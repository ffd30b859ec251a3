using CallTracking.Agent.Configuration;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;

namespace CallTracking.Agent.Sync;

/// <summary>Reads every file of every source once, row by row, into an intake. A file that cannot be read is a fault; the others are still read.</summary>
internal sealed class ReadingPass(AgentSettings settings, CaseIntake intake, RunProgress progress)
{
    private readonly List<Fault> _faults = [];

    /// <summary>Reads all; gives the faults of the sources.</summary>
    /// <exception cref="ReadingOvertakenException">A new epoch or policy made going on useless.</exception>
    public async Task<IReadOnlyList<Fault>> RunAsync(IReadOnlyList<LoadedSource> sources, CancellationToken cancellationToken)
    {
        foreach (var source in sources)
        {
            var files = SourceFiles.Find(source.Settings.Files);
            if (files.Count == 0)
            {
                _faults.Add(new Fault(settings.File, source.Settings.Line, source.Settings.Column, $"No file matches '{source.Settings.Files}'.", "put the export there, or mend 'files'"));
            }

            foreach (var file in files)
            {
                await ReadAsync(source, file, cancellationToken);
            }
        }

        await intake.CommitAsync(cancellationToken);
        return _faults;
    }

    private async Task ReadAsync(LoadedSource source, string file, CancellationToken cancellationToken)
    {
        var shown = Path.GetRelativePath(Path.GetDirectoryName(settings.File)!, file);
        var mapping = source.Mapping;
        var latestWins = mapping.Duplicates == DuplicateRule.Latest;
        try
        {
            await using var reader = mapping.OpenReader(SourceFiles.Open(file), shown);
            while (await reader.ReadAsync(cancellationToken) is { } outcome)
            {
                await intake.TakeAsync(new SourceRow(mapping.SourceName, shown, latestWins, outcome), cancellationToken);
                progress.RowRead();
            }

            intake.Finish(mapping.SourceName, shown);
        }
        catch (SourceFormatException broken)
        {
            _faults.AddRange(broken.Faults);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            _faults.Add(new Fault(shown, 0, 0, $"The file cannot be read: {unreadable.Message}", "give the agent's user the right to read it, or wait until its writer is done"));
        }
    }
}
