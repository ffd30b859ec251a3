using System.CommandLine;
using System.Globalization;
using CallTracking.Hub.Commands;
using CallTracking.Hub.Configuration;
using Spectre.Console;

namespace CallTracking.Hub.People;

/// <summary><c>account add|list|role|password|disable|enable|unlock</c>: who signs in to the pages.</summary>
internal static class AccountCommands
{
    public static Command Create() => new("account", "People who sign in to the pages.")
    {
        CreateAdd(),
        CreateList(),
        CreateRole(),
        CreatePassword(),
        Change("disable", "Shuts an account and ends its sessions at once.", "disabled; nobody is signed in to it", (accounts, _, account, now, cancellationToken) => accounts.DisableAsync(account.Id, now, cancellationToken)),
        Change("enable", "Opens a disabled account again.", "open again", (accounts, _, account, _, cancellationToken) => accounts.EnableAsync(account.Id, cancellationToken)),
        Change("unlock", "Forgets wrong passwords: who was kept out may try again at once.", "unlocked", (_, guard, account, _, cancellationToken) => guard.UnlockAsync(account.Id, AccountName.KeyOf(account.Name), cancellationToken)),
    };

    private static Command CreateAdd()
    {
        var (name, role, regions, file, by) = (Name(), RoleOptions.Role(), RoleOptions.Regions(), PasswordFile(), PersonOptions.By());
        var command = new Command("add", "Makes an account. The password comes from a prompt, standard input or a file.") { name, role, regions, file, by };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var (given, called) = (parsed.GetValue(role), parsed.GetRequiredValue(name));
            var bound = await RoleOptions.RequireAsync(given, parsed.GetValue(regions) ?? [], services, cancellationToken);
            var password = await PasswordSource.RequireAsync(parsed.GetValue(file), called, cancellationToken);
            var account = new Account(new Person(PublicId.OfAccount(), given, bound), called, Now(services), parsed.GetRequiredValue(by));
            if (!await services.GetRequiredService<AccountStore>().AddAsync(account, services.GetRequiredService<Passwords>().Hash(password), cancellationToken))
            {
                throw new HubException("There is an account of this name already. For another password: calltracking-hub account password NAME");
            }

            Console.WriteLine($"{account.Id}: {called} may sign in as {RoleOptions.Describe(given, bound)}.");
            await OpenDoorNotice.TellAsync(services.GetRequiredService<HubOptions>());
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "Shows the accounts.");
        command.SetHubAction(async (_, services, cancellationToken) =>
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("id", "name", "role", "made", "by", "last sign-in", "state");
            foreach (var account in await services.GetRequiredService<AccountStore>().ListAsync(cancellationToken))
            {
                string[] cells =
                [
                    account.Id, account.Name, RoleOptions.Describe(account.Person.Role, account.Person.Regions), Day(account.CreatedAt), account.CreatedBy,
                    account.LastSignInOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "never", State(account, Now(services)),
                ];
                table.AddRow([.. cells.Select(Markup.Escape)]);
            }

            Screen.Open().Write(table);
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateRole()
    {
        var (name, role, regions) = (Name(), RoleOptions.Role(), RoleOptions.Regions());
        var command = new Command("role", "Gives an account another role, from the next request on.") { name, role, regions };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var account = await RequireAsync(parsed.GetRequiredValue(name), services, cancellationToken);
            var given = parsed.GetValue(role);
            var bound = await RoleOptions.RequireAsync(given, parsed.GetValue(regions) ?? [], services, cancellationToken);
            await services.GetRequiredService<AccountStore>().SetRoleAsync(account.Person with { Role = given, Regions = bound }, cancellationToken);
            Console.WriteLine($"{account.Id}: is {RoleOptions.Describe(given, bound)} now.");
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreatePassword()
    {
        var (name, file) = (Name(), PasswordFile());
        var command = new Command("password", "Sets another password and ends the account's sessions.") { name, file };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var account = await RequireAsync(parsed.GetRequiredValue(name), services, cancellationToken);
            var password = await PasswordSource.RequireAsync(parsed.GetValue(file), account.Name, cancellationToken);
            await services.GetRequiredService<SignInGuard>().UnlockAsync(account.Id, AccountName.KeyOf(account.Name), cancellationToken);
            await services.GetRequiredService<AccountStore>().SetPasswordAsync(account.Id, services.GetRequiredService<Passwords>().Hash(password), Now(services), cancellationToken);
            Console.WriteLine($"{account.Id}: has another password; nobody is signed in to it.");
            return HubExit.Done;
        });
        return command;
    }

    private static Command Change(string verb, string says, string done, Func<AccountStore, SignInGuard, Account, DateTimeOffset, CancellationToken, Task> change)
    {
        var name = Name();
        var command = new Command(verb, says) { name };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var account = await RequireAsync(parsed.GetRequiredValue(name), services, cancellationToken);
            await change(services.GetRequiredService<AccountStore>(), services.GetRequiredService<SignInGuard>(), account, Now(services), cancellationToken);
            Console.WriteLine($"{account.Id}: {done}.");
            return HubExit.Done;
        });
        return command;
    }

    private static Argument<string> Name()
    {
        var name = new Argument<string>("name") { Description = "Letters, digits and . - _ @ +; upper and lower case are one.", HelpName = "NAME" };
        name.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !AccountName.IsGood(result.Tokens[0].Value))
            {
                result.AddError($"name: expected 1 to {AccountName.Longest} letters, digits and . - _ @ +.");
            }
        });
        return name;
    }

    private static Option<string?> PasswordFile() => new("--password-file") { Description = "The password is this file's first line. Without: standard input, or a prompt at a terminal.", HelpName = "FILE" };

    private static async Task<Account> RequireAsync(string name, IServiceProvider services, CancellationToken cancellationToken)
    {
        var key = AccountName.KeyOf(name);
        return (await services.GetRequiredService<AccountStore>().ListAsync(cancellationToken)).FirstOrDefault(account => AccountName.KeyOf(account.Name) == key)
            ?? throw new HubException($"There is no account '{name}'. Known: calltracking-hub account list");
    }

    private static string State(Account account, DateTimeOffset now) => account switch
    {
        { DisabledAt: { } at } => $"disabled {Day(at)}",
        { LockedUntil: { } until } when until > now => $"new browsers locked until {until.UtcDateTime.ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}",
        _ => "open",
    };

    private static DateTimeOffset Now(IServiceProvider services) => services.GetRequiredService<TimeProvider>().GetUtcNow();

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
