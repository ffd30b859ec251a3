using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Drift;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;

namespace CallTracking.Agent.Commands;

/// <summary><c>drift</c>: what a source has become since it was last read, and what a sync would do about it.</summary>
internal static class DriftCommand
{
    private const string About = """
        Tell what has changed in the sources since the last sync, and what a sync would do about it.

          Reads what the next sync would read (with --all everything), sends nothing and, without --accept, remembers nothing. Per source: columns (or paths) that are new or
          vanished, values of another kind than until now, and words that no table of the mapping has, each with its count and
          what the mapping's contract makes of it; rows that would go to quarantine, by reason, with the first one's place and the cure; and, under snapshot: true, known cases
          that are in no file. Rows that are in quarantine already for the same reason are told apart, and change nothing. It shows words of your own files, on your terminal only.

          --accept reads everything and remembers it as what the sources are meant to look like: columns that came or went, the places of columns, and what joins
          find; what their values look like the next sync learns anew. What was told of them is told no more, and a contract holds nothing for it.

          Exit codes: 0 nothing has changed, 7 something has and a sync would go through, 6 a sync would stop, leave a source out, or make no case of any row
        """;

    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var sources = new Argument<string[]>("SOURCE") { Description = "Only the sources of these names.", Arity = ArgumentArity.ZeroOrMore };
        var limit = AgentCommand.CountOption("--limit", "-n", "Read only so many rows of each input; without it all.", int.MaxValue);
        limit.DefaultValueFactory = null;
        var all = new Option<bool>("--all") { Description = "Read too what a sync would pass over, since it knows it." };
        var accept = new Option<bool>("--accept") { Description = "Take what is read, which is everything then, as what the sources are meant to look like." };
        var format = new Option<string>("--format") { Description = "How to show it.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("drift", AgentCommand.Describe(About.ReplaceLineEndings(), "drift helpdesk --format json")) { sources, config, all, limit, accept, format };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var load = SourceLoad.Of(settings);
            if (load.Faults.Count > 0)
            {
                throw new AgentException(ExitCode.Configuration, string.Join(Environment.NewLine, load.Faults));
            }

            var (accepts, most) = (parsed.GetValue(accept), parsed.GetValue(limit));
            if (accepts && most > 0)
            {
                throw new AgentException(ExitCode.Configuration, "--accept takes what all rows show: leave --limit out.");
            }

            using var shapes = ShapeLook.Of(settings);
            var (duplicates, vanished, read) = (new DuplicateLook(shapes), new VanishedLook(shapes), new List<SourceDrift>());
            foreach (var source in SourceChoice.Of(load.Sources, parsed.GetValue(sources) ?? []))
            {
                read.Add(await new DriftReading(source, shapes.Find(source), parsed.GetValue(all) || accepts ? null : shapes, shapes, duplicates, vanished, most == 0 ? null : most, output) { IsAlone = KeyCheck.IsAlone(source, load.Sources) }.RunAsync(cancellationToken));
            }

            if (duplicates.IsCut)
            {
                output.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Rows of one key were looked for among the first {duplicates.MostCases:N0} cases only."));
            }

            var drifts = vanished.Told(read);
            Action<TextWriter, IEnumerable<SourceDrift>> write = parsed.GetValue(format) == "json" ? DriftWriters.WriteJson : DriftWriters.WriteText;
            write(output.Out, drifts);
            if (accepts)
            {
                return DriftAcceptance.Keep(settings, drifts, parsed.GetValue(format) == "json" ? output.Error : output.Out);
            }

            return drifts.Any(drift => drift.Stops) || (drifts.Any(drift => drift.IsAllLost) && drifts.All(drift => drift.Cases == 0)) ? ExitCode.Source : drifts.Any(drift => drift.IsAny) ? ExitCode.Drift : ExitCode.Done;
        });
        return command;
    }
}
