using CallTracking.Agent.Commands;

return await AgentCommand.Build().Parse(args).InvokeAsync();
