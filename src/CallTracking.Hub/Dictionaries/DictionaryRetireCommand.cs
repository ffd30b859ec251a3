using System.CommandLine;
using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Commands;

namespace CallTracking.Hub.Dictionaries;

/// <summary><c>dictionary retire</c>: a concept dictionary that nobody is to look for any more. Its last version has no entries; importing one brings it back.</summary>
internal static class DictionaryRetireCommand
{
    public static Command Create(Argument<string> name)
    {
        var note = PersonOptions.Note();
        var by = PersonOptions.By();
        var command = new Command("retire", "Withdraws a concept dictionary: regions drop it with their next push, and its codes go from the cases that they send then.") { name, note, by };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var store = services.GetRequiredService<DictionaryStore>();
            var row = await DictionaryCommands.RequireAsync(store, parsed.GetRequiredValue(name), 0, cancellationToken);
            if (row.Kind != DictionaryKind.Concepts)
            {
                throw new HubException(
                    $"'{row.Name}' is a code table: the codes of stored cases are explained by it, and regions keep what their mappings name. Import a version of it with other codes instead.", HubExit.Usage);
            }

            if (row.IsRetired)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Name} is retired already (version {row.Version}): nothing was published."));
                return HubExit.Done;
            }

            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var (retired, _) = await store.PublishAsync(
                row.Name, [], parsed.GetRequiredValue(by), parsed.GetRequiredValue(note), now, cancellationToken, DictionaryKind.Concepts);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{retired.Name} is retired with version {retired.Version}: each region drops it with its next push, reads its texts once more and sends the cases whose codes go."));
            return HubExit.Done;
        });
        return command;
    }
}
