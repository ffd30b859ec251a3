using System.Text.Json;
using CallTracking.SampleData;
using CallTracking.Testing.Installations;
using Microsoft.VisualBasic.FileIO;
using Spectre.Console;

namespace CallTracking.Demo;

/// <summary>One German case in its local form, and what the hub holds of it, side by side.</summary>
internal static class BeforeAndAfter
{
    /// <exception cref="DemoFailure">The hub does not hold the first case of the file.</exception>
    public static async Task TellAsync(Installation installation)
    {
        var region = installation.Regions[SampleRegion.De.Code];
        var before = ReadFirstRow(Directory.EnumerateFiles(region.Inbox).First());
        var after = await FindStoredAsync(installation, region);
        var table = new Table { Border = TableBorder.Minimal, ShowHeaders = true };
        table.AddColumn(new TableColumn("before: the row of the local file") { Width = 62 });
        table.AddColumn(new TableColumn("after: what the hub holds") { Width = 72 });
        table.AddRow(new Text(before), new Text(string.Join('\n', Flatten(after, ""))));
        Tell.Write(table);
    }

    private static string ReadFirstRow(string path)
    {
        using var parser = new TextFieldParser(path, SampleRegion.De.Encoding) { TextFieldType = FieldType.Delimited };
        parser.SetDelimiters(";");
        var header = parser.ReadFields()!;
        var row = parser.ReadFields()!;
        return string.Join('\n', header.Zip(row).Where(cell => cell.Second.Length > 0).Select(cell => $"{cell.First}: {cell.Second}"));
    }

    // The region alone can compute a case's uid; its pseudonym of the case number, which preview shows, leads to it as well.
    private static async Task<JsonElement> FindStoredAsync(Installation installation, RegionInstallation region)
    {
        var preview = await region.RunAsync("preview", "--limit", "1", "--format", "jsonl");
        using var shown = JsonDocument.Parse(preview.Output);
        var pseudonym = shown.RootElement.GetProperty("case_number").GetProperty("pseudonym").GetProperty("value").GetString()!;
        var list = await installation.RunHubCommandAsync("cases", "query", "--region", region.Setup.Code, "--format", "jsonl");
        var line = list.Output.Split('\n').FirstOrDefault(text => text.Contains(pseudonym, StringComparison.Ordinal))
            ?? throw new DemoFailure("The hub does not hold the first case of the German file.");
        using var stored = JsonDocument.Parse(line);
        return stored.RootElement.GetProperty("case").Clone();
    }

    private static IEnumerable<string> Flatten(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .Where(property => property.Name is not ("redactions" or "case_uid" or "utc_offset_minutes" or "precision"))
            .SelectMany(property => Flatten(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => Flatten(item, $"{path}[{index}]")),
        _ => [$"{path}: {element}"],
    };
}
