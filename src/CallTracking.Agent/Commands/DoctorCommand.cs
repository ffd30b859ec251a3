using System.CommandLine;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Doctor;
using CallTracking.Agent.Sources;
using CallTracking.Contracts;

namespace CallTracking.Agent.Commands;

/// <summary><c>doctor</c>: why a sync does not go through, by cause, stable code and cure.</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var format = new Option<string>("--format") { Description = "text, or jsonl: one finding a line.", HelpName = "text|jsonl", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong(DiagnosisLines.Text, DiagnosisLines.Json);
        var command = new Command(
            "doctor",
            AgentCommand.Describe(
                "Look at all that a sync needs outside the mapping, and name what is wrong: state folder, disk, ledger, certificate, policy, the way to the hub step by step, clock, sources. "
                    + "Each finding has a code that the guide 'When something is wrong' explains. Changes nothing; 'check' looks at configuration and mappings.",
                "doctor --format jsonl"))
        {
            config, format,
        };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var found = new List<Diagnosis>();
            await foreach (var one in ExamineAsync(parsed.GetValue(config)!, cancellationToken))
            {
                found.Add(one);
                foreach (var line in DiagnosisLines.Of(one, parsed.GetValue(format)!))
                {
                    output.Out.WriteLine(line);
                }
            }

            output.Error.WriteLine(DiagnosisLines.Verdict(found));
            return (ExitCode)DiagnosisLines.Exit(found);
        });
        return command;
    }

    /// <summary>All looks in their order; what rests on something that is wrong is not looked at.</summary>
    public static async IAsyncEnumerable<Diagnosis> ExamineAsync(
        string config, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var load = AgentSettingsFile.Load(config);
        foreach (var fault in load.Faults)
        {
            yield return Diagnosis.Of(fault, ExitCode.Configuration, "configuration-wrong");
        }

        if (load.Settings is not { } settings)
        {
            yield break;
        }

        await foreach (var one in RegionAsync(settings, clock, cancellationToken))
        {
            yield return one;
        }

        var (sources, faults) = SourceLoad.Of(settings);
        foreach (var fault in faults)
        {
            yield return Diagnosis.Of(fault, ExitCode.Configuration, "mapping-wrong");
        }

        foreach (var source in sources)
        {
            foreach (var one in await new SourceLook(source).LookAsync(cancellationToken))
            {
                yield return one;
            }
        }
    }

    // Of what may not be read nothing is known, least of all that it is not there.
    private static async IAsyncEnumerable<Diagnosis> RegionAsync(
        AgentSettings settings, TimeProvider clock, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (StateRights.Refused(settings.StateDirectory) is { } refused)
        {
            yield return refused;
            yield break;
        }

        foreach (var one in StateLook.Look(settings, clock))
        {
            yield return one;
        }

        var found = IdentityLook.Look(settings, clock, out var known);
        using (known)
        {
            foreach (var one in known is null ? found : [.. found, .. await HubLook.LookAtEachAsync(settings, known, clock, cancellationToken)])
            {
                yield return one;
            }
        }

        foreach (var one in AuditLook.Look(settings))
        {
            yield return one;
        }
    }
}
