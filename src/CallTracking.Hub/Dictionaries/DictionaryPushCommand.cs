using System.CommandLine;
using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Access;
using CallTracking.Hub.Commands;

namespace CallTracking.Hub.Dictionaries;

/// <summary><c>dictionary push</c>.</summary>
internal static class DictionaryPushCommand
{
    public static Command Create(Argument<string> name)
    {
        var regions = new Option<RegionCode[]>("--region")
        {
            Description = "A region's code; may be repeated.",
            HelpName = "CODE",
            CustomParser = result => [.. result.Tokens.Select(token => Code(token.Value, result)).OfType<RegionCode>()],
        };
        var all = new Option<bool>("--all") { Description = "Every region." };
        var command = new Command("push", "Has regions fetch a code table at their next push, also where no mapping names it yet.") { name, regions, all };
        command.Validators.Add(result =>
        {
            if (result.GetResult(regions) is null == result.GetResult(all) is null)
            {
                result.AddError("Expected either --region CODE or --all.");
            }
        });
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var row = await DictionaryCommands.RequireAsync(services.GetRequiredService<DictionaryStore>(), parsed.GetRequiredValue(name), 0, cancellationToken);
            if (row.Kind == DictionaryKind.Concepts)
            {
                throw new HubException($"'{row.Name}' is a concept dictionary: regions hear of it with every push and fetch it by themselves.", HubExit.Usage);
            }

            var wanted = await WantedAsync(parsed.GetValue(regions) ?? [], services, cancellationToken);
            await services.GetRequiredService<DictionaryPush>().AnnounceAsync(row, wanted, cancellationToken);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{string.Join(", ", wanted)}: asked to fetch {row.Name} version {row.Version} ({row.Entries:N0} codes) at the next push."));
            return HubExit.Done;
        });
        return command;
    }

    // All faults before the first task is kept.
    private static async Task<IReadOnlyList<RegionCode>> WantedAsync(RegionCode[] named, IServiceProvider services, CancellationToken cancellationToken)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var known = (await services.GetRequiredService<RegionStore>().ListAsync(now, cancellationToken)).Select(row => row.Code).ToList();
        var strangers = named.Except(known).ToList();
        return strangers.Count > 0 || known.Count == 0
            ? throw new HubException($"There is no region {(strangers.Count > 0 ? string.Join(", ", strangers) : "yet")}. Known: {(known.Count == 0 ? "none" : string.Join(", ", known))}.")
            : named.Length > 0 ? [.. named.Distinct()] : known;
    }

    private static RegionCode? Code(string text, System.CommandLine.Parsing.ArgumentResult result)
    {
        if (RegionCode.TryParse(text, out var code))
        {
            return code;
        }

        result.AddError($"--region: expected 2 to 8 letters A-Z, found '{text}'.");
        return null;
    }
}
