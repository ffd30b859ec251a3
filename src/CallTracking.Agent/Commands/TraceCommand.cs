using System.CommandLine;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Outbox;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Checks;
using CallTracking.Privacy;

namespace CallTracking.Agent.Commands;

/// <summary>
/// <c>trace</c>: where a case at headquarters comes from. The ledger noted it with the version that was sent, so no source is opened; only a case of which it
/// has no such note is looked for in the sources. The hub is asked what it holds. Sends and stores nothing.
/// </summary>
internal static class TraceCommand
{
    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var name = new Argument<string>("CASE") { Description = "The case's key in its source, or its uid (32 hexadecimal digits) as headquarters writes it." };
        var command = new Command("trace", AgentCommand.Describe("Show the file, row, mapping version and policy version behind a case.", "trace 4711")) { name, config };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var (sources, faults) = SourceLoad.Of(settings);
            Say(faults, output);
            var store = new IdentityStore(settings.State);
            var keys = new RegionSecret(settings.State).Load(settings.Region);
            using var cipher = new PayloadCipher(keys.StorageKey.Span);
            using var ledger = LedgerTrace.Of(AgentWorkplace.LedgerPath(settings), cipher);
            var wanted = new Wanted(parsed.GetValue(name)!);
            var text = new TraceText(settings, sources, store, output.Out);
            var noted = Noted(ledger, sources, keys, wanted);
            foreach (var found in noted.Where(found => found.Origin is not null))
            {
                await text.WriteAsync(found, found.Origin!, cancellationToken);
            }

            if (noted.Exists(found => found.Origin is not null))
            {
                WriteWaiting(output, InQuarantine(settings, sources, keys, wanted));
                return ExitCode.Done;
            }

            var (traces, isWhole) = await SearchAsync(sources, keys, wanted, output, cancellationToken);
            foreach (var trace in traces)
            {
                await text.WriteAsync(trace, ledger?.Find(trace.Uid), cancellationToken);
            }

            if (traces.Count > 0)
            {
                return ExitCode.Done;
            }

            if (InQuarantine(settings, sources, keys, wanted) is { Count: > 0 } kept)
            {
                output.Error.WriteLine($"The case '{wanted.Text}' was not sent: it stands in quarantine.");
                new QuarantineListing(output.Error, TimeProvider.System.GetUtcNow()).WriteRows(kept);
                return ExitCode.RunFailed;
            }

            output.Error.WriteLine(noted.Count > 0
                ? $"The case '{wanted.Text}' was sent by an earlier version of this program, which did not note its file and row, and no row of the sources is it now. Once it is sent again (at the latest when it changes) they are noted."
                : $"The ledger does not know the case '{wanted.Text}', and no row of the sources is it now. A row whose key could not be read may be it: calltracking-agent quarantine list.");
            return faults.Count > 0 ? ExitCode.Configuration : isWhole ? ExitCode.RunFailed : ExitCode.Source;
        });
        return command;
    }

    // What was sent is an older state of the case, then.
    private static void WriteWaiting(CommandOutput output, List<QuarantineEntry> kept)
    {
        if (kept.Count > 0)
        {
            output.Out.WriteLine("A row of the case stands in quarantine, so that what it says was not sent:");
            new QuarantineListing(output.Out, TimeProvider.System.GetUtcNow()).WriteRows(kept);
        }
    }

    private static List<QuarantineEntry> InQuarantine(AgentSettings settings, IReadOnlyList<Source> sources, RegionKeys keys, Wanted wanted)
    {
        if (!File.Exists(AgentWorkplace.LedgerPath(settings)))
        {
            return [];
        }

        using var desk = QuarantineDesk.Open(settings);
        var entries = desk.Find(new QuarantineFilter());
        var meant = entries.Select(entry => entry.Source).Concat(sources.Select(source => source.Name)).Distinct()
            .SelectMany(source => wanted.LocalIds.Select(id => (CaseUid?)keys.CaseUid(source, id))).Append(wanted.Uid).ToHashSet();
        return [.. entries.Where(entry => entry.Uid is not null && meant.Contains(entry.Uid))];
    }

    /// <summary>What the ledger knows under the name, in whatever source, also one that the configuration has no more.</summary>
    private static List<LedgerCase> Noted(LedgerTrace? ledger, IReadOnlyList<Source> sources, RegionKeys keys, Wanted wanted)
    {
        if (ledger is null)
        {
            return [];
        }

        var named = ledger.Sources().Concat(sources.Select(source => source.Name)).Distinct().SelectMany(source => wanted.LocalIds.Select(id => keys.CaseUid(source, id)));
        return [.. (wanted.Uid is { } uid ? named.Append(uid) : named).Distinct().Select(ledger.Find).OfType<LedgerCase>()];
    }

    // Of several rows with one key the last counts, as it does in a run. A source that cannot be read does not hide what stands in another.
    private static async Task<(List<Trace> Traces, bool IsWhole)> SearchAsync(
        IReadOnlyList<Source> sources, RegionKeys keys, Wanted wanted, CommandOutput output, CancellationToken cancellationToken)
    {
        var found = new Dictionary<CaseUid, Trace>();
        var isWhole = true;
        foreach (var source in sources)
        {
            var visit = SourceVisit.ToLook(output.Error.WriteLine);
            await foreach (var input in source.InputsAsync(visit, cancellationToken))
            {
                try
                {
                    await LookAsync(source, input, keys, wanted, found, cancellationToken);
                }
                catch (Exception unreadable) when (SourceInput.FaultsOf(input.Name, unreadable) is { } faults)
                {
                    input.IsBroken = true;
                    visit.Fail(faults);
                }
            }

            Say(visit.Faults, output);
            isWhole &= visit.Faults.Count == 0;
        }

        return ([.. found.Values], isWhole);
    }

    private static async Task LookAsync(
        Source source, SourceInput input, RegionKeys keys, Wanted wanted, Dictionary<CaseUid, Trace> found, CancellationToken cancellationToken)
    {
        await using var reader = await input.OpenAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken) is { } outcome)
        {
            if (outcome is not RowOutcome.Mapped mapped)
            {
                continue;
            }

            var isNamed = wanted.LocalIds.Contains(mapped.LocalId);
            if ((isNamed || wanted.Uid is not null) && keys.CaseUid(source.Name, mapped.LocalId) is var own && (isNamed || own == wanted.Uid))
            {
                found[own] = new Trace(own, source, input.FileOf(outcome), outcome.Position);
            }
        }
    }

    private static void Say(IEnumerable<Fault> faults, CommandOutput output)
    {
        foreach (var fault in faults)
        {
            output.Error.WriteLine(fault);
        }
    }

    /// <summary>The case as a person names it.</summary>
    private sealed class Wanted(string text)
    {
        public string Text => text;

        /// <summary>The keys that may be meant: parts of one of several columns stand between bars.</summary>
        public IReadOnlyList<string> LocalIds { get; } = [.. new[] { text, LocalIdText.Of(text), text.Replace('/', '\u001F') }.Distinct()];

        /// <summary>Null when the text is no uid.</summary>
        public CaseUid? Uid { get; } = CaseUid.TryParse(text, out var uid) ? uid : null;
    }
}

/// <summary>A row that is the case now.</summary>
internal sealed record Trace(CaseUid Uid, Source Source, string File, RowPosition Position);
