using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CallTracking.Agent.Configuration;
using CallTracking.Agent.Doctor;
using CallTracking.Agent.Sources;

namespace CallTracking.Agent.Commands;

/// <summary><c>doctor</c>: why a sync does not go through, by cause, stable code and cure.</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        var config = AgentCommand.ConfigOption();
        var format = new Option<string>("--format") { Description = "text, or jsonl: one finding a line.", HelpName = "text|jsonl", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "jsonl");
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
            var write = Writer(parsed.GetValue(format)!, output.Out);
            await foreach (var one in ExamineAsync(parsed.GetValue(config)!, cancellationToken))
            {
                found.Add(one);
                write(one);
            }

            var worst = found.Find(one => one.Gravity == Gravity.Fault);
            output.Error.WriteLine(Verdict(found));
            return worst?.Exit ?? ExitCode.Done;
        });
        return command;
    }

    private static async IAsyncEnumerable<Diagnosis> ExamineAsync(
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

    private static Action<Diagnosis> Writer(string format, TextWriter output) => format == "jsonl"
        ? one => output.WriteLine(JsonSerializer.Serialize(new { gravity = Word(one.Gravity).ToLowerInvariant(), code = one.Code, text = one.Text, cure = one.Cure }))
        : one =>
        {
            output.WriteLine($"{Word(one.Gravity),-6} {one.Code,-22} {one.Text}");
            if (one.Cure.Length > 0)
            {
                output.WriteLine($"       {one.Cure}");
            }
        };

    private static string Word(Gravity gravity) => gravity switch
    {
        Gravity.Well => "ok",
        Gravity.Doubt => "DOUBT",
        _ => "FAULT",
    };

    private static string Verdict(List<Diagnosis> found)
    {
        var (faults, doubts) = (found.Count(one => one.Gravity == Gravity.Fault), found.Count(one => one.Gravity == Gravity.Doubt));
        return faults + doubts == 0
            ? "Nothing is wrong that can be seen from here."
            : string.Create(CultureInfo.InvariantCulture, $"{faults:N0} {(faults == 1 ? "fault" : "faults")}, {doubts:N0} {(doubts == 1 ? "doubt" : "doubts")}.");
    }
}
