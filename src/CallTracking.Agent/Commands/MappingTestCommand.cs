using System.CommandLine;
using System.Globalization;
using CallTracking.Mapping.Checks;

namespace CallTracking.Agent.Commands;

/// <summary><c>mapping test</c>: runs the tests beside mappings and shows what was otherwise than expected.</summary>
internal static class MappingTestCommand
{
    private const string Suffix = ".tests.yaml";

    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var files = new Argument<string[]>("FILE")
        {
            Description = "Mappings or their tests (name.tests.yaml beside name.yaml); without any, those of the configuration.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var notes = new Option<bool>("--notes") { Description = "List value tables and lookups that reject unknown words without saying so." };
        var command = new Command("test", AgentCommand.Describe("Run the tests beside mappings.", "mapping test helpdesk.yaml")) { files, notes, config };
        command.Does((parsed, output, cancellationToken) =>
            RunAsync(Chosen(parsed.GetValue(files)!, parsed.GetValue(config)!), parsed.GetValue(notes), output, cancellationToken));
        return command;
    }

    private static List<string> Chosen(string[] files, string config)
    {
        var mappings = files.Length > 0 ? files : [.. AgentWorkplace.LoadSettings(config).Sources.Select(source => source.Mapping).Distinct(StringComparer.Ordinal)];
        var tests = mappings.Select(TestsOf).ToList();

        // Asked for by name, a file must be there; of a configuration's mappings some may have no tests.
        var found = tests.Where(test => files.Length > 0 || File.Exists(test)).ToList();
        return found.Count > 0
            ? found
            : throw new AgentException(ExitCode.Configuration, $"None of the mappings has tests. Write them beside one: {tests.FirstOrDefault() ?? "helpdesk" + Suffix}.");
    }

    private static string TestsOf(string file) => file.EndsWith(Suffix, StringComparison.Ordinal) ? file : Path.ChangeExtension(file, null) + Suffix;

    private static async Task<ExitCode> RunAsync(IEnumerable<string> files, bool showsNotes, CommandOutput output, CancellationToken cancellationToken)
    {
        var (passed, failed, hasFaults) = (0, 0, false);
        foreach (var file in files)
        {
            var run = await MappingTestRun.RunAsync(file, cancellationToken);
            foreach (var fault in run.Faults)
            {
                hasFaults = true;
                output.Error.WriteLine($"FAULT  {fault}");
            }

            foreach (var note in showsNotes ? run.Notes : [])
            {
                output.Out.WriteLine($"note   {note}");
            }

            foreach (var result in run.Results)
            {
                var isPassed = result.Differences.Count == 0;
                (passed, failed) = (passed + (isPassed ? 1 : 0), failed + (isPassed ? 0 : 1));
                Show(file, result, output);
            }
        }

        output.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed."));
        return hasFaults ? ExitCode.Configuration : failed > 0 ? ExitCode.RunFailed : ExitCode.Done;
    }

    private static void Show(string file, MappingTestResult result, CommandOutput output)
    {
        if (result.Differences.Count == 0)
        {
            output.Out.WriteLine($"ok     {result.Name}");
            return;
        }

        output.Out.WriteLine($"FAILED {result.Name}   ({file}:{result.Line})");
        foreach (var difference in result.Differences)
        {
            output.Out.WriteLine($"         {difference.Field}");
            output.Out.WriteLine($"           expected  {difference.Expected}");
            output.Out.WriteLine($"           but was   {difference.Actual}");
        }
    }
}
