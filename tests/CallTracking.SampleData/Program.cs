using CallTracking.SampleData;

return await WriteCommand.RunAsync(args);
