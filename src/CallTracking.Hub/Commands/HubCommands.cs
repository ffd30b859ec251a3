using System.CommandLine;
using CallTracking.Hub.Access;
using CallTracking.Hub.Alarms;
using CallTracking.Hub.Audit;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Dictionaries;
using CallTracking.Hub.Doctor;
using CallTracking.Hub.People;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Proof;
using CallTracking.Hub.Retention;
using CallTracking.Hub.Storage;
using CallTracking.Hub.Transfer;

namespace CallTracking.Hub.Commands;

/// <summary>The program's command line, its table of contents: each capability brings its own commands.</summary>
internal static class HubCommands
{
    public static RootCommand Build()
    {
        var root = new RootCommand("calltracking-hub: receives cases of the regions, redacts them by law, stores and serves them.")
        {
            ServeCommand.Create(),
            StorageCommands.CreateMigrate(),
            RegionCommands.Create(),
            TransferCommands.CreateImport(),
            TransferCommands.Create(),
            PolicyCommands.Create(),
            DictionaryCommands.Create(),
            CaseCommands.Create(),
            RetentionCommands.Create(),
            AlarmCommands.Create(),
            AccountCommands.Create(),
            TokenCommands.Create(),
            ProofCommands.Create(),
            DoctorCommand.Create(),
            SupportBundleCommand.Create(),
            StateKeyCommands.Create(),
            AuditCommands.Create(),
        };
        root.Options.Add(HubCommand.ConfigFile);
        return root;
    }
}
