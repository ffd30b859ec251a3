using System.CommandLine;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Commands;

namespace CallTracking.Hub.Retention;

/// <summary><c>retention</c>: see what has expired, then say yes to exactly that.</summary>
internal static class RetentionCommands
{
    public static Command Create() => new("retention", "What expires, and when.") { CreatePreview(), CreateRun(), CreateList() };

    private static Command CreatePreview()
    {
        var asOf = new Option<string?>("--as-of") { Description = "A day or instant to count by, also in the future. Default: now." };
        var command = new Command("preview", "Counts what has expired under the policy in force. Changes no case.") { asOf };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var given = parsed.GetValue(asOf);
            var reader = new ParameterReader(new Dictionary<string, IReadOnlyList<string>> { ["as_of"] = given is null ? [] : [given] });
            var instant = reader.Instant("as_of") ?? services.GetRequiredService<TimeProvider>().GetUtcNow();
            if (reader.Finish() is [var fault, ..])
            {
                await Console.Error.WriteLineAsync($"--as-of: found '{fault.Value}', expected {fault.Expected}.");
                return HubExit.Usage;
            }

            var run = await services.GetRequiredService<RetentionRuns>().PreviewAsync(instant, cancellationToken);
            RetentionOutput.WritePreview(Screen.Open(), run, services.GetRequiredService<TimeProvider>().GetUtcNow());
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateRun()
    {
        var confirm = new Option<Guid>("--confirm") { Description = "The id that the preview printed.", Required = true };
        var command = new Command("run", "Deletes and anonymizes exactly what a preview counted. Cannot be undone.") { confirm };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var run = await services.GetRequiredService<RetentionRuns>().ConfirmAsync(parsed.GetValue(confirm), cancellationToken);
            RetentionOutput.WriteResult(Screen.Open(), run);
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateList()
    {
        var limit = new Option<int>("--limit") { Description = "So many of the latest.", DefaultValueFactory = _ => 20 };
        var command = new Command("list", "Shows previews and what became of them.") { limit };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            RetentionOutput.WriteList(
                Screen.Open(), await services.GetRequiredService<RetentionRunStore>().ListAsync(Math.Max(1, parsed.GetValue(limit)), cancellationToken));
            return HubExit.Done;
        });
        return command;
    }
}
