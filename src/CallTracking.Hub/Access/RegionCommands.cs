using System.CommandLine;
using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Alarms;
using CallTracking.Hub.Commands;
using CallTracking.Hub.Ingest;

namespace CallTracking.Hub.Access;

/// <summary><c>region add|list|token|revoke|send-again|deadline</c>.</summary>
internal static class RegionCommands
{
    private static readonly TimeSpan Recent = TimeSpan.FromDays(7);

    public static Command Create() => new("region", "Who may push.")
    {
        CreateAdd(),
        CreateList(),
        CreateToken(),
        CreateRevoke(),
        CreateSendAgain(),
        DeadlineCommand.Create(Code(), RequireAsync),
    };

    private static Command CreateAdd()
    {
        var code = Code();
        var name = new Option<string?>("--name") { Description = "For people. Default: the code." };
        var centre = new Option<string?>("--centre") { Description = "The support centre. Default: the code in lower case." };
        var country = new Option<string>("--country") { Description = "Where the centre stands, ISO 3166-1 (DE).", Required = true };
        country.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } given && !Iso3166.IsCountry(given))
            {
                result.AddError($"--country: expected two letters of ISO 3166-1, such as {(Iso3166.Instead(given) is { Length: 2 } code ? code : "DE")}.");
            }
        });
        var token = new Option<bool>("--token") { Description = "Print a one-time enrolment token too." };
        var command = new Command("add", "Registers a region.") { code, name, centre, country, token };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var region = parsed.GetRequiredValue(code);
            var row = new RegionRow(
                region,
                parsed.GetValue(name) ?? region.Value,
                parsed.GetValue(centre) ?? region.Value.ToLowerInvariant(),
                parsed.GetRequiredValue(country),
                0, 0, null, null, 0);
            if (!await services.GetRequiredService<RegionStore>().AddAsync(row, Now(services), cancellationToken))
            {
                throw new HubException($"Region {region} is there already. For a new token: calltracking-hub region token {region}");
            }

            if (parsed.GetValue(token))
            {
                await PrintTokenAsync(region, services, cancellationToken);
            }
            else
            {
                Console.WriteLine($"{region} is registered. To let it in: calltracking-hub region token {region}");
            }

            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "Shows the regions and when they pushed last.");
        command.SetHubAction(async (_, services, cancellationToken) =>
        {
            foreach (var row in await services.GetRequiredService<RegionStore>().ListAsync(Now(services), cancellationToken))
            {
                var pushed = row.LastPushAt?.ToString("u", CultureInfo.InvariantCulture) ?? "never";
                var access = row.LiveCertificates > 0 ? "may push" : "not enrolled or revoked";
                var met = row.OtherAgentAt is { } at && Now(services) - at < Recent ? $"  TWO AGENTS, last {at.ToString("u", CultureInfo.InvariantCulture)}: let the region stop one" : string.Empty;
                Console.WriteLine($"{row.Code,-8} {row.Country}  {row.Name}  centre {row.Centre}  last push {pushed}  epoch {row.Epoch}  {access}{met}");
            }

            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateToken()
    {
        var code = Code();
        var command = new Command("token", "Prints another one-time enrolment token, good for 24 hours.") { code };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var region = await RequireAsync(parsed.GetRequiredValue(code), services, cancellationToken);
            await PrintTokenAsync(region, services, cancellationToken);
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateRevoke()
    {
        var code = Code();
        var command = new Command("revoke", "Shuts a region out at once: its certificates and unused tokens. Its stored cases stay.") { code };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var region = await RequireAsync(parsed.GetRequiredValue(code), services, cancellationToken);
            var revoked = await services.GetRequiredService<RegionStore>().RevokeAsync(region, Now(services), cancellationToken);
            Console.WriteLine($"{region}: {revoked} certificate(s) revoked.");
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateSendAgain()
    {
        var code = Code();
        var uids = new Option<string[]>("--case") { Description = "A case uid (32 hexadecimal digits); may be repeated. Without: everything." };
        uids.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !CaseUid.TryParse(token.Value, out _)))
            {
                result.AddError($"--case: expected 32 hexadecimal digits, found '{token.Value}'.");
            }
        });
        var reason = new Option<string>("--reason") { Description = "For the region's log.", DefaultValueFactory = _ => "asked for by headquarters" };
        var command = new Command("send-again", "Asks a region to send cases again though they did not change.") { code, uids, reason };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var region = await RequireAsync(parsed.GetRequiredValue(code), services, cancellationToken);
            var cases = (parsed.GetValue(uids) ?? []).Select(text => CaseUid.TryParse(text, out var uid) ? uid.ToByteString() : default!).ToList();
            var task = new RegionTask { SendAgain = new SendAgain { Everything = cases.Count == 0, CaseUids = { cases }, Reason = parsed.GetRequiredValue(reason) } };
            await services.GetRequiredService<TaskStore>().AddAsync(region, task, Now(services), cancellationToken);
            Console.WriteLine($"{region}: asked for {(cases.Count == 0 ? "everything" : $"{cases.Count} cases")} at its next push.");
            return HubExit.Done;
        });
        return command;
    }

    private static Argument<RegionCode> Code() => new("region")
    {
        Description = "2 to 8 letters A-Z.",
        CustomParser = result =>
        {
            if (RegionCode.TryParse(result.Tokens[0].Value, out var code))
            {
                return code;
            }

            result.AddError($"region: expected 2 to 8 letters A-Z, found '{result.Tokens[0].Value}'.");
            return default;
        },
    };

    private static DateTimeOffset Now(IServiceProvider services) => services.GetRequiredService<TimeProvider>().GetUtcNow();

    private static async Task<RegionCode> RequireAsync(RegionCode region, IServiceProvider services, CancellationToken cancellationToken)
    {
        var known = await services.GetRequiredService<RegionStore>().ListAsync(Now(services), cancellationToken);
        return known.Any(row => row.Code == region)
            ? region
            : throw new HubException($"There is no region {region}. Known: {string.Join(", ", known.Select(row => row.Code))}. Add it: calltracking-hub region add {region} --country ..");
    }

    private static async Task PrintTokenAsync(RegionCode region, IServiceProvider services, CancellationToken cancellationToken)
    {
        var identity = await services.GetRequiredService<IdentitySource>().GetAsync(cancellationToken);
        var token = EnrolmentToken.Create(region, identity.Authority.Fingerprint);
        await services.GetRequiredService<RegionStore>().AddTokenAsync(token, Now(services), cancellationToken);

        // The last line is the token alone: scripts take it from there.
        await Console.Error.WriteLineAsync($"{region}: one use, good for {EnrolmentToken.Life.TotalHours:0} hours. On the agent's machine: calltracking-agent enrol --token-file FILE (or -, and the token on standard input)");
        Console.WriteLine(token);
    }
}
