using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Drift;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Ledger;
using CallTracking.Agent.Quarantine;
using CallTracking.Agent.Sources;
using CallTracking.Agent.Sources.Files;
using CallTracking.Agent.Sync;
using CallTracking.Contracts;
using CallTracking.Mapping;
using CallTracking.Mapping.Shapes;
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
        var readings = EncodingTable.Option();
        var command = new Command("check", AgentCommand.Describe("Check configuration, mappings, files, identity, policy and hub.", "check --offline"))
        {
            config, offline, readings,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var findings = new Findings(output, EncodingTable.IsWanted(parsed.GetValue(readings)!));
            var load = AgentSettingsFile.Load(parsed.GetValue(config)!);
            findings.Faults(ExitCode.Configuration, "configuration", load.Faults);
            if (load.Settings is { } settings)
            {
                await CheckSourcesAsync(settings, findings, parsed.GetValue(offline), cancellationToken);
                if (StateFolder.WhyNotWritable(settings.StateDirectory) is { } refusal)
                {
                    findings.Wrong(ExitCode.Configuration, $"state: {refusal}");
                }

                await CheckHubAsync(settings, findings, parsed.GetValue(offline), cancellationToken);
            }

            return findings.Close();
        });
        return command;
    }

    private static async Task CheckSourcesAsync(AgentSettings settings, Findings findings, bool offline, CancellationToken cancellationToken)
    {
        var (sources, faults) = await DictionaryCommand.LoadSourcesAsync(settings, offline, findings.Right, line => findings.Say($"WARN   {line}"), cancellationToken);
        findings.Faults(ExitCode.Configuration, "mappings", faults);
        using var shapes = ShapeLook.Of(settings);
        foreach (var source in sources)
        {
            if (source.Mapping.AssumedCountry is { } country)
            {
                findings.Right($"source {source.Name}: customer_country is {country} in every case, since the pack's export names none and this is the centre's; where customers live elsewhere, map it in 'override'");
            }

            if (source.Mapping.HidesUpdated)
            {
                findings.Say($"WARN   source {source.Name}: 'updated' at the top of the mapping orders versions only; for headquarters to see it and ask by it, write it under 'fields' too");
            }

            if (offline && source.IsRemote)
            {
                findings.Right($"source {source.Name}: left out (--offline)");
                continue;
            }

            var visit = SourceVisit.ToLook(findings.Say);
            var tally = new RowTally();
            var watch = new ShapeWatch(source.Mapping, shapes.Find(source)?.Shape, isLook: true);
            await foreach (var input in source.InputsAsync(visit, cancellationToken))
            {
                await TryAsync(source, input, watch, tally, findings, cancellationToken);
                if (source.IsRemote)
                {
                    break;
                }
            }

            visit.Faults.ForEach(fault => findings.Wrong(ExitCode.Source, $"source {source.Name}: {fault}"));
            findings.Judge(source.Name, tally);
            findings.Drift(source, watch);
        }
    }

    private static async Task TryAsync(Source source, SourceInput input, ShapeWatch watch, RowTally tally, Findings findings, CancellationToken cancellationToken)
    {
        var trial = new SourceTrial();
        try
        {
            await using (var reader = await input.OpenAsync(cancellationToken))
            {
                reader.Watch(watch);
                while (trial.Rows < RowsToTry && await reader.ReadAsync(cancellationToken) is { } outcome)
                {
                    trial.Add(outcome);
                    tally.Count(outcome);
                }
            }

            findings.Right(string.Create(CultureInfo.InvariantCulture, $"source {source.Name}: {input.Name}, first {trial.Rows:N0} rows: {trial.Summary}"));
            await findings.TrialAsync(trial, input, source.Mapping, cancellationToken);
        }
        catch (SourceFormatException broken)
        {
            findings.Faults(ExitCode.Source, $"source {source.Name}", broken.Faults);
            if (trial.Rows == 0 && input.Parts.FirstOrDefault(part => broken.Faults.Any(fault => fault.File == part.Name)) is { } part)
            {
                await findings.ReadingsAsync(part, source.Mapping, cancellationToken);
            }
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

    private static void CheckConcepts(AgentSettings settings, Findings findings)
    {
        var kept = string.Join(", ", new CodeTableCache(settings.StateDirectory).Concepts.Select(concepts => string.Create(CultureInfo.InvariantCulture, $"{concepts.Name} version {concepts.Version}")));
        findings.Right(kept.Length > 0
            ? $"concepts: {kept}; texts are looked through, and codes travel"
            : "concepts: no dictionary is here (headquarters publishes none, or no sync fetched it yet), so cases carry no codes of hazards");
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
        var keys = new RegionSecret(settings.StateDirectory).Load(settings.Region);
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
    private sealed class Findings(CommandOutput output, bool showsReadings)
    {
        private readonly List<ExitCode> _codes = [];

        public void Right(string text) => output.Out.WriteLine($"ok     {text}");

        public void Say(string text) => output.Error.WriteLine(text);

        public void Wrong(ExitCode code, string text)
        {
            _codes.Add(code);
            output.Error.WriteLine($"FAULT  {text}");
        }

        /// <summary>What the first rows became, in detail: none of it keeps a sync from running.</summary>
        public async Task TrialAsync(SourceTrial trial, SourceInput input, SourceMapping mapping, CancellationToken cancellationToken)
        {
            foreach (var line in trial.Rejections())
            {
                output.Out.WriteLine($"       {line}");
            }

            foreach (var field in trial.Ambiguous())
            {
                output.Out.WriteLine($"WARN   {field}: every text of these rows reads with the day first and with the month first; only the mapping's format says which");
            }

            if (trial.MayBeOfAnotherEncoding)
            {
                await ReadingsAsync(input, mapping, cancellationToken);
            }
        }

        /// <summary>How the file's letters read in the likeliest encodings.</summary>
        public async Task ReadingsAsync(SourceInput input, SourceMapping mapping, CancellationToken cancellationToken)
        {
            if (input.Parts[0] is not FileInput file)
            {
                return;
            }

            await using var content = SourceFiles.Open(file.Path);
            var verdict = await EncodingDetector.ReadAsync(content, cancellationToken);
            if (verdict.Readings.All(reading => reading.Lines.Count == 0) || string.Equals(verdict.Encoding, mapping.EncodingName, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }

            if (showsReadings)
            {
                EncodingTable.Write(verdict, output.Out);
            }
            else
            {
                output.Out.WriteLine($"       it reads best as {verdict}; at a terminal, or with --readings yes, the likeliest readings are shown side by side");
            }
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

        /// <summary>A mapping that loses its rows keeps every other promise.</summary>
        public void Judge(string source, RowTally tally)
        {
            if (tally.IsAllLost)
            {
                Wrong(ExitCode.Source, $"source {source}: no row at all becomes a case: {tally.Share("are rejected")}");
            }
            else if (tally.IsMostlyLost)
            {
                output.Error.WriteLine($"WARNING  source {source}: {tally.Share("are rejected")}");
            }
        }

        public void Drift(Source source, ShapeWatch watch)
        {
            DriftText.Stops(watch).ToList().ForEach(change => Wrong(ExitCode.Source, $"source {source.Name}: {DriftText.Line(change, source.Mapping)}"));
            DriftText.Warnings(watch).ToList().ForEach(change => output.Out.WriteLine($"WARN   source {source.Name}: {DriftText.Line(change, source.Mapping)}"));
            DriftText.Missed(watch).ToList().ForEach(line => output.Out.WriteLine($"WARN   source {source.Name}: {line}"));
        }

        public ExitCode Close()
        {
            output.Out.WriteLine(_codes.Count == 0 ? "All is ready for a sync." : $"{_codes.Count} fault(s).");
            return _codes.Count == 0 ? ExitCode.Done : _codes[0];
        }
    }
}
