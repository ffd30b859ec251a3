using System.CommandLine;
using System.Globalization;
using CallTracking.Hub.Commands;
using CallTracking.Hub.Configuration;
using Spectre.Console;

namespace CallTracking.Hub.People;

/// <summary><c>token add|list|revoke</c>: what programs show to ask REST.</summary>
internal static class TokenCommands
{
    private const int UsualDays = 90;
    private const int MostDays = 366;

    public static Command Create() => new("token", "Tokens by which programs ask REST.") { CreateAdd(), CreateList(), CreateRevoke() };

    private static Command CreateAdd()
    {
        var name = new Option<string>("--name") { Description = "What it is for, as lists show it.", Required = true };
        name.Validators.Add(result => RoleOptions.CheckName(result, "--name"));
        var (role, regions, by) = (RoleOptions.Role(), RoleOptions.Regions(), PersonOptions.By());
        var expires = new Option<int>("--expires")
        {
            Description = $"For how many days it is good, 1d to {MostDays}d.",
            HelpName = "DAYS",
            DefaultValueFactory = _ => UsualDays,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (text.EndsWith('d') && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostDays)
                {
                    return days;
                }

                result.AddError($"--expires: expected 1d to {MostDays}d, found '{text}'.");
                return default;
            },
        };
        var command = new Command("add", "Makes a token and shows it, once.") { name, role, regions, expires, by };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var given = parsed.GetValue(role);
            var bound = await RoleOptions.RequireAsync(given, parsed.GetValue(regions) ?? [], services, cancellationToken);
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var row = new ApiTokenRow(PublicId.OfToken(), parsed.GetRequiredValue(name), given, bound, now, parsed.GetRequiredValue(by), now.AddDays(parsed.GetValue(expires)));
            var token = ApiToken.Create();
            await services.GetRequiredService<ApiTokenStore>().AddAsync(row, token, cancellationToken);

            // The last line is the token alone: scripts take it from there.
            await Console.Error.WriteLineAsync($"{row.Id}: {RoleOptions.Describe(row.Role, row.Regions)}, good until {Day(row.ExpiresAt)}. It is shown this once; send it as Authorization: Bearer. To end it: calltracking-hub token revoke {row.Id}");
            await OpenDoorNotice.TellAsync(services.GetRequiredService<HubOptions>());
            Console.WriteLine(token);
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "Shows the tokens, never what they are.");
        command.SetHubAction(async (_, services, cancellationToken) =>
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var table = new Table().Border(TableBorder.Simple).AddColumns("id", "name", "role", "made", "by", "good until", "last used", "state");
            foreach (var row in await services.GetRequiredService<ApiTokenStore>().ListAsync(cancellationToken))
            {
                var state = row.RevokedAt is { } revoked ? $"revoked {Day(revoked)}" : row.ExpiresAt <= now ? "expired" : "good";
                string[] cells = [row.Id, row.Name, RoleOptions.Describe(row.Role, row.Regions), Day(row.CreatedAt), row.CreatedBy, Day(row.ExpiresAt), row.LastUsedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "never", state];
                table.AddRow([.. cells.Select(Markup.Escape)]);
            }

            Screen.Open().Write(table);
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateRevoke()
    {
        var id = new Argument<string>("id") { Description = "As token list shows it.", HelpName = "ID" };
        var command = new Command("revoke", "Ends a token at once, in all hub processes.") { id };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var given = parsed.GetRequiredValue(id);
            if (!await services.GetRequiredService<ApiTokenStore>().RevokeAsync(given, services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken))
            {
                throw new HubException($"There is no token '{(given.StartsWith(ApiToken.Prefix, StringComparison.Ordinal) ? "(a token itself: give its id)" : given)}' that is not revoked. Known: calltracking-hub token list");
            }

            Console.WriteLine($"{given} is revoked.");
            return HubExit.Done;
        });
        return command;
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
