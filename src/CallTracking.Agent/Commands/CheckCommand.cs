using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Privacy;
using CallTracking.Rpc;

namespace CallTracking.Agent.Commands;

/// <summary><c>check</c>: looks at everything that a night needs, and says all that is wrong at once.</summary>
internal static class CheckCommand
{
    private const int RowsToTry = 2000;
    private static readonly TimeSpan ExpirySoon = TimeSpan.FromDays(7);

    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var offline = new Option<bool>("--offline") { Description = "Leave the hub out, and sources that are databases or interfaces." };
        var command = new Command("check", AgentCommand.Describe("Check configuration, mappings, files, identity, policy and hub.", "check --offline"))
        {
            config, offline,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var findings = new Findings(output);
            var load = AgentSettingsFile.Load(parsed.GetValue(config)!);
            findings.Faults(ExitCode.Configuration, "configuration", load.Faults);
            if (load.Settings is { } settings)
            {
                await CheckSourcesAsync(settings, findings, parsed.GetValue(offline), cancellationToken);
                await CheckHubAsync(settings, findings, parsed.GetValue(offline), cancellationToken);
            }

            return findings.Close();
        });
        return command;
    }

    private static async Task CheckSourcesAsync(AgentSettings settings, Findings findings, bool offline, CancellationToken cancellationToken)
    {
        var (sources, faults) = SourceLoad.Of(settings);
        findings.Faults(ExitCode.Configuration, "mappings", faults);
        foreach (var source in sources)
        {
            if (source.Mapping.AssumedCountry is { } country)
            {
                findings.Right($"source {source.Name}: customer_country is {country} in every case, since the pack's export names none and this is the centre's; where customers live elsewhere, map it in 'override'");
            }

            if (offline && source.IsRemote)
            {
                findings.Right($"source {source.Name}: left out (--offline)");
                continue;
            }

            var visit = SourceVisit.ToLook(findings.Say);
            await foreach (var input in source.InputsAsync(visit, cancellationToken))
            {
                await TryAsync(source, input, findings, cancellationToken);
                if (source.IsRemote)
                {
                    break;
                }
            }

            visit.Faults.ForEach(fault => findings.Wrong(ExitCode.Source, $"source {source.Name}: {fault}"));
        }
    }

    private static async Task TryAsync(Source source, SourceInput input, Findings findings, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var rows = 0;
        try
        {
            await using var reader = await input.OpenAsync(cancellationToken);
            for (; rows < RowsToTry && await reader.ReadAsync(cancellationToken) is { } outcome; rows++)
            {
                var kind = outcome is RowOutcome.Rejected rejected ? rejected.Reason : outcome.GetType().Name.ToLowerInvariant();
                counts[kind] = counts.GetValueOrDefault(kind) + 1;
            }

            var summary = string.Join(", ", counts.Select(entry => $"{entry.Key} {entry.Value}"));
            findings.Right(string.Create(CultureInfo.InvariantCulture, $"source {source.Name}: {input.Name}, first {rows:N0} rows: {summary}"));
        }
        catch (SourceFormatException broken)
        {
            findings.Faults(ExitCode.Source, $"source {source.Name}", broken.Faults);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            findings.Wrong(ExitCode.Source, $"source {source.Name}: {input.Name} cannot be read: {unreadable.Message}");
        }
    }

    private static async Task CheckHubAsync(AgentSettings settings, Findings findings, bool offline, CancellationToken cancellationToken)
    {
        var store = new IdentityStore(settings.StateDirectory);
        var floor = CheckFloor(settings, findings);
        try
        {
            using var identity = store.Load();
            var now = TimeProvider.System.GetUtcNow();
            CheckCertificate(identity, now, findings);
            CheckPolicy(store, identity, settings, now, findings, floor);
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

    private static void CheckCertificate(AgentIdentity identity, DateTimeOffset now, Findings findings)
    {
        DateTimeOffset until = identity.Certificate.NotAfter.ToUniversalTime();
        if (until <= now)
        {
            findings.Wrong(ExitCode.Identity, $"identity: the certificate expired on {until:u}. Enrol again with a new token.");
        }
        else
        {
            findings.Right($"identity: certificate until {until:u}{(until - now < ExpirySoon ? "; renew it soon" : string.Empty)}");
        }
    }

    private static RegionFloor? CheckFloor(AgentSettings settings, Findings findings)
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

    private static void CheckPolicy(IdentityStore store, AgentIdentity identity, AgentSettings settings, DateTimeOffset now, Findings findings, RegionFloor? floor)
    {
        var keys = RegionKeys.Derive(store.LoadSecret(), settings.Region.Value);
        var policy = new EdgePolicy(store, identity.PolicyKey, settings.Region, floor, keys, TimeProvider.System);
        if (policy.Load() is { } refusal)
        {
            findings.Wrong(ExitCode.NoPolicy, $"policy: the stored bundle is not in force ({refusal}). The next sync asks the hub for another; without one nothing leaves.");
        }
        else if (policy.Current is { } rules)
        {
            findings.Right($"policy: version {rules.Version} until {rules.ExpiresAt:u}{(rules.ExpiresAt - now < ExpirySoon ? "; expires soon" : string.Empty)}");
        }
    }

    private static async Task CallHubAsync(AgentSettings settings, AgentIdentity identity, Findings findings, CancellationToken cancellationToken)
    {
        try
        {
            var status = await RegionStatusQuery.AskAsync(settings.Hub, identity, cancellationToken);
            findings.Right(string.Create(CultureInfo.InvariantCulture, $"hub: {settings.Hub} knows region {status.Region} and holds {status.StoredCases:N0} of its cases"));
        }
        catch (RpcException failed)
        {
            var failure = HubFailure.Of(failed, settings.Hub);
            findings.Wrong(failure.Code, failure.IsFinal ? failure.Text : $"hub: {settings.Hub} is not reachable: {failure.Text}. Check address, firewall and whether the hub runs.");
        }
    }

    /// <summary>Gathers what was found; the first kind of fault decides the exit code.</summary>
    private sealed class Findings(CommandOutput output)
    {
        private readonly List<ExitCode> _codes = [];

        public void Right(string text) => output.Out.WriteLine($"ok     {text}");

        public void Say(string text) => output.Error.WriteLine(text);

        public void Wrong(ExitCode code, string text)
        {
            _codes.Add(code);
            output.Error.WriteLine($"FAULT  {text}");
        }

        public void Faults(ExitCode code, string what, IReadOnlyList<Fault> faults)
        {
            foreach (var fault in faults)
            {
                Wrong(code, fault.ToString());
            }

            if (faults.Count == 0)
            {
                Right(what);
            }
        }

        public ExitCode Close()
        {
            output.Out.WriteLine(_codes.Count == 0 ? "All is ready for a sync." : $"{_codes.Count} fault(s).");
            return _codes.Count == 0 ? ExitCode.Done : _codes[0];
        }
    }
}
