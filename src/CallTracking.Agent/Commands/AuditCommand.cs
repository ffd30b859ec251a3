using System.CommandLine;
using CallTracking.Agent.AuditHeads;
using Google.Protobuf;

namespace CallTracking.Agent.Commands;

/// <summary><c>audit head|accept</c>: what this region keeps of the hub's audit log.</summary>
internal static class AuditCommand
{
    private const int LongestNote = 1000;

    public static Command Build() => new("audit", AgentCommand.Describe("What this region keeps of headquarters' audit log, so that it cannot be rewritten unseen.", "audit head --out head.json"))
    {
        BuildHead(),
        BuildAccept(),
    };

    private static Command BuildHead()
    {
        var config = AgentCommand.ConfigOption();
        var file = new Option<string?>("--out") { Description = "Write the head there, for whoever checks the hub's log with it ('audit verify --head FILE' of calltracking-hub).", HelpName = "FILE" };
        var evidence = new Option<bool>("--evidence") { Description = "Not the newest head, but the oldest one that the hub's history did not hold any more and that nobody accepted." };
        var command = new Command("head", AgentCommand.Describe("Show the newest head of the hub's audit log that this region has seen.", "audit head --out head.json")) { config, file, evidence };
        command.Does(async (parsed, output, cancellationToken) =>
        {
            var heads = new AuditHeadFile(AgentWorkplace.LoadSettings(parsed.GetValue(config)!).StateDirectory).Load();
            var head = parsed.GetValue(evidence) ? heads.Open.FirstOrDefault()?.Kept : heads.Kept;
            if (head is null)
            {
                throw new AgentException(
                    ExitCode.RunFailed, parsed.GetValue(evidence) ? "There is no evidence: the hub's history was always the one that this region kept, or was accepted." : "No head was seen yet: the next sync keeps one.");
            }

            output.Out.WriteLine(FormattableString.Invariant($"seal {head.Number}, seen {head.SeenAt:u}"));
            foreach (var open in heads.Open)
            {
                output.Error.WriteLine(AuditText.Of(open));
            }

            if (parsed.GetValue(file) is { } path)
            {
                await File.WriteAllTextAsync(path, JsonFormatter.Default.Format(head.ToEnvelope()) + "\n", cancellationToken);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command BuildAccept()
    {
        var config = AgentCommand.ConfigOption();
        var note = new Option<string>("--note") { Description = "Why it is explained, and who said so.", Required = true };
        note.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (string.IsNullOrWhiteSpace(result.Tokens[^1].Value) || result.Tokens[^1].Value.Length > LongestNote))
            {
                result.AddError($"--note: expected words, {LongestNote} characters at most.");
            }
        });
        var command = new Command("accept", AgentCommand.Describe("End the alarm that the hub's audit log was rewritten, once it is explained. The evidence stays in the state folder.", "audit accept --note \"restored after the disk failed, says headquarters\""))
        {
            config, note,
        };
        command.Does((parsed, output, _) =>
        {
            var settings = AgentWorkplace.LoadSettings(parsed.GetValue(config)!);
            var file = new AuditHeadFile(settings.StateDirectory);
            var open = file.Accept(parsed.GetRequiredValue(note), TimeProvider.System.GetUtcNow());
            output.Out.WriteLine(open == 0 ? "There is no alarm to end." : $"{open} alarm(s) ended. The evidence stays in {file.FullName}.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
