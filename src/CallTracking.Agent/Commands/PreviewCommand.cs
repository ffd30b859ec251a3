using System.CommandLine;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Drift;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;
using CallTracking.Privacy;

namespace CallTracking.Agent.Commands;

/// <summary>
/// <c>preview</c>: rows beside the cases that they become. It shows personal data to the region's own engineer, on the terminal
/// only, and sends and stores nothing.
/// </summary>
internal static class PreviewCommand
{
    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var limit = AgentCommand.CountOption("--limit", "-n", "How many rows.", 3);
        var source = new Option<string?>("--source") { Description = "Only the source of this name.", HelpName = "NAME" };
        var redacted = new Option<bool>("--redacted") { Description = "Show what would leave, or with 'false' the case before redaction.", DefaultValueFactory = _ => true };
        var rejected = new Option<bool>("--rejected") { Description = "Show only rows that go to quarantine, with the reason." };
        var format = new Option<string>("--format")
        {
            Description = "table: for people; jsonl: one case a line, as protobuf's JSON; rows: one JSON object a line with place, row, and case or reason.",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong("table", "jsonl", "rows");
        var impact = new Option<bool>("--impact") { Description = "Read everything, and say how many cases a sync would send and how many bytes." };
        var command = new Command("preview", AgentCommand.Describe("Show local rows beside the cases that they become.", "preview --limit 5"))
        {
            config, limit, source, redacted, rejected, format, impact,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var (sources, faults) = SourceLoad.Of(settings);
            if (faults.Count > 0)
            {
                throw new AgentException(ExitCode.Configuration, string.Join(Environment.NewLine, faults));
            }

            var chosen = SourceChoice.Of(sources, parsed.GetValue(source) is { } name ? [name] : []);
            if (parsed.GetValue(impact))
            {
                return await PreviewImpact.ShowAsync(settings, chosen, output, cancellationToken);
            }

            var redactor = parsed.GetValue(redacted) ? Redactor(settings, output) : null;
            IPreviewWriter writer = parsed.GetValue(format) switch
            {
                "table" => new PreviewTable(output.Out),
                "jsonl" when !parsed.GetValue(rejected) => new PreviewCases(output.Out, output.Error),
                _ => new PreviewLines(output.Out),
            };
            var preview = new Preview(settings, redactor, ConceptMatcher.Of(new CodeTableCache(settings.State).Concepts), writer, parsed.GetValue(limit), parsed.GetValue(rejected));
            return await preview.ShowAsync(chosen, output, cancellationToken);
        });
        return command;
    }

    private static EdgeRedactor? Redactor(AgentSettings settings, CommandOutput output)
    {
        var store = new IdentityStore(settings.State);
        var floor = RegionFloor.Load(settings);
        try
        {
            using var identity = store.Load();
            var keys = new RegionSecret(settings.State).Load(settings.Region);
            var policy = new EdgePolicy(store, identity.PolicyKey, settings.Region, floor, keys, TimeProvider.System);
            if (policy.Load() is null && policy.Current is { } rules)
            {
                return rules.Redactor;
            }
        }
        catch (AgentException)
        {
            // Not enrolled yet: a mapping can be tried before.
        }

        output.Error.WriteLine("There is no valid policy bundle here yet: shown is the case before redaction, not what would leave.");
        return null;
    }

    /// <summary>Reads until enough rows are shown.</summary>
    private sealed class Preview(AgentSettings settings, EdgeRedactor? redactor, ConceptMatcher? concepts, IPreviewWriter writer, int limit, bool onlyRejected)
    {
        private const int MostRawBytes = 16 * 1024;
        private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
        private readonly HashSet<string> _cases = new(StringComparer.Ordinal);
        private int _shown;
        private bool _hasMore;

        public async Task<ExitCode> ShowAsync(IEnumerable<Source> sources, CommandOutput output, CancellationToken cancellationToken)
        {
            var (faults, isBroken) = (new List<Fault>(), false);
            using var shapes = ShapeLook.Of(settings);
            var duplicates = new DuplicateLook(shapes);
            foreach (var source in sources)
            {
                if (_hasMore)
                {
                    break;
                }

                foreach (var unanswered in UnansweredText.AllOf(source.Mapping))
                {
                    output.Error.WriteLine($"WARN   {source.Name}: {unanswered}");
                }

                var visit = SourceVisit.ToLook(output.Error.WriteLine);
                var watch = new ShapeWatch(source.Mapping, shapes.Find(source)?.Shape, isLook: true);
                var encoding = new EncodingLook(source.Mapping);
                await foreach (var input in source.InputsAsync(visit, cancellationToken))
                {
                    if (!await ShowAsync(source, input, watch, duplicates, shapes, output, cancellationToken))
                    {
                        // What stands in other inputs and sources is to be seen all the same.
                        isBroken = true;
                        continue;
                    }

                    await encoding.AddAsync(input, cancellationToken);
                    if (_hasMore)
                    {
                        break;
                    }
                }

                foreach (var change in watch.Changes().Where(change => change.Answer != ContractAnswer.Evolve))
                {
                    output.Error.WriteLine($"contract of {source.Name}: {DriftText.Line(change, source.Mapping)}");
                }

                foreach (var path in watch.MissedPaths().Where(path => path.IsNear))
                {
                    output.Error.WriteLine($"WARN   {source.Name}: {path.Fault}");
                }

                foreach (var doubt in encoding.Doubts.Concat(watch.Misfits))
                {
                    output.Error.WriteLine($"WARN   {source.Name}: {doubt}");
                }

                faults.AddRange(visit.Faults);
            }

            faults.ForEach(fault => output.Error.WriteLine(fault));
            writer.Totals(_counts, _hasMore ? limit : null);
            return faults.Count == 0 && !isBroken ? ExitCode.Done : ExitCode.Source;
        }

        private async Task<bool> ShowAsync(Source source, SourceInput input, ShapeWatch watch, DuplicateLook duplicates, ShapeLook shapes, CommandOutput output, CancellationToken cancellationToken)
        {
            try
            {
                await using var reader = await input.OpenAsync(cancellationToken);
                reader.Watch(watch);
                while (await reader.ReadAsync(cancellationToken) is { } outcome)
                {
                    _hasMore = _shown == limit;
                    if (_hasMore)
                    {
                        break;
                    }

                    if (RowRefusal.OfAnyRow(source, input, outcome, duplicates, shapes) is { } refusal)
                    {
                        Refused(source, outcome, refusal, TerminalText.Plain(reader.RawText(MostRawBytes)));
                    }
                    else if (!onlyRejected)
                    {
                        Show(source, outcome, TerminalText.Plain(reader.RawText(MostRawBytes)));
                    }

                    if (!source.IsOfFiles && _shown == limit)
                    {
                        // One row more may be one request more to somebody's help desk: it is not asked for.
                        _hasMore = true;
                        break;
                    }
                }

                return true;
            }
            catch (SourceFormatException broken)
            {
                output.Error.WriteLine(broken.Message);
                return false;
            }
        }

        private void Refused(Source source, RowOutcome outcome, RowRefusal refusal, string raw)
        {
            Count(refusal.Reason);
            writer.Other(outcome.Position, raw, refusal.Reason, refusal.Message(source, outcome));
            _shown++;
        }

        private void Show(Source source, RowOutcome outcome, string raw)
        {
            Count(outcome switch
            {
                RowOutcome.Mapped { IsGone: true } => "gone",
                RowOutcome.Mapped mapped => _cases.Add($"{source.Name}\0{mapped.LocalId}") ? "cases" : "further rows of these cases",
                RowOutcome.Filtered => "filtered",
                RowOutcome.Folded => "folded",
                _ => "blank",
            });
            switch (outcome)
            {
                case RowOutcome.Mapped { IsGone: false } mapped:
                    mapped.Case.Region = settings.Region.Value;
                    mapped.Case.Source = source.Name;
                    mapped.Case.CentreCountry = mapped.Case.CentreCountry.Length > 0 ? mapped.Case.CentreCountry : settings.Country;
                    mapped.Case.CollectionCountry = mapped.Case.CollectionCountry.Length > 0 ? mapped.Case.CollectionCountry : settings.Country;
                    concepts?.Mark(mapped.Case, redactor);
                    concepts?.Stamp(mapped.Case);
                    redactor?.Redact(mapped.Case);
                    writer.Case(outcome.Position, raw, mapped.Case);
                    break;
                case RowOutcome.Mapped:
                    writer.Other(outcome.Position, raw, "gone", "the source says that the case no longer exists");
                    break;
                case RowOutcome.Filtered filtered:
                    writer.Other(outcome.Position, raw, "filtered", filtered.Rule);
                    break;
                case RowOutcome.Blank or RowOutcome.Folded:
                    return;
            }

            _shown++;
        }

        private void Count(string kind) => _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
    }
}
