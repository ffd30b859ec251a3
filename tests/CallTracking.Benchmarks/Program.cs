using System.CommandLine;
using CallTracking.Benchmarks;

var database = new Option<string>("--database")
{
    Description = "Connection string of a superuser on a private PostgreSQL; better in CALLTRACKING_PG, where no process list shows it.",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CALLTRACKING_PG") ?? string.Empty,
};
var folder = new Option<string>("--folder") { Description = "Scratch folder; emptied first.", DefaultValueFactory = _ => "bench" };
var quick = new Option<bool>("--quick") { Description = "100,000 cases for the rates; memory at 10,000, 100,000 and 1,000,000 all the same." };
var rates = new Option<bool>("--rates") { Description = "The rates only, without the memory." };
var root = new RootCommand("Measures the way of a case as ratios in one run. Started by ops/bench.") { database, folder, quick, rates };
root.SetAction((result, cancellationToken) => BenchRun.RunAsync(
    new BenchSettings(Connection(result), result.GetRequiredValue(folder), result.GetValue(quick) ? 100_000 : 400_000, result.GetValue(rates)),
    cancellationToken));
var cases = new Option<int>("--cases") { Description = "Cases of a region.", DefaultValueFactory = _ => 100 };
var seconds = new Option<int>("--seconds") { Description = "How long each step is repeated.", DefaultValueFactory = _ => 4 };
var only = new Option<string>("--only") { Description = "Steps to measure: 'edge', 'de', 'de edge'. All when absent.", DefaultValueFactory = _ => "" };
var edge = new Command("edge", "Measures mapping and redaction alone, per case on one core; needs no database.") { cases, seconds, only };
edge.SetAction((result, cancellationToken) =>
    new EdgeBench(result.GetValue(cases), TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetRequiredValue(only)).RunAsync(cancellationToken));
root.Subcommands.Add(edge);
var concepts = new Command("concepts", "Measures looking for the starter dictionary's concepts alone, in MB/s on one core; needs no database.") { cases, seconds };
concepts.SetAction((result, cancellationToken) => new ConceptBench(result.GetValue(cases), TimeSpan.FromSeconds(result.GetValue(seconds))).RunAsync(cancellationToken));
root.Subcommands.Add(concepts);
var megabytes = new Option<int>("--megabytes") { Description = "About how much of each kind of file.", DefaultValueFactory = _ => 4 };
var kind = new Option<string>("--kind") { Description = "The kind of file to measure: 'CSV', 'fixed', 'JSON', 'XML'. All when absent.", DefaultValueFactory = _ => "" };
var mapping = new Command("mapping", "Measures read, map and encode of each kind of file against a bare read; needs no database.") { megabytes, seconds, kind };
mapping.SetAction(result => new MappingBench(result.GetValue(megabytes), TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetRequiredValue(kind)).Run());
root.Subcommands.Add(mapping);
var detectors = new Command("detectors", "Measures the detectors of values in texts against one alternation of usual patterns; needs no database.") { seconds };
detectors.SetAction((result, cancellationToken) => new DetectorBench(TimeSpan.FromSeconds(result.GetValue(seconds))).RunAsync(cancellationToken));
root.Subcommands.Add(detectors);
var limits = new Command("limits", "Measures the agent's peak memory on large and hostile files; needs the published agent, no database.") { folder, quick };
limits.SetAction(async (result, cancellationToken) => await new LimitBench(result.GetRequiredValue(folder), result.GetValue(quick) ? 0.1 : 1).RunAsync(cancellationToken) ? 0 : 1);
root.Subcommands.Add(limits);
return await root.Parse(args).InvokeAsync();

string Connection(ParseResult result) => result.GetRequiredValue(database) is { Length: > 0 } connection
    ? connection
    : throw new InvalidOperationException("CALLTRACKING_PG is not set: start this by its script in ops/.");
