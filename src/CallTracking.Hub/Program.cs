using System.CommandLine;
using System.CommandLine.Invocation;
using CallTracking.Hub;
using CallTracking.Hub.Access;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Commands;
using CallTracking.Hub.Dictionaries;
using CallTracking.Hub.People;
using CallTracking.Hub.Policies;
using CallTracking.Hub.Proof;
using CallTracking.Hub.Retention;
using CallTracking.Hub.Storage;

// The table of contents: each capability brings its own commands.
var root = new RootCommand("calltracking-hub: receives cases of the regions, redacts them by law, stores and serves them.")
{
    ServeCommand.Create(),
    StorageCommands.CreateMigrate(),
    RegionCommands.Create(),
    PolicyCommands.Create(),
    DictionaryCommands.Create(),
    CaseCommands.Create(),
    RetentionCommands.Create(),
    AccountCommands.Create(),
    TokenCommands.Create(),
    ProofCommands.Create(),
};
root.Options.Add(HubCommand.ConfigFile);
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Action is ParseErrorAction ? HubExit.Usage : code;
