using System.CommandLine;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Commands;

/// <summary><c>detect</c>: what the detectors find in texts, for trying them out. Needs no configuration, stores and sends nothing.</summary>
internal static class DetectCommand
{
    public static Command Build()
    {
        var country = new Option<string>("--country") { Description = "Country of lines that name none (ISO 3166-1: DE).", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var language = new Option<string>("--lang") { Description = "Language of lines that name none (BCP 47: de).", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var policy = new Option<string?>("--policy")
        {
            Description = "A policy document, or a folder of them, that decides which classes are looked for; all without it.",
            HelpName = "FILE",
        };
        var command = new Command("detect", AgentCommand.Describe(
            """
            Look for personal values in texts: JSON lines {"text", "country"?, "lang"?} on standard input, and for each in order
            {"findings":[{"start","end","entity","score"}],"redacted"} on standard output (places in UTF-16 code units).
            A line that is none becomes {"error","line"} and the run goes on; exit code 1 when there was one.
            """,
            "detect --country DE < texts.jsonl"))
        {
            country, language, policy,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var policies = parsed.GetValue(policy) is { } path ? LoadPolicies(path, TimeProvider.System) : null;
            using var input = new StreamReader(Console.OpenStandardInput());
            var lines = new DetectLines(policies, parsed.GetValue(country)!, parsed.GetValue(language)!);
            return await lines.RunAsync(input, output.Out, cancellationToken) == 0 ? ExitCode.Done : ExitCode.RunFailed;
        });
        return command;
    }

    // Documents of the same jurisdiction as a built-in pack take its place; the other packs stay, since documents have parents.
    internal static PolicySet LoadPolicies(string path, TimeProvider clock)
    {
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*.yaml").Order(StringComparer.Ordinal).ToArray() : [path];
        if (files.Length == 0 || !files.All(File.Exists))
        {
            throw new AgentException(ExitCode.Configuration, $"There is no policy document {path}. Name a YAML file, or a folder with some.");
        }

        var own = files.Select(file => new PolicyDocument { Name = Path.GetFileName(file), Yaml = File.ReadAllText(file) }).ToList();
        var codes = own.Select(CodeOf).Where(code => code.Length > 0).ToHashSet(StringComparer.Ordinal);
        var load = PolicySet.Parse([.. PolicySet.BuiltInPacks.Where(pack => !codes.Contains(CodeOf(pack))), .. own], PolicySet.DayOf(clock.GetUtcNow()));
        return load.Policies ?? throw new AgentException(ExitCode.Configuration, string.Join(Environment.NewLine, load.Faults));
    }

    private static string CodeOf(PolicyDocument document)
    {
        const string key = "jurisdiction:";
        var line = document.Yaml.Split('\n').FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        return line is null ? "" : line[key.Length..].Split('#')[0].Trim().Trim('"', '\'');
    }
}
