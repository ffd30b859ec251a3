using CallTracking.Contracts;
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
    private static readonly DateTimeOffset AsOf = new(2026, 11, 21, 15, 0, 0, TimeSpan.Zero);
    private readonly SampleOptions _options = new(settings.Cases, settings.Seed, AsOf) { Quirks = QuirkRates.Demo };

    /// <summary>Runs the demo and answers the exit code: 0 when every promise held.</summary>
    public static async Task<int> TellAsync(DemoSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            Tell.Heading("Setting up: a hub in Japan, three regions");
            await using var installation = await Installation.CreateAsync(
                settings.Folder, settings.AdminConnection, DemoFiles.Policies, webPort: 8080);
            var hub = await installation.StartHubAsync();
            foreach (var setup in DemoFiles.Regions)
            {
                var region = await installation.AddRegionAsync(setup);
                Tell.Line($"{setup.Code}  {setup.Name}, centre {setup.Centre}, enrolled with a certificate of its own");
                await region.RunAsync("check");
            }

            var story = new DemoStory(settings, installation, hub);
            await story.TellNightsAsync(cancellationToken);
            await story.TellTheEndAsync(cancellationToken);
            return 0;
        }
        catch (Exception failure) when (failure is DemoFailure or InvalidOperationException or TimeoutException)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]The demo failed:[/] {failure.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    private async Task TellNightsAsync(CancellationToken cancellationToken)
    {
        Tell.Heading($"Night 1: {3 * settings.Cases:N0} cases and the usual dirt, all three agents at once");
        var first = await RunNightAsync(_options, cancellationToken);

        Tell.Heading("What was removed or changed, by class, law and place");
        Tell.Redactions(first.Select(run => run.Result));

        Tell.Heading("One case, before and after");
        await BeforeAndAfter.TellAsync(installation, cancellationToken);

        Tell.Heading("Night 2: one case in a hundred changed");
        var second = await RunNightAsync(_options with { Night = 2 }, cancellationToken);
        Tell.WireShare(first, second);
        await TellBacklogAsync();

        Tell.Heading("Legal shortens the keeping time: preview, confirmed run, and a third night");
        await LegalAtWorkAsync(cancellationToken);

        Tell.Heading("An analyst asks: which products, in which countries?");
        Tell.Output(await installation.RunHubCommandAsync("cases", "query", "--by", "country,category"));
    }

    private async Task<IReadOnlyList<(string Region, SyncResult Result)>> RunNightAsync(
        SampleOptions options, CancellationToken cancellationToken)
    {
        var night = new Night(installation, options);
        await night.WriteFilesAsync(cancellationToken);
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
            "cases", "backlog", "--from", AsOf.AddDays(-6).ToString("yyyy-MM-dd", null), "--until", AsOf.AddDays(2).ToString("yyyy-MM-dd", null)));
    }

    private async Task LegalAtWorkAsync(CancellationToken cancellationToken)
    {
        File.Copy(DemoFiles.ShorterRetention, Path.Combine(installation.PolicyFolder, Path.GetFileName(DemoFiles.ShorterRetention)), overwrite: true);
        await installation.RunHubCommandAsync("policy", "publish", "--note", "shorter keeping time");
        var retention = await RetentionStory.RunAsync(installation, AsOf.AddDays(2), cancellationToken);

        var third = await RunNightAsync(_options with { Night = 3 }, cancellationToken);
        var suppressed = third.Sum(run => (long)run.Result.Report!.Suppressed);
        Tell.Verdict(
            suppressed == retention.Removed ? [] : [$"{retention.Removed:N0} cases expired, {suppressed:N0} were kept out."],
            $"All {suppressed:N0} expired cases are still in the local files, and stayed out.");
    }

    private async Task TellTheEndAsync(CancellationToken cancellationToken)
    {
        Tell.Heading("Look around");
        Tell.Line($"Web page           {hub.WebAddress}");
        Tell.Line($"REST               curl '{hub.WebAddress}api/v1/cases?country=DE&status=open&limit=2'");
        Tell.Line($"Hub                .run/bin/calltracking-hub cases query --by region,status --config {Short(installation.HubConfiguration)}");
        Tell.Line($"Agent              .run/bin/calltracking-agent status --config {Short(installation.Regions["JP"].Configuration)}");
        Tell.Line($"Mapping, live      .run/bin/calltracking-agent preview --limit 3 --config {Short(installation.Regions["DE"].Configuration)}");
        if (!settings.Once)
        {
            Tell.Line("Everything keeps running. Ctrl-C stops and removes it.");
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        await hub.StopAsync();
    }

    private static string Short(string path) => Path.GetRelativePath(RepositoryRoot.Path(), path);
}
