using System.CommandLine;
using System.Globalization;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Dictionaries;
using CallTracking.Agent.Identity;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;
using CallTracking.Privacy;

namespace CallTracking.Agent.Commands;

/// <summary><c>policy dry-run</c>: a draft of the rules on the region's real data, of which nothing leaves and nothing is shown but counts.</summary>
internal static class PolicyCommand
{
    private const int MostBytes = 1 << 20;

    public static Command Build() => new("policy", AgentCommand.Describe("What rules would do here.", "policy dry-run --policy br.yaml")) { BuildDryRun() };

    private static Command BuildDryRun()
    {
        var config = AgentCommand.ConfigOption();
        var draft = new Option<string[]>("--policy") { Description = "A policy document; it takes the place of the bundle's of that name. May be repeated.", HelpName = "FILE", Required = true };
        var source = new Option<string?>("--source") { Description = "Only the source of this name.", HelpName = "NAME" };
        var command = new Command("dry-run", AgentCommand.Describe("Run a draft on all local cases and count what it does. Sends and stores nothing.", "policy dry-run --policy br.yaml"))
        {
            config, draft, source,
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
            return await RunAsync(settings, chosen, [.. parsed.GetValue(draft)!.Select(Read)], output, cancellationToken);
        });
        return command;
    }

    private static async Task<ExitCode> RunAsync(
        AgentSettings settings, IReadOnlyList<Source> sources, IReadOnlyList<PolicyDocument> draft, CommandOutput output, CancellationToken cancellationToken)
    {
        var store = new IdentityStore(settings.State);
        using var identity = store.Load();
        var keys = new RegionSecret(settings.State).Load(settings.Region);
        var policy = new EdgePolicy(store, identity.PolicyKey, settings.Region, RegionFloor.Load(settings), keys, TimeProvider.System);
        var load = policy.TryOut(draft, out var rules, out var refusal);
        if (rules is null)
        {
            throw new AgentException(ExitCode.Configuration, load.Faults.Count > 0 ? string.Join(Environment.NewLine, load.Faults) : "The draft does not go together with the region's floor.");
        }

        if (refusal is not null)
        {
            output.Error.WriteLine($"note: no policy bundle of headquarters holds here ({refusal}): the draft runs beside the packs of the program, and headquarters' own documents are not in these counts. Run 'calltracking-agent doctor'.");
        }

        foreach (var notice in load.Notices)
        {
            output.Error.WriteLine($"note: {notice}");
        }

        using var count = new ImpactCount(settings, keys, rules, ConceptMatcher.Of(new CodeTableCache(settings.State).Concepts), TimeProvider.System, redactsAll: true);
        var code = await PreviewImpact.ReadAsync(sources, count, output, cancellationToken);
        Write(count, rules.Policies, output);
        return code;
    }

    private static void Write(ImpactCount count, PolicySet policies, CommandOutput output)
    {
        output.Out.WriteLine($"{"class",-18} {"action",-13} {"law",-14} {"values",12}  review");
        foreach (var done in count.Redactions.ToCounts())
        {
            var law = policies.Jurisdictions.Append(policies.Floor).FirstOrDefault(known => known?.Code == done.Jurisdiction);
            output.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{DataClassNames.Of(done.DataClass),-18} {RuleWords.Of(done.Action),-13} {done.Jurisdiction,-14} {done.Count,12:N0}  {law?.Review}"));
        }

        output.Out.WriteLine(count.Summary);
        output.Out.WriteLine("Nothing was sent and nothing was stored.");
    }

    private static PolicyDocument Read(string file)
    {
        if (new FileInfo(file) is not { Exists: true, Length: <= MostBytes })
        {
            throw new AgentException(ExitCode.Configuration, $"There is no policy document {file} of at most {MostBytes} bytes.");
        }

        return new PolicyDocument { Name = Path.GetFileName(file), Yaml = File.ReadAllText(file) };
    }
}
