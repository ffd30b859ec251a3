using CallTracking.Faults;

return await FaultCommand.RunAsync(args, Console.Out, Console.Error, isTerminal: !Console.IsOutputRedirected);
