using System.CommandLine;
using System.Globalization;
using System.Text;
using CallTracking.Agent.Sources.Files;
using CallTracking.Mapping;
using CallTracking.Mapping.Proposals;

namespace CallTracking.Agent.Commands;

/// <summary>
/// <c>init</c>: proposes a mapping from a sample of an export. Offline, without an identity; what it writes holds names of columns
/// and words of tables, never other values.
/// </summary>
internal static class InitCommand
{
    public static Command Build()
    {
        var files = new Argument<string[]>("FILE") { Description = "Exports of one source; the first says how they are written.", Arity = ArgumentArity.OneOrMore };
        var country = new Option<string?>("--country") { Description = "Where the customers are: decides between readings of days and numbers.", HelpName = "DE" };
        var zone = new Option<string?>("--time-zone") { Description = "The zone of times without an offset; else that of the country, where it has one only.", HelpName = "Europe/Berlin" };
        var source = new Option<string?>("--source") { Description = "The source's name, part of every case's identity; else the file's.", HelpName = "NAME" };
        var place = new Option<string>("--out") { Description = "Where the mapping is written; its tests beside it.", HelpName = "FILE", DefaultValueFactory = _ => "mapping.yaml" };
        var force = new Option<bool>("--force") { Description = "Write over what is there." };
        var readings = EncodingTable.Option();
        var command = new Command("init", AgentCommand.Describe("Propose a mapping from a sample of an export.", "init export.csv --country DE"))
        {
            files, country, zone, source, place, force, readings,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var options = new ProposalOptions(parsed.GetValue(source), Country(parsed.GetValue(country)), Zone(parsed.GetValue(zone)));
            return await RunAsync(parsed.GetValue(files)!, options, Places.Of(parsed.GetValue(place)!, parsed.GetValue(force)), EncodingTable.IsWanted(parsed.GetValue(readings)!), output, cancellationToken);
        });
        return command;
    }

    private static async Task<ExitCode> RunAsync(string[] files, ProposalOptions options, Places places, bool showsReadings, CommandOutput output, CancellationToken cancellationToken)
    {
        if (Array.Find(files, file => file.StartsWith('-') && !File.Exists(file)) is { } option)
        {
            throw new AgentException(ExitCode.Configuration, $"init has no option '{option}'. Its options: calltracking-agent init --help. What a sample is (its encoding, its delimiter) is told from its content; correct it under format in the mapping.");
        }

        if (Array.Find(files, Directory.Exists) is { } folder)
        {
            throw new AgentException(ExitCode.Source, $"{folder} is a folder. Name its files: {Path.Combine(folder, "*.csv")} (or *.json, *.eml …).");
        }

        if (Array.Find(files, file => !FileContent.IsPlain(file)) is { } packed)
        {
            throw new AgentException(ExitCode.Source, $"{packed}: a sample is read as it stands on disk. Unpack it first; the source itself may stay packed, files in agent.yaml take .gz and .zip.");
        }

        MappingProposal proposal;
        try
        {
            proposal = await MappingProposer.ProposeAsync(files, options, cancellationToken);
        }
        catch (SourceFormatException unreadable)
        {
            throw new AgentException(ExitCode.Source, unreadable.Message, unreadable);
        }

        await WriteAsync(places.Mapping, proposal.Mapping, cancellationToken);
        if (proposal.Tests is { } tests)
        {
            await WriteAsync(places.Tests, tests, cancellationToken);
        }
        else if (File.Exists(places.Tests))
        {
            File.Delete(places.Tests);
            output.Out.WriteLine($"Removed: {places.Tests}. No test can be invented for this sample, and those of an earlier proposal would fail.");
        }

        Summary(proposal, places, files[0], showsReadings, output.Out);
        return ExitCode.Done;
    }

    private static void Summary(MappingProposal proposal, Places places, string file, bool showsReadings, TextWriter output)
    {
        output.WriteLine($"format  {proposal.Format}");
        if (showsReadings && proposal.Encoding is { Confidence: < EncodingVerdict.UsualConfidence } unsure)
        {
            EncodingTable.Write(unsure, output);
        }
        else if (proposal.Encoding is { Confidence: < EncodingVerdict.UsualConfidence })
        {
            output.WriteLine($"?  The encoding is not certain ({proposal.Encoding}): --readings yes shows how the file's letters read in the likeliest ones.");
        }

        foreach (var field in proposal.Fields.OrderBy(field => field.Question is not null))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(field.Question is null ? "ok" : "?"),-2} {field.Confidence:0.00}  {field.Column,-32} {field.Target,-28} {field.Evidence}"));
        }

        foreach (var question in proposal.Questions.Distinct())
        {
            output.WriteLine($"?  {question}");
        }

        if (SourceMapping.Parse(places.Mapping, proposal.Mapping).Mapping is { } written && UnansweredText.Of(written) is { } unanswered)
        {
            output.WriteLine($"?  {unanswered}");
        }

        output.WriteLine(proposal.Outcomes.Count > 0
            ? $"the sample under it: {string.Join(", ", proposal.Outcomes.Select(entry => $"{entry.Key} {entry.Value}{Fewer(entry.Key, entry.Value, proposal.Cases)}"))}"
            : $"?  {file} holds no record, so there was nothing to judge by but names of columns. Run init again with a sample that has cases.");
        output.WriteLine($"Written: {places.Mapping}{(proposal.Tests is null ? string.Empty : $", {places.Tests}")}. Answer its questions (lines with '?'), then:");
        output.WriteLine($"  calltracking-agent mapping explain --row {proposal.FirstRow} --file {file} --mapping {places.Mapping}");
        if (proposal.Tests is not null)
        {
            output.WriteLine($"  calltracking-agent mapping test {places.Mapping}");
        }

        output.WriteLine("  calltracking-agent check --offline     # with agent.yaml, once it names the mapping");
        output.WriteLine("  calltracking-agent preview --limit 3");
    }

    private static string Fewer(string outcome, int rows, int cases) => outcome == "cases" && cases < rows
        ? string.Create(CultureInfo.InvariantCulture, $" ({cases} different keys, so {rows} rows become {cases} cases)")
        : string.Empty;

    private static string? Country(string? text) => text is null || (text.Length == 2 && text.All(char.IsAsciiLetter))
        ? text?.ToUpperInvariant()
        : throw new AgentException(ExitCode.Configuration, $"'--country {text}' is no country. Write {(CountryCode.Of(text) is { } code ? $"--country {code}" : "two letters, such as DE")}.");

    private static string? Zone(string? text) => text is null || TimeZoneInfo.TryFindSystemTimeZoneById(text, out _)
        ? text
        : throw new AgentException(ExitCode.Configuration, $"'--time-zone {text}' is no zone. Write its IANA name, such as Europe/Berlin.");

    private static Task WriteAsync(string path, string text, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);

    private sealed record Places(string Mapping, string Tests)
    {
        /// <exception cref="AgentException">One of them is there, and must not be written over.</exception>
        public static Places Of(string mapping, bool isForced)
        {
            var places = new Places(mapping, Path.ChangeExtension(mapping, null) + ".tests.yaml");
            var there = ((string[])[places.Mapping, places.Tests]).FirstOrDefault(File.Exists);
            return there is null || isForced
                ? places
                : throw new AgentException(ExitCode.Configuration, $"{there} is there already. Write elsewhere with --out, or over it with --force.");
        }
    }
}
