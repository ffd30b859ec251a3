using System.CommandLine;
using CallTracking.Benchmarks;

var database = new Option<string>("--database") { Description = "Connection string of a superuser on a private PostgreSQL.", Required = true };
var folder = new Option<string>("--folder") { Description = "Scratch folder; emptied first.", Required = true };
var quick = new Option<bool>("--quick") { Description = "100,000 cases for the rates; memory at 10,000, 100,000 and 1,000,000 all the same." };
var root = new RootCommand("Measures the way of a case as ratios in one run. Started by ops/bench.") { database, folder, quick };
root.SetAction((result, cancellationToken) => BenchRun.RunAsync(
    new BenchSettings(result.GetRequiredValue(database), result.GetRequiredValue(folder), result.GetValue(quick) ? 100_000 : 400_000),
    cancellationToken));
return await root.Parse(args).InvokeAsync();
