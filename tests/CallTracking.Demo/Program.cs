using System.CommandLine;
using CallTracking.Demo;

var admin = new Option<string>("--database")
{
    Description = "Connection string of a superuser on a private PostgreSQL; better in CALLTRACKING_PG, where no process list shows it.",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CALLTRACKING_PG") ?? string.Empty,
};
var folder = new Option<string>("--folder") { Description = "Where the demo's hub and regions live; emptied first.", Required = true };
var cases = new Option<long>("--cases") { Description = "Cases of each region.", DefaultValueFactory = _ => 10_000 };
var seed = new Option<int>("--seed") { Description = "Another seed, other people and stories.", DefaultValueFactory = _ => 1 };
var once = new Option<bool>("--once") { Description = "Stop everything at the end instead of waiting for Ctrl-C." };
var root = new RootCommand("One night, end to end: three regions push their cases to headquarters. Started by ops/demo.")
{
    admin, folder, cases, seed, once,
};
root.SetAction((result, cancellationToken) => DemoStory.TellAsync(
    new DemoSettings(
        Connection(result), result.GetRequiredValue(folder), result.GetValue(cases), result.GetValue(seed), result.GetValue(once)),
    cancellationToken));
return await root.Parse(args).InvokeAsync();

string Connection(ParseResult result) => result.GetRequiredValue(admin) is { Length: > 0 } connection
    ? connection
    : throw new InvalidOperationException("CALLTRACKING_PG is not set: start this by its script in ops/.");
