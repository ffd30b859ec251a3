using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Schedule;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Rpc;

namespace CallTracking.Agent.Commands;

/// <summary><c>check</c>: looks at everything that a night needs, and says all that is wrong at once.</summary>
internal static class CheckCommand
{
    private static readonly TimeSpan ExpirySoon = TimeSpan.FromDays(7);

    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var offline = new Option<bool>("--offline") { Description = "Leave the hub out, and sources that are databases or interfaces." };
        var readings = EncodingTable.Option();
        var command = new Command("check", AgentCommand.Describe("Check configuration, mappings, files, identity, policy and hub.", "check --offline"))
        {
            config, offline, readings,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var findings = new CheckFindings(output, EncodingTable.IsWanted(parsed.GetValue(readings)!));
            var load = AgentSettingsFile.Load(parsed.GetValue(config)!);
            findings.Faults(ExitCode.Configuration, "configuration", load.Faults);
            if (load.Settings is { } settings)
            {
                await CheckSourcesAsync(settings, findings, parsed.GetValue(offline), cancellationToken);
                if (StateFolder.WhyNotWritable(settings.StateDirectory) is { } refusal)
                {
                    findings.Wrong(ExitCode.Configuration, $"state: {refusal}");
                }

                CheckHeld(settings, findings);
                await CheckHubAsync(settings, findings, parsed.GetValue(offline), cancellationToken);
            }

            return findings.Close();
        });
        return command;
    }

    private static async Task CheckSourcesAsync(AgentSettings settings, CheckFindings findings, bool offline, CancellationToken cancellationToken)
    {
        var (sources, faults) = await DictionaryCommand.LoadSourcesAsync(settings, offline, findings.Right, line => findings.Say($"WARN   {line}"), cancellationToken);
        findings.Faults(ExitCode.Configuration, "mappings", faults);
        foreach (var line in settings.FastLane is { } lane ? FastLaneText.Lines(lane, sources) : [])
        {
            findings.Right($"fast lane {line}");
        }

        using var shapes = ShapeLook.Of(settings);
        foreach (var source in sources)
        {
            if (source.Mapping.AssumedCountry is { } country)
            {
                findings.Right($"source {source.Name}: customer_country is {country} in every case, since the pack's export names none and this is the centre's; where customers live elsewhere, map it in 'override'");
            }

            CheckOrder(source, findings);
            if (offline && source.IsRemote)
            {
                findings.Right($"source {source.Name}: left out (--offline)");
                continue;
            }

            foreach (var unanswered in UnansweredText.AllOf(source.Mapping))
            {
                findings.Warn($"source {source.Name}: {unanswered}");
            }

            await new SourceCheck(source, settings, shapes, findings) { IsAlone = KeyCheck.IsAlone(source, sources) }.RunAsync(cancellationToken);
        }
    }

    // Which of two versions of a case is the newer one.
    private static void CheckOrder(Source source, CheckFindings findings)
    {
        if (source.Mapping.HidesUpdated)
        {
            findings.Say($"WARN   source {source.Name}: 'updated' at the top of the mapping orders versions only; for headquarters to see it and ask by it, write it under 'fields' too");
        }

        if (source.IsOfFiles && source.Mapping is { FoldsUnordered: true, OrdersVersions: true })
        {
            findings.Warn($"source {source.Name}: 'fold' has no order, so that events count as files and rows stand: one that comes late in an older file makes its case look older than it is. Write order: and the events' time under fold");
        }
        else if (source.IsOfFiles && source.Mapping is { OrdersVersions: false, FoldsRows: false })
        {
            findings.Right($"source {source.Name}: the mapping has no 'updated', so that a late old file overwrites what is newer, and of two versions of a case in one run the first stands; map the time of the last change where the export has one");
        }
    }

    // A damaged ledger is the doctor's matter, and the next sync's.
    private static void CheckHeld(AgentSettings settings, CheckFindings findings)
    {
        try
        {
            foreach (var (text, cure) in HeldCasesText.Of(LedgerGlance.Of(AgentWorkplace.LedgerPath(settings), runs: 1)?.Vanished ?? []))
            {
                findings.Warn($"source {text}. {cure}");
            }
        }
        catch (Exception unreadable) when (unreadable is LedgerDamagedException or LedgerUnusableException or Microsoft.Data.Sqlite.SqliteException or IOException or UnauthorizedAccessException)
        {
            findings.Warn($"state: the ledger cannot be looked into ({unreadable.Message}): calltracking-agent doctor says more");
        }
    }

    private static async Task CheckHubAsync(AgentSettings settings, CheckFindings findings, bool offline, CancellationToken cancellationToken)
    {
        var store = new IdentityStore(settings.State);
        var floor = CheckFloor(settings, findings);
        if (offline && store.IsEmpty)
        {
            findings.NotEnrolled("identity: the region is not enrolled yet: mapping and files can be tried; before a sync run 'calltracking-agent enrol' with a token from the hub");
            return;
        }

        try
        {
            using var identity = store.Load();
            var now = TimeProvider.System.GetUtcNow();
            CheckCertificate(identity, now, findings);
            CheckPolicy(store, identity, settings, now, findings, floor);
            CheckConcepts(settings, findings);
            if (!offline)
            {
                await CallHubAsync(settings, identity, findings, cancellationToken);
            }
        }
        catch (AgentException missing)
        {
            findings.Wrong(missing.Code, missing.Message);
        }
    }

    private static void CheckCertificate(AgentIdentity identity, DateTimeOffset now, CheckFindings findings)
    {
        DateTimeOffset until = identity.Certificate.NotAfter.ToUniversalTime();
        DateTimeOffset from = identity.Certificate.NotBefore.ToUniversalTime();
        if (from > now)
        {
            findings.Wrong(ExitCode.Identity, $"identity: the certificate begins on {from:u}, and this machine's clock says {now:u}: it is before the certificate's first day. Set the clock (NTP).");
        }
        else if (until <= now)
        {
            findings.Wrong(ExitCode.Identity, $"identity: the certificate expired on {until:u}. Enrol again with a new token.");
        }
        else
        {
            findings.Right($"identity: certificate until {until:u}{(until - now < ExpirySoon ? "; renew it soon" : string.Empty)}");
        }
    }

    private static void CheckConcepts(AgentSettings settings, CheckFindings findings)
    {
        var kept = string.Join(", ", new CodeTableCache(settings.State).Concepts.Select(concepts => string.Create(CultureInfo.InvariantCulture, $"{concepts.Name} version {concepts.Version}")));
        findings.Right(kept.Length > 0
            ? $"concepts: {kept}; texts are looked through, and codes travel"
            : "concepts: no dictionary is here (headquarters publishes none, or no sync fetched it yet), so cases carry no codes of hazards");
    }

    private static RegionFloor? CheckFloor(AgentSettings settings, CheckFindings findings)
    {
        try
        {
            var floor = RegionFloor.Load(settings);
            if (floor is not null)
            {
                findings.Right($"floor: '{floor.Info.Code}' with {floor.Info.Rules.Count} rules, signed by this region");
            }

            return floor;
        }
        catch (AgentException refused)
        {
            findings.Wrong(refused.Code, refused.Message);
            return null;
        }
    }

    private static void CheckPolicy(IdentityStore store, AgentIdentity identity, AgentSettings settings, DateTimeOffset now, CheckFindings findings, RegionFloor? floor)
    {
        var keys = new RegionSecret(settings.State).Load(settings.Region);
        var policy = new EdgePolicy(store, identity.PolicyKey, settings.Region, floor, keys, TimeProvider.System);
        if (policy.Load() is { } refusal)
        {
            findings.Wrong(ExitCode.NoPolicy, $"policy: the stored bundle is not in force ({refusal}). The next sync asks the hub for another; without one nothing leaves.");
        }
        else if (policy.Current is { } rules)
        {
            if (ForeignPolicyText.Of(rules) is { } foreign)
            {
                findings.Say($"WARNING {foreign}");
            }

            findings.Right($"policy: version {rules.Version} until {rules.ExpiresAt:u}{(rules.ExpiresAt - now < ExpirySoon ? "; expires soon" : string.Empty)}");
        }
    }

    private static async Task CallHubAsync(AgentSettings settings, AgentIdentity identity, CheckFindings findings, CancellationToken cancellationToken)
    {
        try
        {
            var status = await RegionStatusQuery.AskAsync(settings.Door, identity, cancellationToken);
            findings.Right(string.Create(CultureInfo.InvariantCulture, $"hub: {settings.Hub} knows region {status.Region} and holds {status.StoredCases:N0} of its cases"));
        }
        catch (RpcException failed)
        {
            var failure = HubFailure.Of(failed, settings.Hub);
            findings.Wrong(failure.Code, failure.IsFinal ? failure.Text : $"hub: {settings.Hub} is not reachable: {failure.Text}. Check address, firewall and whether the hub runs.");
        }
    }
}
