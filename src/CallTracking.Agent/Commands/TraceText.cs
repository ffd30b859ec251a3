using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Rpc;

namespace CallTracking.Agent.Commands;

/// <summary>Writes what is behind a case, a line a fact.</summary>
internal sealed class TraceText(AgentSettings settings, IReadOnlyList<Source> sources, IdentityStore store, TextWriter output)
{
    private const int DigestShown = 8;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly Google.Protobuf.Reflection.MethodDescriptor GetCase =
        QueryReflection.Descriptor.Services.Single(service => service.Name == "QueryService").FindMethodByName("GetCase");

    private bool _hasBegun;

    /// <summary>A case with what the ledger noted when it was sent.</summary>
    public async Task WriteAsync(LedgerCase noted, CaseOrigin origin, CancellationToken cancellationToken)
    {
        var now = sources.Where(source => source.Name == origin.Source).ToList();
        Begin($"{noted.Uid}, source {origin.Source}{(now.Count == 0 ? ", which the configuration has no more" : "")}");
        if (origin.File.Length == 0)
        {
            Line("row", "none: a complete export no longer held the case, so it was told to the hub as deleted");
        }
        else
        {
            Line("file", origin.File);
            Line("row", Row(noted.SourceRow, now.Exists(source => !source.IsOfFiles)));
            Line("mapping", Text($"{origin.Mapping}, version {origin.MappingDigest:x16}{(origin.CodeTables.Length > 0 ? ", " : "")}{origin.CodeTables}; {(now.Exists(source => source.Mapping.Digest == origin.MappingDigest) ? "it is the same now" : "it is another now")}"));
        }

        Line("rules", Text($"policy version {origin.PolicyVersion}, edge rules {Convert.ToHexStringLower(origin.EdgeDigest.AsSpan(0, Math.Min(DigestShown, origin.EdgeDigest.Length)))}"));
        Line("sent", Sent(noted));
        Line("hub", await HubAsync(noted.Uid, cancellationToken));
    }

    /// <summary>A row that is the case now.</summary>
    /// <param name="trace">The row.</param>
    /// <param name="noted">What the ledger has of it, without what shaped it; null when it was never sent.</param>
    public async Task WriteAsync(Trace trace, LedgerCase? noted, CancellationToken cancellationToken)
    {
        var mapping = trace.Source.Mapping;
        Begin($"{trace.Uid}, source {trace.Source.Name}; as the sources stand now");
        Line("file", trace.File);
        Line("row", trace.Position.Line > 0 ? Text($"{trace.Position.Row} (line {trace.Position.Line})") : Text($"{trace.Position.Row}"));
        Line("mapping", Text($"{trace.Source.Settings.Mapping}, version {mapping.Digest:x16}") + string.Concat(mapping.CodeTables.Select(table => Text($", code table {table.Name} version {table.Version}"))));
        Line("sent", noted is null ? "never: the ledger does not know it" : $"{Sent(noted)}; by an earlier version of this program, which did not note what shaped it");
        Line("hub", await HubAsync(trace.Uid, cancellationToken));
    }

    // A key can be a case's in each of several sources.
    private void Begin(string text)
    {
        if (_hasBegun)
        {
            output.WriteLine();
        }

        _hasBegun = true;
        Line("case", text);
    }

    private void Line(string label, string text) => output.WriteLine($"{label,-8}  {text}");

    private static string Row(long number, bool isOfAnswer) => (number, isOfAnswer) switch
    {
        (0, _) => "not known: it was kept in quarantine without its number",
        (_, true) => Text($"{number} of what was answered then"),
        _ => Text($"{number}"),
    };

    private static string Sent(LedgerCase noted) => noted.Row.Hash is null
        ? Text($"{Order(noted)}; it is sent again when it is met next")
        : noted.Run is not { } run ? Order(noted) : Text($"{Order(noted)}; last met by run {run.Number} on {run.Report.StartedAt.ToDateTimeOffset():u}");

    private static string Order(LedgerCase noted) => Text($"{noted.Row.State}, epoch {noted.Row.Order.Epoch} sequence {noted.Row.Order.Sequence}");

    private async Task<string> HubAsync(CaseUid uid, CancellationToken cancellationToken)
    {
        using var identity = store.Load();
        await using var channel = settings.Door.Open(identity);
        try
        {
            var stored = await channel.UnaryAsync<GetCaseRequest, StoredCase>(
                GetCase, new GetCaseRequest { CaseUid = uid.ToByteString() }, new RpcCallOptions(CallTimeout), cancellationToken);
            return Text($"policy version {stored.PolicyVersion} shaped what the hub holds, received {stored.ReceivedAt?.ToDateTimeOffset():u} as epoch {stored.Epoch} sequence {stored.Sequence}");
        }
        catch (RpcException refused)
        {
            return refused.StatusCode == RpcStatusCode.NotFound ? "the hub does not hold the case" : $"not known: {HubFailure.Of(refused, settings.Hub).Text}";
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
