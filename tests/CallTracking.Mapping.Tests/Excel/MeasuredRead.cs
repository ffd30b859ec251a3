using System.Diagnostics;

namespace CallTracking.Mapping.Tests.Excel;

/// <summary>The test program run by itself: reads one workbook and prints rows, seconds and the peak of its memory in KiB.</summary>
internal static class MeasuredRead
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not ["read", var file])
        {
            return 2;
        }

        var clock = Stopwatch.StartNew();
        var rows = 0;
        await using var reader = SourceMapping.Parse("mapping.yaml", Workbooks.Yaml(fields: "subject: text\ndescription: more")).Mapping!.OpenReader(File.OpenRead(file), "cases.xlsx");
        while (await reader.ReadAsync(CancellationToken.None) is { } outcome)
        {
            rows += outcome is RowOutcome.Mapped ? 1 : 0;
        }

        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Console.WriteLine($"{rows} {clock.Elapsed.TotalSeconds:0.0} {peak}");
        return 0;
    }
}
