using System.CommandLine;
using CallTracking.Hub.Commands;

namespace CallTracking.Hub.Storage;

internal static class StorageCommands
{
    public static Command CreateMigrate()
    {
        var command = new Command("migrate", "Brings the database to the schema that this hub was built for.");
        command.SetHubAction(async (_, services, cancellationToken) =>
        {
            var done = await services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellationToken);
            foreach (var name in done)
            {
                Console.WriteLine($"applied {name}");
            }

            Console.WriteLine($"The schema is {MigrationFile.OfThisBuild[^1].Name} ({done.Count} applied now).");
            return HubExit.Done;
        });
        return command;
    }
}
