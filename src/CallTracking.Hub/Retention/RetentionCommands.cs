using System.CommandLine;
using System.Globalization;
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
        var confirm = CreateConfirm();
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
        var limit = CreateLimit();
        var command = new Command("list", "Shows previews and what became of them.") { limit };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            RetentionOutput.WriteList(
                Screen.Open(), await services.GetRequiredService<RetentionRunStore>().ListAsync(parsed.GetValue(limit), cancellationToken));
            return HubExit.Done;
        });
        return command;
    }

    private static Option<Guid> CreateConfirm() => new("--confirm")
    {
        Description = "The id that the preview printed.",
        Required = true,
        CustomParser = result =>
        {
            if (Guid.TryParse(result.Tokens[^1].Value, out var id))
            {
                return id;
            }

            result.AddError($"--confirm: expected the id that 'retention preview' printed (36 characters; 'retention list' shows it too), found '{result.Tokens[^1].Value}'.");
            return default;
        },
    };

    private static Option<int> CreateLimit() => new("--limit")
    {
        Description = "So many of the latest.",
        DefaultValueFactory = _ => 20,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[^1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0)
            {
                return limit;
            }

            result.AddError($"--limit: expected a whole number from 1, found '{result.Tokens[^1].Value}'.");
            return default;
        },
    };
}
