using System.CommandLine;
using CallTracking.Contracts;
using CallTracking.Hub.Commands;

namespace CallTracking.Hub.Doctor;

/// <summary><c>doctor</c>: why the hub does not work, or will not for long, by cause, stable code and cure.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var format = new Option<string>("--format") { Description = "text, or jsonl: one finding a line.", HelpName = "text|jsonl", DefaultValueFactory = _ => DiagnosisLines.Text };
        format.AcceptOnlyFromAmong(DiagnosisLines.Text, DiagnosisLines.Json);
        var command = new Command("doctor", """
            Looks at all that the hub needs and names what is wrong: configuration, state folder, database step by step, keys, certificates, ports, policy, regions, alarms, retention, audit log.

            Each finding has a code that the guide 'When something is wrong' explains. Changes nothing, and may run beside a hub. Run it as the
            hub's user, on its machine.

            Exit codes: 0 nothing, or doubts; else that of the first fault: 1 the hub's work, 2 its configuration, files and keys, 3 its database

              Example: calltracking-hub doctor --format jsonl
            """) { format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var found = new List<Diagnosis>();
            await foreach (var one in HubExamination.RunAsync(parsed.GetValue(HubCommand.ConfigFile)!, TimeProvider.System, cancellationToken))
            {
                found.Add(one);
                foreach (var line in DiagnosisLines.Of(one, parsed.GetValue(format)!))
                {
                    Console.WriteLine(line);
                }
            }

            await Console.Error.WriteLineAsync(DiagnosisLines.Verdict(found));
            return DiagnosisLines.Exit(found);
        });
        return command;
    }
}
