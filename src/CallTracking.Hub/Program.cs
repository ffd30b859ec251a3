using System.CommandLine.Invocation;
using CallTracking.Hub;
using CallTracking.Hub.Commands;

var parsed = HubCommands.Build().Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Action is ParseErrorAction ? HubExit.Usage : code;
