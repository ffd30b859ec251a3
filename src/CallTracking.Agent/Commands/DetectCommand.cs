using System.CommandLine;
using System.Text.RegularExpressions;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Commands;

/// <summary><c>detect</c>: what the detectors find in texts, for trying them out. Needs no configuration, stores and sends nothing.</summary>
internal static partial class DetectCommand
{
    public static Command Build()
    {
        var country = new Option<string>("--country") { Description = "Country of lines that name none (ISO 3166-1: DE).", HelpName = "CODE", DefaultValueFactory = _ => "" };
        var language = new Option<string>("--lang") { Description = "Language of lines that name none (BCP 47: de).", HelpName = "CODE", DefaultValueFactory = _ => "" };
        Require(country, CountryCode(), "an ISO 3166 code such as DE or US-CA");
        Require(language, LanguageCode(), "a BCP 47 code such as de or zh-Hant");
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
            var policies = parsed.GetValue(policy) is { } path ? LoadPolicies(path, TimeProvider.System, output.Error) : null;
            using var input = new StreamReader(Console.OpenStandardInput());
            var lines = new DetectLines(policies, parsed.GetValue(country)!, parsed.GetValue(language)!);
            return await lines.RunAsync(input, output.Out, cancellationToken) == 0 ? ExitCode.Done : ExitCode.RunFailed;
        });
        return command;
    }

    // Another word would be no country and no language at all, and much would be missed without a word about it.
    private static void Require(Option<string> option, Regex form, string expected) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && result.Tokens[^1].Value is { Length: > 0 } code && !form.IsMatch(code))
        {
            result.AddError($"{option.Name}: expected {expected}.");
        }
    });

    [GeneratedRegex("^[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex CountryCode();

    [GeneratedRegex("^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageCode();

    // Documents of the same jurisdiction as a built-in pack take its place; the other packs stay, since documents have parents.
    internal static PolicySet LoadPolicies(string path, TimeProvider clock, TextWriter notes)
    {
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*.yaml").Order(StringComparer.Ordinal).ToArray() : [path];
        if (files.Length == 0 || !files.All(File.Exists))
        {
            throw new AgentException(ExitCode.Configuration, $"There is no policy document {path}. Name a YAML file, or a folder with some.");
        }

        var own = files.Select(file => new PolicyDocument { Name = Path.GetFileName(file), Yaml = File.ReadAllText(file) }).ToList();
        var codes = own.Select(CodeOf).Where(code => code.Length > 0).ToHashSet(StringComparer.Ordinal);
        var load = PolicySet.Parse([.. PolicySet.BuiltInPacks.Where(pack => !codes.Contains(CodeOf(pack))), .. own], PolicySet.DayOf(clock.GetUtcNow()));
        if (load.Policies is not { } policies)
        {
            throw new AgentException(ExitCode.Configuration, string.Join(Environment.NewLine, load.Faults));
        }

        // What says where headquarters stands is seldom beside a draft: what crosses a border without it is no news here.
        var names = own.Select(document => document.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var note in PackReplacement.Notes(policies).Concat(load.Notices.Where(notice => names.Contains(notice.File) && notice.Line > 0).Select(notice => notice.ToString())))
        {
            notes.WriteLine($"note: {note}");
        }

        return policies;
    }

    private static string CodeOf(PolicyDocument document)
    {
        const string key = "jurisdiction:";
        var line = document.Yaml.Split('\n').FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
        return line is null ? "" : line[key.Length..].Split('#')[0].Trim().Trim('"', '\'');
    }
}
