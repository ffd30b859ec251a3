using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Concepts;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sources.Files;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Checks;
using CallTracking.Privacy;

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
        var id = new Argument<string?>("CASE") { Description = "The case's key in its source; parts of a key of several columns with a bar or a stroke between them: 'A-1|2'.", Arity = ArgumentArity.ZeroOrOne };
        var row = RowOption();
        var file = new Option<string?>("--file") { Description = "Only this file.", HelpName = "FILE" };
        var mapping = new Option<string?>("--mapping") { Description = "A mapping file, without any configuration; with --file.", HelpName = "FILE" };
        var command = new Command("explain", AgentCommand.Describe("Show which column and rule made each field of a case.", "mapping explain 4711"))
        {
            id, row, file, mapping, config,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var wanted = new Wanted(parsed.GetValue(id), parsed.GetValue(row), parsed.GetValue(file));
            if ((wanted.Id is null) == (wanted.Row is null) || (wanted.File is null && (wanted.Row is not null || parsed.GetValue(mapping) is not null)))
            {
                throw new AgentException(ExitCode.Configuration, "Write the key of a case, or --row N with --file FILE; --mapping needs --file too.");
            }

            var (readings, isWhole) = await ReadingsAsync(parsed.GetValue(mapping), parsed.GetValue(config)!, wanted.File, output, cancellationToken);
            var concepts = parsed.GetValue(mapping) is null ? ConceptMatcher.Of(new CodeTableCache(AgentWorkplace.LoadSettings(parsed.GetValue(config)!).State).Concepts) : null;
            return await RunAsync(readings, isWhole, wanted, concepts, output, cancellationToken);
        });
        return command;
    }

    private static Option<long?> RowOption() => new("--row")
    {
        Description = "Instead of a case: the row of a file, from 1; a header is none.",
        HelpName = "N",
        CustomParser = result =>
        {
            if (long.TryParse(result.Tokens[^1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row > 0)
            {
                return row;
            }

            result.AddError($"--row: expected a whole number from 1, found '{result.Tokens[^1].Value}'.");
            return null;
        },
    };

    private static async Task<(List<Reading> Readings, bool IsWhole)> ReadingsAsync(
        string? mapping, string config, string? file, CommandOutput output, CancellationToken cancellationToken)
    {
        if (mapping is not null)
        {
            var load = SourceMapping.Load(mapping);
            if (load.Mapping is not { } sound)
            {
                throw Faulty(load.Faults);
            }

            return FileVersion.Of(file!) is { } version
                ? ([new Reading(mapping, FileInput.ToLook(sound, version))], true)
                : throw new AgentException(ExitCode.Source, $"There is no file '{file}'.");
        }

        var (sources, faults) = SourceLoad.Of(AgentWorkplace.LoadSettings(config));
        if (faults.Count > 0)
        {
            throw Faulty(faults);
        }

        var chosen = new List<Reading>();
        var isWhole = true;
        foreach (var source in sources)
        {
            var visit = SourceVisit.ToLook(output.Error.WriteLine);
            await foreach (var input in source.InputsAsync(visit, cancellationToken))
            {
                if (file is null || input.Parts.OfType<FileInput>().Any(own => Path.GetFullPath(own.Path) == Path.GetFullPath(file)))
                {
                    chosen.Add(new Reading(source.Settings.Mapping, input));
                }
            }

            visit.Faults.ForEach(fault => output.Error.WriteLine(fault));
            isWhole &= visit.Faults.Count == 0;
        }

        return chosen.Count > 0
            ? (chosen, isWhole)
            : throw new AgentException(ExitCode.Source, file is null ? "No source has anything to read." : $"No source of the configuration reads '{file}'. Name its mapping with --mapping.");
    }

    private static AgentException Faulty(IEnumerable<Fault> faults) => new(ExitCode.Configuration, string.Join(Environment.NewLine, faults));

    private static async Task<ExitCode> RunAsync(
        List<Reading> readings, bool isWhole, Wanted wanted, ConceptMatcher? concepts, CommandOutput output, CancellationToken cancellationToken)
    {
        var found = 0;
        foreach (var reading in readings)
        {
            try
            {
                found += await ExplainAsync(reading, wanted, concepts, output, cancellationToken);
            }
            catch (Exception unreadable) when (SourceInput.FaultsOf(reading.Input.Name, unreadable) is { } faults)
            {
                // Another may hold the case.
                isWhole = false;
                output.Error.WriteLine(string.Join(Environment.NewLine, faults));
            }
        }

        if (found == 0)
        {
            output.Error.WriteLine(isWhole ? wanted.NotFound(readings) : wanted.NotSeen);
        }

        return found > 0 ? ExitCode.Done : isWhole ? ExitCode.RunFailed : ExitCode.Source;
    }

    private static async Task<int> ExplainAsync(Reading reading, Wanted wanted, ConceptMatcher? concepts, CommandOutput output, CancellationToken cancellationToken)
    {
        var found = 0;
        await using var reader = await reading.Input.OpenAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken) is { } outcome)
        {
            if (wanted.Is(outcome, reading.Input))
            {
                found++;
                new ExplanationTable(output.Out, Path.GetFileName(reading.MappingFile)).Write(outcome, reader.ExplainLast());
                ConceptText.Write(output.Out, outcome, concepts);
            }
        }

        return found;
    }

    private sealed record Reading(string MappingFile, SourceInput Input);

    private sealed record Wanted(string? Id, long? Row, string? File)
    {
        private const int MostNamed = 5;

        private bool IsOfFile(RowOutcome outcome, SourceInput input) => input.Parts.Count == 1
            || input.Parts.OfType<FileInput>().Any(part => part.Name == outcome.Position.File && Path.GetFullPath(part.Path) == Path.GetFullPath(File!));

        /// <summary>What could not be read may hold it.</summary>
        public string NotSeen => Row is { } row
            ? string.Create(CultureInfo.InvariantCulture, $"Row {row} is not in what could be read: mend what is said above first.")
            : $"'{Id}' is not in what could be read: mend what is said above first.";

        public string NotFound(List<Reading> readings)
        {
            var more = readings.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {readings.Count - MostNamed:N0} more") : string.Empty;
            var places = string.Join(", ", readings.Take(MostNamed).Select(reading => reading.Input.Name)) + more;
            return Row is { } row
                ? string.Create(CultureInfo.InvariantCulture, $"{places} has no row {row}. Rows count from 1, and a header is none.")
                : $"No case has the key '{Id}' in {places}. Write the key as the source does, parts of a key of several columns between bars ('A-1|2'); a row whose key could not be read, or that was filtered, is no case: explain it with --row N --file FILE.";
        }

        public bool Is(RowOutcome outcome, SourceInput input) =>
            Row is { } row ? outcome.Position.Row == row && IsOfFile(outcome, input)
            : outcome is RowOutcome.Mapped mapped ? LocalIdText.Means(Id!, mapped.LocalId)
            : outcome is RowOutcome.Rejected { LocalId: { } key } && LocalIdText.Means(Id!, key);
    }
}
