using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Checks;
using CallTracking.Privacy;
using CallTracking.Rpc;

namespace CallTracking.Agent.Commands;

/// <summary>
/// <c>trace</c>: where a case at headquarters comes from. The region alone knows the file and the row, so it reads its sources again; the
/// hub alone knows which policy shaped what it holds, so it is asked. Sends and stores nothing.
/// </summary>
internal static class TraceCommand
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly Google.Protobuf.Reflection.MethodDescriptor GetCase =
        QueryReflection.Descriptor.Services.Single(service => service.Name == "QueryService").FindMethodByName("GetCase");

    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var name = new Argument<string>("CASE") { Description = "The case's key in its source, or its uid (32 hexadecimal digits) as headquarters writes it." };
        var command = new Command("trace", AgentCommand.Describe("Show the file, row, mapping version and policy version behind a case.", "trace 4711")) { name, config };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var (sources, faults) = SourceLoad.Of(settings);
            if (faults.Count > 0)
            {
                throw new AgentException(ExitCode.Configuration, string.Join(Environment.NewLine, faults));
            }

            var store = new IdentityStore(settings.StateDirectory);
            var keys = RegionKeys.Derive(store.LoadSecret(), settings.Region.Value);
            var wanted = parsed.GetValue(name)!;
            var traces = await FindAsync(sources, keys, wanted, output, cancellationToken);
            foreach (var trace in traces)
            {
                await WriteAsync(trace, settings, sources, store, output, cancellationToken);
            }

            if (traces.Count == 0)
            {
                output.Error.WriteLine($"No row of the sources is the case '{wanted}' now. Its file may be gone, or its row be in quarantine: calltracking-agent quarantine list.");
            }

            return traces.Count > 0 ? ExitCode.Done : ExitCode.RunFailed;
        });
        return command;
    }

    // Of several rows with one key the last counts, as it does in a run.
    private static async Task<List<Trace>> FindAsync(
        IReadOnlyList<Source> sources, RegionKeys keys, string wanted, CommandOutput output, CancellationToken cancellationToken)
    {
        var found = new Dictionary<CaseUid, Trace>();
        var asked = CaseUid.TryParse(wanted, out var uid) ? uid : (CaseUid?)null;
        foreach (var source in sources)
        {
            var visit = SourceVisit.ToLook(output.Error.WriteLine);
            await foreach (var input in source.InputsAsync(visit, cancellationToken))
            {
                await using var reader = await input.OpenAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken) is { } outcome)
                {
                    if (outcome is not RowOutcome.Mapped mapped)
                    {
                        continue;
                    }

                    var isNamed = mapped.LocalId == wanted || LocalIdText.Shown(mapped.LocalId) == wanted;
                    if ((isNamed || asked is not null) && keys.CaseUid(source.Name, mapped.LocalId) is var own && (isNamed || own == asked))
                    {
                        found[own] = new Trace(own, source, input.FileOf(outcome), outcome.Position);
                    }
                }
            }

            visit.Faults.ForEach(fault => output.Error.WriteLine(fault));
        }

        return [.. found.Values];
    }

    private static async Task WriteAsync(
        Trace trace, AgentSettings settings, IReadOnlyList<Source> sources, IdentityStore store, CommandOutput output, CancellationToken cancellationToken)
    {
        var mapping = trace.Source.Mapping;
        var kept = LedgerCase.Of(AgentWorkplace.LedgerPath(settings), trace.Uid);
        Line("case", $"{trace.Uid}, source {trace.Source.Name}");
        Line("file", trace.File);
        Line("row", trace.Position.Line > 0 ? Text($"{trace.Position.Row} (line {trace.Position.Line})") : Text($"{trace.Position.Row}"));
        Line("mapping", Text($"{trace.Source.Settings.Mapping}, version {mapping.Digest:x16}") + string.Concat(mapping.CodeTables.Select(table => Text($", code table {table.Name} version {table.Version}"))));
        Line("sent", kept is null ? "never: the ledger does not know it" : Sent(kept, SourceLoad.DigestOf(sources)));
        Line("policy", await PolicyAsync(trace.Uid, settings, store, cancellationToken));

        void Line(string label, string text) => output.Out.WriteLine($"{label,-8}  {text}");
    }

    private static string Sent(LedgerCase kept, ulong digestNow) => kept.Run is not { } run
        ? Text($"{kept.Row.State}, epoch {kept.Row.Order.Epoch} sequence {kept.Row.Order.Sequence}")
        : Text($"{kept.Row.State}, epoch {kept.Row.Order.Epoch} sequence {kept.Row.Order.Sequence}; last met by run {run.Number} on {run.Report.StartedAt.ToDateTimeOffset():u}, ")
            + (run.Report.MappingDigest == digestNow ? "with the mappings as they are now" : "with other mappings than now");

    private static async Task<string> PolicyAsync(CaseUid uid, AgentSettings settings, IdentityStore store, CancellationToken cancellationToken)
    {
        using var identity = store.Load();
        await using var channel = RpcChannel.Create(settings.Hub, new RpcChannelOptions
        {
            ClientCertificate = identity.Certificate,
            TrustedRoots = identity.Roots,
            MaxReceiveMessageBytes = SyncLimits.MessageBytes,
        });
        try
        {
            var stored = await channel.UnaryAsync<GetCaseRequest, StoredCase>(
                GetCase, new GetCaseRequest { CaseUid = uid.ToByteString() }, new RpcCallOptions(CallTimeout), cancellationToken);
            return Text($"version {stored.PolicyVersion} shaped what the hub holds, received {stored.ReceivedAt?.ToDateTimeOffset():u} as epoch {stored.Epoch} sequence {stored.Sequence}");
        }
        catch (RpcException refused)
        {
            return refused.StatusCode == RpcStatusCode.NotFound ? "none: the hub does not hold the case" : $"not known: {HubFailure.Of(refused, settings.Hub).Text}";
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Trace(CaseUid Uid, Source Source, string File, RowPosition Position);
}
