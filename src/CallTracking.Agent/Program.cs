using System.CommandLine.Invocation;
using CallTracking.Agent.Commands;

var parsed = AgentCommand.Build().Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Action is ParseErrorAction ? (int)ExitCode.Configuration : code;
