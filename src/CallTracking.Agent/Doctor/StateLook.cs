using System.Globalization;
using CallTracking.Agent.Commands;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Ledger;
using CallTracking.Contracts;
using Microsoft.Data.Sqlite;

namespace CallTracking.Agent.Doctor;

/// <summary>Looks at the state folder: whether it can be written, has room and is free, and at the ledger in it.</summary>
internal static class StateLook
{
    // Beside the outbox: spills of joins and folds, and what the ledger grows by in a night.
    private const long RoomBeside = 256L << 20;
    private const int LatestRuns = 1;
    private static readonly TimeSpan Late = TimeSpan.FromHours(26);

    public static IEnumerable<Diagnosis> Look(AgentSettings settings, TimeProvider clock)
    {
        var folder = settings.StateDirectory;
        if (File.Exists(folder))
        {
            yield return Diagnosis.Fault(ExitCode.Configuration, "state-not-writable", $"{folder} is a file", "Name a folder as 'state' in agent.yaml.");
            yield break;
        }

        if (!Directory.Exists(folder))
        {
            yield return Diagnosis.Well("state", $"{folder} is not there yet: 'enrol' makes it");
            yield break;
        }

        if (StateFolder.WhyNotWritable(folder) is { } refusal)
        {
            // Neither the lock nor the ledger can be had then, and both would be blamed for it.
            yield return Diagnosis.Fault(ExitCode.Configuration, "state-not-writable", $"a file in {folder} could not be written by this user ({Environment.UserName})", refusal);
            yield return Room(settings);
            yield break;
        }

        yield return Room(settings);
        yield return Claim(folder) ?? Diagnosis.Well("state", $"{folder} can be written and no other agent is at work in it");
        foreach (var open in StateRights.Open(settings))
        {
            yield return open;
        }

        foreach (var found in Ledger(settings, clock))
        {
            yield return found;
        }
    }

    private static Diagnosis Room(AgentSettings settings)
    {
        var free = new DriveInfo(settings.StateDirectory).AvailableFreeSpace;
        var text = string.Create(CultureInfo.InvariantCulture, $"{Amounts.Size(free)} free for the state folder; an outbox may take {Amounts.Size(settings.OutboxMaxBytes)}");
        return free >= settings.OutboxMaxBytes + RoomBeside
            ? Diagnosis.Well("disk", text)
            : Diagnosis.Doubt("disk-low", text, "Make room, name a folder on a larger disk as 'state', or a smaller 'outbox: {max_bytes: …}'. When it is full, reading waits; nothing is lost.");
    }

    // Null where it can be had.
    private static Diagnosis? Claim(string folder)
    {
        try
        {
            StateFolder.Claim(folder).Dispose();
            return null;
        }
        catch (AgentException held) when (StateFolder.IsHeld(held))
        {
            return Diagnosis.Doubt("agent-at-work", $"another calltracking-agent is at work in {folder}", "Wait until it is done; a second one refuses to begin.");
        }
        catch (AgentException refused)
        {
            return Diagnosis.Fault(ExitCode.Configuration, "state-not-writable", $"the lock in {folder} could not be opened by this user ({Environment.UserName})", refused.Message);
        }
    }

    private static IEnumerable<Diagnosis> Ledger(AgentSettings settings, TimeProvider clock)
    {
        LedgerGlance? glance = null;
        Diagnosis? damaged = null;
        var path = AgentWorkplace.LedgerPath(settings);
        try
        {
            if (Claim(settings.StateDirectory) is null)
            {
                new LedgerSum(path).Require();
            }

            glance = Directory.Exists(path) ? throw new IOException($"{path} is a folder.") : LedgerGlance.Of(path, LatestRuns);
        }
        catch (Exception broken) when (broken is LedgerDamagedException or LedgerUnusableException or SqliteException or IOException or UnauthorizedAccessException)
        {
            damaged = Diagnosis.Fault(
                ExitCode.RunFailed, "ledger-damaged", broken.Message, "The next sync moves a damaged ledger aside and reads everything again; the hub keeps each case once. If that breaks too, check the disk.");
        }

        if (damaged is not null)
        {
            return [damaged];
        }

        // What the fast lane or a sync of one case did says nothing of the nights.
        var run = glance?.Runs is [{ State: not RunState.Closed } open, ..] ? Run(open, glance.Runs, settings, clock.GetUtcNow())
            : glance?.Night is { } night ? Run(night, [night], settings, clock.GetUtcNow())
            : Diagnosis.Well("runs", "no sync of everything has run here yet");
        return [run, .. HeldCasesText.Of(glance?.Vanished ?? []).Select(found => Diagnosis.Doubt("cases-held", $"source {found.Text}", found.Cure))];
    }

    private static Diagnosis Run(RunRow last, IReadOnlyList<RunRow> runs, AgentSettings settings, DateTimeOffset now)
    {
        var begun = last.Report.StartedAt.ToDateTimeOffset();
        var text = $"run {last.Number} of {begun:u}: {ReportText.Words(runs, settings.StateDirectory)[0]}";
        if (last.State != RunState.Closed)
        {
            return Diagnosis.Doubt("run-open", $"{text}, and the hub has not counted it yet", "The next sync ends it; what was read waits in the outbox.");
        }

        if (now - begun > Late)
        {
            return Diagnosis.Doubt("run-late", text, "No sync has run for more than a day. See that 'calltracking-agent run' is a service that starts by itself, and at its log.");
        }

        return last.Report.Outcome == RunOutcome.Complete
            ? Diagnosis.Well("runs", text)
            : Diagnosis.Doubt("run-not-complete", text, "What it left out stands in its report: calltracking-agent status, and the sources below.");
    }
}
