using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
using CallTracking.Demo;
using CallTracking.SampleData;

var admin = new Option<string>("--database")
{
    Description = "Connection string of a superuser on a private PostgreSQL; better in CALLTRACKING_PG, where no process list shows it.",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CALLTRACKING_PG") ?? string.Empty,
};
var folder = new Option<string>("--folder") { Description = "Where the demo's hub and regions live; emptied first.", Required = true };
var cases = new Option<long>("--cases") { Description = "Cases of each region.", DefaultValueFactory = _ => 10_000 };
cases.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && long.TryParse(text, CultureInfo.InvariantCulture, out var wanted) && wanted < 300)
    {
        result.AddError("--cases: expected at least 300. In the second night one case in a hundred changes, and that must be some in each region.");
    }
});
var seed = new Option<int>("--seed") { Description = "Another seed, other people and stories.", DefaultValueFactory = _ => 1 };
var regions = new Option<IReadOnlyList<SampleRegion>>("--regions")
{
    Description = $"Codes of {string.Join(", ", SampleRegion.All)} with commas between them, or all.",
    DefaultValueFactory = _ => SampleRegion.Usual,
    CustomParser = Regions,
};
var once = new Option<bool>("--once") { Description = "Stop everything at the end instead of waiting for Ctrl-C." };
var root = new RootCommand("One night, end to end: regions push their cases to headquarters. Started by ops/demo.")
{
    admin, folder, regions, cases, seed, once,
};
root.SetAction((result, cancellationToken) => DemoStory.TellAsync(
    new DemoSettings(
        Connection(result), result.GetRequiredValue(folder), result.GetRequiredValue(regions), result.GetValue(cases), result.GetValue(seed), result.GetValue(once)),
    cancellationToken));

// All that runs is stopped on the way out, and that takes its time. A terminal that is closed is a Ctrl-C, too.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
using var closed = new CancellationTokenSource();
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
{
    signal.Cancel = true;
    closed.Cancel();
});
return await root.Parse(args).InvokeAsync(invocation, closed.Token);

string Connection(ParseResult result) => result.GetRequiredValue(admin) is { Length: > 0 } connection
    ? connection
    : throw new InvalidOperationException("CALLTRACKING_PG is not set: start this by its script in ops/.");

IReadOnlyList<SampleRegion>? Regions(ArgumentResult result)
{
    try
    {
        return SampleRegion.ParseList(result.Tokens[0].Value);
    }
    catch (FormatException unknown)
    {
        result.AddError(unknown.Message);
        return null;
    }
}
