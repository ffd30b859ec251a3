using System.CommandLine;
using System.Globalization;
using CallTracking.Contracts;
using CallTracking.Hub.Cases;
using CallTracking.Hub.Commands;
using Spectre.Console;

namespace CallTracking.Hub.Dictionaries;

/// <summary><c>dictionary regions</c>: with which versions each region's last run was done.</summary>
internal static class DictionaryRegionsCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("name") { Description = "Only this dictionary.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("regions", "Shows which version of which dictionary each region's last run used.") { name };
        command.SetHubAction(async (parsed, services, cancellationToken) =>
        {
            var regions = await services.GetRequiredService<RegionOverviewStore>().ListAsync(CaseScope.AllRegions, cancellationToken);
            var inForce = (await services.GetRequiredService<DictionaryStore>().ListAsync(cancellationToken)).GroupBy(row => row.Name).ToDictionary(rows => rows.Key, rows => rows.Last());
            var only = parsed.GetValue(name);
            var table = new Table().Border(TableBorder.Simple).AddColumns("region", "dictionary", "kind", "version", "in force", "run ended");
            foreach (var region in regions)
            {
                Add(table, region, inForce, only);
            }

            Screen.Open().Write(table);
            return HubExit.Done;
        });
        return command;
    }

    private static void Add(Table table, RegionOverview region, Dictionary<string, DictionaryVersionRow> inForce, string? only)
    {
        var used = region.LastRun?.Report.Dictionaries.ToList() ?? [];
        var missing = inForce.Values.Where(row => row.Kind == DictionaryKind.Concepts && used.TrueForAll(version => version.Name != row.Name))
            .Select(row => new DictionaryVersion { Name = row.Name, Kind = row.Kind });
        foreach (var version in used.Concat(missing).Where(version => only is null || version.Name == only).OrderBy(version => version.Name, StringComparer.Ordinal))
        {
            table.AddRow(
                Markup.Escape(region.Code),
                Markup.Escape(version.Name),
                DictionaryText.KindOf(version.Kind),
                version.Version == 0 ? "none yet" : version.Version.ToString(CultureInfo.InvariantCulture),
                inForce.TryGetValue(version.Name, out var row) ? row.Version.ToString(CultureInfo.InvariantCulture) : "gone",
                region.LastRun?.FinishedAt.ToString("u", CultureInfo.InvariantCulture) ?? "never");
        }
    }
}
