using System.Data.Common;
using System.Globalization;
using CallTracking.SampleData;
using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Spectre.Console;

namespace CallTracking.Demo;

/// <summary>
/// The main job told from end to end on real parts: set up, night one, what was removed, one case before and after, night two,
/// legal's rule at work, an analyst's question. Every promise is checked on the way; the first that fails ends the demo.
/// </summary>
internal sealed class DemoStory(DemoSettings settings, Installation installation, HubProcess hub)
{
    // Exports of the last three evenings: retention counts from today.
    private readonly SampleOptions _options =
        new(settings.Cases, settings.Seed, new DateTimeOffset(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero).AddDays(-2)) { Quirks = QuirkRates.Demo };

    /// <summary>Runs the demo and answers the exit code: 0 when every promise held.</summary>
    public static async Task<int> TellAsync(DemoSettings settings, CancellationToken cancellationToken)
    {
        Tell.AdaptToOutput();
        try
        {
            Tell.Heading($"Setting up: a hub in Japan, regions {string.Join(", ", settings.Regions)}");
            await using var installation = await Installation.CreateAsync(
                settings.Folder, settings.AdminConnection, DemoFiles.Policies, webPort: 8080);
            var hub = await installation.StartHubAsync();
            foreach (var setup in settings.Regions.Select(DemoFiles.Setup))
            {
                await installation.AddRegionAsync(setup);
                Tell.Line($"{setup.Code}  {setup.Name}, centre {setup.Centre}, enrolled with a certificate of its own");
            }

            await installation.RunHubCommandAsync("dictionary", "import", "--starter", "--note", "14 hazards in 12 languages");
            Tell.Line("Regions look for signs of hazards in raw texts, and send their codes only");

            var story = new DemoStory(settings, installation, hub);
            await story.TellNightsAsync(cancellationToken);
            await story.TellTheEndAsync(cancellationToken);
            return 0;
        }
        catch (Exception failure) when (failure is DemoFailure or InvalidOperationException or TimeoutException)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]The demo failed:[/] {failure.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (DbException gone)
        {
            // Who ended the script by force has ended the database below the demo, too.
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]The demo's database is away:[/] {gone.Message}");
            return cancellationToken.IsCancellationRequested ? 130 : 1;
        }
    }

    private async Task TellNightsAsync(CancellationToken cancellationToken)
    {
        Tell.Heading($"Night 1: {settings.Regions.Count * settings.Cases:N0} cases and the usual dirt, all {settings.Regions.Count} agents at once");
        var first = await RunNightAsync(_options, cancellationToken);

        Tell.Heading("What was removed or changed, by class, law and place");
        Tell.Redactions(first.Select(run => run.Result));

        if (settings.HasGermany)
        {
            Tell.Heading("One case, before and after");
            await BeforeAndAfter.TellAsync(installation);
        }

        Tell.Heading("Night 2: about one case in a hundred changed");
        Tell.Line("Each case has that chance by itself, so the centres differ; how many have changed here is checked against what the generator wrote.");
        var second = await RunNightAsync(_options with { Night = 2 }, cancellationToken);
        Tell.WireShare(first, second);
        await TellBacklogAsync();

        if (settings.HasGermany)
        {
            Tell.Heading("Legal shortens the keeping time: preview, confirmed run, and a third night");
            await LegalAtWorkAsync(second, cancellationToken);
        }

        Tell.Heading("An analyst asks: which products, in which countries?");
        Tell.Output(await installation.RunHubCommandAsync("cases", "query", "--by", "country,category", "--limit", "20"));
        Tell.Heading("And where does it smoke? Texts stayed in their regions, or lost their persons; the codes came");
        Tell.Output(await installation.RunHubCommandAsync("cases", "query", "--by", "concept"));
    }

    private async Task<IReadOnlyList<(string Region, SyncResult Result)>> RunNightAsync(
        SampleOptions options, CancellationToken cancellationToken)
    {
        var night = new Night(installation, options);
        await night.WriteAsync(cancellationToken);
        var runs = await night.RunAsync(cancellationToken);
        Tell.Reports(runs);
        var faults = runs.SelectMany(run => ReportChecks.Faults(run.Region, run.Result.Report!, run.Result.HubCount!, night.Expected[run.Region]));
        Tell.Verdict(faults, "Every report closes, equals the hub's own count and what the files were made of.");
        return runs;
    }

    private async Task TellBacklogAsync()
    {
        Tell.Line("Backlog per night, counted from the history:");
        Tell.Output(await installation.RunHubCommandAsync(
            "cases", "backlog", "--from", Day(-6), "--until", Day(2)));
    }

    private async Task LegalAtWorkAsync(IReadOnlyList<(string Region, SyncResult Result)> before, CancellationToken cancellationToken)
    {
        File.Copy(DemoFiles.ShorterRetention, Path.Combine(installation.PolicyFolder, Path.GetFileName(DemoFiles.ShorterRetention)), overwrite: true);
        await installation.RunHubCommandAsync("policy", "publish", "--note", "shorter keeping time in Germany");
        var retention = new RetentionStory(installation);
        var removed = await retention.RunAsync();

        Tell.Line("Night 3: the expired cases are still in the local files, and headquarters asks for every case once more: under the new policy each counts as changed.");
        foreach (var region in installation.Regions.Keys)
        {
            await installation.RunHubCommandAsync("region", "send-again", region, "--reason", "gone stays gone");
        }

        var after = await RunNightAsync(_options with { Night = 3 }, cancellationToken);
        var faults = ReportChecks.SuppressionFaults(before, after, removed).ToList();
        if (await retention.CountReturnedAsync() is var returned && returned > 0)
        {
            faults.Add($"{returned:N0} removed cases came back.");
        }

        Tell.Verdict(faults, $"All {removed.Values.Sum():N0} removed cases were offered again, and every one was answered 'suppressed'.");
    }

    private async Task TellTheEndAsync(CancellationToken cancellationToken)
    {
        if (settings.Once)
        {
            Tell.Line("Run without --once to look around: then hub, agents and the web page keep running.");
            await hub.StopAsync();
            return;
        }

        Tell.Heading("Look around");
        Tell.Line($"Web page           {hub.WebAddress}");
        Tell.Line($"REST               curl '{hub.WebAddress}api/v1/cases?country={settings.Regions[^1].Country}&status=open&limit=2'");
        Tell.Line($"Hub                .run/bin/calltracking-hub cases query --by region,status --config {Short(installation.HubConfiguration)}");
        Tell.Line($"Check              .run/bin/calltracking-agent check --config {Short(ConfigurationOf(1))}");
        Tell.Line($"Agent              .run/bin/calltracking-agent status --config {Short(ConfigurationOf(0))}");
        Tell.Line($"Mapping, live      .run/bin/calltracking-agent preview --limit 3 --config {Short(ConfigurationOf(2))}");
        if (settings.Regions.Count < SampleRegion.All.Count)
        {
            Tell.Line("More regions       ops/demo --regions all, or codes with commas between them:");
            foreach (var others in SampleRegion.All.Except(settings.Regions).Chunk(4))
            {
                Tell.Line($"                   {string.Join(", ", others.Select(region => $"{region} {region.Form}"))}");
            }
        }

        Tell.Line("Everything keeps running. Ctrl-C stops and removes it.");
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private string ConfigurationOf(int position) =>
        installation.Regions[settings.Regions[Math.Min(position, settings.Regions.Count - 1)].Code].Configuration;

    private string Day(int fromNightOne) => _options.AsOf.AddDays(fromNightOne).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Short(string path) => Path.GetRelativePath(RepositoryRoot.Path(), path);
}
