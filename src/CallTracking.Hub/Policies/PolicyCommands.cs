using System.CommandLine;
using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Commands;
using CallTracking.Hub.Configuration;
using CallTracking.Privacy;
using Npgsql;

namespace CallTracking.Hub.Policies;

/// <summary><c>policy publish|list|validate|show|diff|test|law|status|tighten</c>.</summary>
internal static class PolicyCommands
{
    public static Command Create() => new("policy", "The rules that legal wrote.")
    {
        CreatePublish(),
        CreateList(),
        CreateValidate(),
        PolicyLookCommands.CreateShow(),
        PolicyLookCommands.CreateDiff(),
        PolicyLookCommands.CreateTest(),
        LawCommands.Create(),
        StatusCommand.CreateStatus(),
        StatusCommand.CreateTighten(),
    };

    private static Command CreatePublish()
    {
        var folder = Folder();
        var note = PersonOptions.Note();
        var by = PersonOptions.By();
        var require = new Option<bool>("--require")
        {
            Description = "Batches shaped under older versions are shaped again. --require false lets them in.",
            DefaultValueFactory = _ => true,
        };
        var command = new Command("publish", "Publishes the built-in packs and the folder's documents as the next version, in force at once.") { folder, note, by, require };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var documents = PolicyFolder.Read(FolderOf(parsed.GetValue(folder), services), services.GetRequiredService<HubOptions>());
            if (!await CheckAsync(documents, services, cancellationToken))
            {
                return HubExit.Usage;
            }

            var version = await services.GetRequiredService<PolicyStore>().PublishAsync(
                documents,
                parsed.GetRequiredValue(by),
                parsed.GetRequiredValue(note),
                parsed.GetValue(require),
                services.GetRequiredService<TimeProvider>().GetUtcNow(),
                cancellationToken);
            Console.WriteLine($"Policy version {version} is in force ({documents.Count} documents). The running hub brings the stored cases to it: calltracking-hub policy status");
            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "Shows the published versions.");
        command.SetHubAction(async (_, services, cancellationToken) =>
        {
            foreach (var version in await services.GetRequiredService<PolicyStore>().ListAsync(cancellationToken))
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{version.Version,4}  {version.ValidFrom:u}  required from {version.RequiredVersion}  by {version.PublishedBy}: {version.Note}  ({string.Join(", ", version.Documents.Select(document => document.Name))})"));
            }

            return HubExit.Done;
        });
        return command;
    }

    private static Command CreateValidate()
    {
        var folder = Folder();
        var command = new Command("validate", "Checks the built-in packs with the folder's documents and publishes nothing.") { folder };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var documents = PolicyFolder.Read(FolderOf(parsed.GetValue(folder), services), services.GetRequiredService<HubOptions>());
            var isGood = await CheckAsync(documents, services, cancellationToken);
            if (isGood)
            {
                Console.WriteLine($"{documents.Count} documents are good.");
            }

            return isGood ? HubExit.Done : HubExit.Usage;
        });
        return command;
    }

    private static Option<string?> Folder() => new("--dir") { Description = "Folder of policy documents. Default: hub.yaml's policies." };

    private static string FolderOf(string? given, IServiceProvider services) =>
        given is null ? services.GetRequiredService<HubOptions>().PoliciesDirectory : Path.GetFullPath(given);

    private static async Task<bool> CheckAsync(IReadOnlyList<PolicyDocument> documents, IServiceProvider services, CancellationToken cancellationToken)
    {
        var load = PolicySet.Parse(documents, PolicySet.DayOf(services.GetRequiredService<TimeProvider>().GetUtcNow()));
        var place = load.Policies is { } policies ? PolicyFolder.CheckPlace(policies, services.GetRequiredService<HubOptions>()) : null;
        foreach (var fault in load.Faults.Append(place).OfType<Fault>())
        {
            await Console.Error.WriteLineAsync(fault.ToString());
        }

        foreach (var replaced in load.Policies is { } joined ? PackReplacement.Notes(joined) : [])
        {
            await Console.Error.WriteLineAsync($"note: {replaced}");
        }

        // Those of the packs are in law list; an own one is easily taken for what holds already.
        foreach (var later in load.Policies?.Jurisdictions.Where(own => own.Validity.From > load.Policies.Day && !PolicySet.BuiltInPacks.Any(pack => pack.Name == own.File && pack.Yaml == own.Text)) ?? [])
        {
            await Console.Error.WriteLineAsync($"note: {later.File} holds from {later.Validity.From:O} on; its effects: calltracking-hub policy diff --on {later.Validity.From:O}");
        }

        foreach (var notice in load.Notices)
        {
            await Console.Error.WriteLineAsync($"note: {notice}");
        }

        if (load.Policies is { } good && await NotReviewedAsync(good, services, cancellationToken) is { } warning)
        {
            await Console.Error.WriteLineAsync($"note: {warning}");
        }

        return load.Policies is not null && place is null;
    }

    // Documents can be checked where no database is.
    private static async Task<string?> NotReviewedAsync(PolicySet policies, IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            return PolicyOptions.NotReviewed(policies, await services.GetRequiredService<LawReviewStore>().LoadAsync(cancellationToken));
        }
        catch (NpgsqlException)
        {
            return "the database does not answer as a hub's does: which documents counsel reviewed is not known here";
        }
    }
}
