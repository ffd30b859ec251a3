using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CallTracking.Agent.AuditHeads;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Schedule;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;

namespace CallTracking.Agent.Commands;

/// <summary><c>status</c>: what the agent has done and has still to do.</summary>
internal static class StatusCommand
{
    private const int Runs = 10;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var json = new Option<bool>("--json") { Description = "As JSON for scripts." };
        var command = new Command("status", AgentCommand.Describe("Show the last runs, the ledger, what waits, and what expires when.", "status --json")) { config, json };
        command.Does((parsed, output, _) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var status = Look(settings);
            if (parsed.GetValue(json))
            {
                output.Out.WriteLine(JsonSerializer.Serialize(status, Indented));
            }
            else
            {
                Write(status, output.Out);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static AgentStatus Look(AgentSettings settings)
    {
        var store = new IdentityStore(settings.State);
        var glance = LedgerGlance.Of(AgentWorkplace.LedgerPath(settings), Runs);
        var heads = new AuditHeadFile(settings.StateDirectory).Load();
        var bundle = store.LoadBundle() is { } signed ? PolicyBundle.Parser.ParseFrom(signed.Bundle) : null;
        return new AgentStatus(
            settings.Region.Value,
            settings.Centre,
            store.CertificateEnd(),
            bundle?.Version,
            bundle?.ExpiresAt?.ToDateTimeOffset(),
            glance?.Meta?.Epoch ?? 0,
            glance?.Meta is { } meta ? meta.NextSequence - 1 : 0,
            glance?.Cases.ToDictionary(entry => entry.State.ToString().ToLowerInvariant(), entry => entry.Cases) ?? [],
            glance?.Cases.Sum(entry => entry.Unsent) ?? 0,
            glance?.OutboxBatches ?? 0,
            glance?.OutboxCases ?? 0,
            glance?.OutboxBytes ?? 0,
            glance?.Quarantine.ToDictionary(entry => entry.Reason, entry => entry.Count) ?? [],
            glance?.Vanished ?? [],
            NextRun(settings),
            FindPause(settings),
            settings.FastLane is { } lane ? [.. FastLaneText.Lines(lane, SourceLoad.Of(settings).Sources)] : [],
            heads.Kept?.Number,
            [.. heads.Open.Select(AuditText.Of)],
            heads.Blind(TimeProvider.System.GetUtcNow()),
            [.. SourceLoad.Of(settings).Sources.SelectMany(source => source.HeldBack).Distinct().Select(held => held.ToString())],
            glance is null ? [] : [.. glance.Runs.Zip(ReportText.Words(glance.Runs, settings.StateDirectory), RunStatus.Of)]);
    }

    private static DateTimeOffset? NextRun(AgentSettings settings) =>
        NightlySchedule.Of(settings).After(TimeProvider.System.GetUtcNow()) is var next && next != DateTimeOffset.MaxValue ? next : null;

    private static Pause? FindPause(AgentSettings settings) => new PauseFile(settings.StateDirectory).Find(TimeProvider.System.GetUtcNow());

    private static void Write(AgentStatus status, TextWriter output)
    {
        var culture = CultureInfo.InvariantCulture;
        output.WriteLine($"region {status.Region} ({status.Centre})");
        output.WriteLine(status.CertificateExpiresAt is { } expiry ? string.Create(culture, $"certificate  until {expiry:u}") : "certificate  none: not enrolled");
        output.WriteLine(status.PolicyVersion is { } version
            ? string.Create(culture, $"policy       version {version}, until {status.PolicyExpiresAt:u}")
            : "policy       none: nothing can leave");
        output.WriteLine(string.Create(culture, $"ledger       {status.Cases.Values.Sum():N0} cases ({Join(status.Cases)}), {status.Unsent:N0} to be sent again, epoch {status.Epoch}, sequence {status.LastSequence:N0}"));
        output.WriteLine(string.Create(culture, $"outbox       {status.OutboxCases:N0} cases in {status.OutboxBatches:N0} batches, {Amounts.Size(status.OutboxBytes)}"));
        output.WriteLine(string.Create(culture, $"next night   {(status.NextNightAt is { } next ? $"{next:u}" : "never")}, if 'calltracking-agent run' is at work{(status.Pause is null ? "" : " and no pause holds")}"));
        if (status.Pause is { } pause)
        {
            output.WriteLine(string.Create(culture, $"PAUSED       since {pause.Since:u}, {(pause.Until is { } end ? $"until {end:u}" : "until 'calltracking-agent resume'")}: {pause.Note}"));
        }

        foreach (var line in status.FastLane)
        {
            output.WriteLine($"fast lane    {line}");
        }

        output.WriteLine(string.Create(culture, $"quarantine   {status.Quarantine.Values.Sum(count => (long)count):N0} ({Join(status.Quarantine)})"));
        foreach (var (text, cure) in HeldCasesText.Of(status.Vanished))
        {
            output.WriteLine($"vanished     {text}. {cure}");
        }

        output.WriteLine(status.AuditSeal is { } seal
            ? string.Create(culture, $"audit        the hub's log is followed up to seal {seal:N0}")
            : "audit        nothing seen yet of the hub's log");
        foreach (var alarm in status.AuditRewritten)
        {
            output.WriteLine($"WARNING      {alarm}");
        }

        if (status.AuditUnseen is { } unseen)
        {
            output.WriteLine($"WARNING      {unseen}");
        }

        foreach (var held in status.TablesHeldBack)
        {
            output.WriteLine($"WARNING      {held}");
        }

        output.WriteLine();
        output.WriteLine(string.Create(culture, $"{"run",5} {"started",-20} {"outcome",-12} {"rows",10} {"cases",10} {"new",10} {"changed",10} {"unchanged",10} {"quarant.",9} {"sent",10}  hub"));
        foreach (var run in status.Runs)
        {
            output.WriteLine(string.Create(
                culture,
                $"{run.Number,5} {run.StartedAt,-20:u} {run.Outcome,-12} {run.Rows,10:N0} {run.Cases,10:N0} {run.New,10:N0} {run.Changed,10:N0} {run.Unchanged,10:N0} {run.Quarantined,9:N0} {run.SentCases,10:N0}  {run.Hub}"));
        }
    }

    private static string Join<T>(IReadOnlyDictionary<string, T> counts) =>
        counts.Count == 0 ? "none" : string.Join(", ", counts.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value:N0}")));

    private sealed record AgentStatus(
        string Region,
        string Centre,
        DateTimeOffset? CertificateExpiresAt,
        ulong? PolicyVersion,
        DateTimeOffset? PolicyExpiresAt,
        ulong Epoch,
        ulong LastSequence,
        Dictionary<string, long> Cases,
        long Unsent,
        long OutboxBatches,
        long OutboxCases,
        long OutboxBytes,
        Dictionary<string, ulong> Quarantine,
        IReadOnlyList<Ledger.VanishedCount> Vanished,
        DateTimeOffset? NextNightAt,
        Pause? Pause,
        IReadOnlyList<string> FastLane,
        ulong? AuditSeal,
        IReadOnlyList<string> AuditRewritten,
        string? AuditUnseen,
        IReadOnlyList<string> TablesHeldBack,
        IReadOnlyList<RunStatus> Runs);

    private sealed record RunStatus(
        long Number,
        string RunId,
        DateTimeOffset StartedAt,
        string Outcome,
        ulong Rows,
        ulong Cases,
        ulong New,
        ulong Changed,
        ulong Unchanged,
        ulong Quarantined,
        ulong SentCases,
        string Hub)
    {
        public static RunStatus Of(RunRow run, string outcome) => new(
            run.Number,
            Convert.ToHexStringLower(run.Report.RunId.Span),
            run.Report.StartedAt.ToDateTimeOffset(),
            outcome,
            run.Report.Rows,
            run.Report.Cases,
            run.Report.New,
            run.Report.Changed,
            run.Report.Unchanged,
            run.Report.Quarantined,
            run.Report.SentCases,
            run.Ack switch
            {
                null => "not counted yet",
                { Agrees: true } => "agrees",
                _ => "DIFFERS",
            });
    }
}
