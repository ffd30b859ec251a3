using System.CommandLine;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Checks;

namespace CallTracking.Agent.Commands;

/// <summary>
/// <c>mapping explain</c>: for each field of one case, the column, the rule and the value that made it. It reads the sources again and
/// shows personal data on the terminal of the region's own engineer; it sends and stores nothing.
/// </summary>
internal static class MappingExplainCommand
{
    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var id = new Argument<string?>("CASE") { Description = "The case's key in its source; parts of a key of several columns between bars: 'A-1|2'.", Arity = ArgumentArity.ZeroOrOne };
        var row = new Option<long?>("--row") { Description = "Instead of a case: the row of a file, from 1; a header is none.", HelpName = "N" };
        var file = new Option<string?>("--file") { Description = "Only this file.", HelpName = "FILE" };
        var mapping = new Option<string?>("--mapping") { Description = "A mapping file, without any configuration; with --file.", HelpName = "FILE" };
        var command = new Command("explain", AgentCommand.Describe("Show which column and rule made each field of a case.", "mapping explain 4711"))
        {
            id, row, file, mapping, config,
        };
        command.Does((parsed, output, cancellationToken) =>
        {
            var wanted = new Wanted(parsed.GetValue(id), parsed.GetValue(row), parsed.GetValue(file));
            if ((wanted.Id is null) == (wanted.Row is null) || (wanted.File is null && (wanted.Row is not null || parsed.GetValue(mapping) is not null)))
            {
                throw new AgentException(ExitCode.Configuration, "Write the key of a case, or --row N with --file FILE; --mapping needs --file too.");
            }

            return RunAsync(Readings(parsed.GetValue(mapping), parsed.GetValue(config)!, wanted.File), wanted, output, cancellationToken);
        });
        return command;
    }

    private static List<(SourceMapping Mapping, string MappingFile, string File)> Readings(string? mapping, string config, string? file)
    {
        if (mapping is not null)
        {
            var load = SourceMapping.Load(mapping);
            return load.Mapping is { } sound ? [(sound, mapping, file!)] : throw Faulty(load.Faults);
        }

        var (sources, faults) = LoadedSource.LoadAll(AgentWorkplace.LoadSettings(config));
        if (faults.Count > 0)
        {
            throw Faulty(faults);
        }

        var all = sources.SelectMany(source => SourceFiles.Find(source.Settings.Files).Select(found => (source.Mapping, source.Settings.Mapping, found)));
        var chosen = all.Where(reading => file is null || Path.GetFullPath(reading.found) == Path.GetFullPath(file)).ToList();
        return chosen.Count > 0
            ? chosen
            : throw new AgentException(ExitCode.Source, file is null ? "No source has a file." : $"No source of the configuration reads '{file}'. Name its mapping with --mapping.");
    }

    private static AgentException Faulty(IEnumerable<Fault> faults) => new(ExitCode.Configuration, string.Join(Environment.NewLine, faults));

    private static async Task<ExitCode> RunAsync(
        IEnumerable<(SourceMapping Mapping, string MappingFile, string File)> readings, Wanted wanted, CommandOutput output, CancellationToken cancellationToken)
    {
        var found = 0;
        foreach (var (mapping, mappingFile, file) in readings)
        {
            try
            {
                found += await ExplainAsync(mapping, mappingFile, file, wanted, output, cancellationToken);
            }
            catch (SourceFormatException broken)
            {
                output.Error.WriteLine(broken.Message);
                return ExitCode.Source;
            }
        }

        if (found == 0)
        {
            output.Error.WriteLine("No record of the sources' files is that one.");
        }

        return found > 0 ? ExitCode.Done : ExitCode.RunFailed;
    }

    private static async Task<int> ExplainAsync(
        SourceMapping mapping, string mappingFile, string file, Wanted wanted, CommandOutput output, CancellationToken cancellationToken)
    {
        var found = 0;
        await using var reader = mapping.OpenReader(SourceFiles.Open(file), Path.GetFileName(file));
        while (await reader.ReadAsync(cancellationToken) is { } outcome)
        {
            if (wanted.Is(outcome))
            {
                found++;
                new ExplanationTable(output.Out, Path.GetFileName(mappingFile)).Write(outcome, reader.ExplainLast());
            }
        }

        return found;
    }

    private sealed record Wanted(string? Id, long? Row, string? File)
    {
        public bool Is(RowOutcome outcome) =>
            Row is { } row ? outcome.Position.Row == row : outcome is RowOutcome.Mapped mapped && (mapped.LocalId == Id || LocalIdText.Shown(mapped.LocalId) == Id);
    }
}
