using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace CallTracking.SampleData;

/// <summary>The command line: <c>calltracking-sampledata write</c>.</summary>
internal static class WriteCommand
{
    private const int UsageFault = 2;

    private static readonly Option<string> Region = new("--region") { Description = $"{string.Join(", ", SampleRegion.All.Select(region => region.Code))}.", Required = true };

    private static readonly Option<long> Cases = new("--cases")
    {
        Description = "Sound cases in the first night's export.",
        DefaultValueFactory = _ => 10_000,
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Another seed, other people and stories.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<DateTimeOffset> AsOf = new("--as-of")
    {
        Description = "When the first night's export was taken, for example 2026-11-22T00:00:00Z.",
        Required = true,
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return at;
            }

            result.AddError("--as-of is not an instant; write it like 2026-11-22T00:00:00Z.");
            return default;
        },
    };

    private static readonly Option<int> Night = new("--night")
    {
        Description = "1 for the first export, 2 for the next day's, and so on.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<double> ChangeRate = new("--change-rate")
    {
        Description = "Share of the cases that change in a night.",
        DefaultValueFactory = _ => 0.01,
    };

    private static readonly Option<double> NewRate = new("--new-rate")
    {
        Description = "Cases opened in a night, as a share of --cases.",
        DefaultValueFactory = _ => 0.002,
    };

    private static readonly Option<double> Quirks = new("--quirks")
    {
        Description = "Rows of each kind of fault beside the sound ones, as a share of --cases.",
        DefaultValueFactory = _ => 0.002,
    };

    private static readonly Option<bool> JsonLines = new("--jsonl") { Description = "US only: one ticket per line." };

    private static readonly Option<bool> Truth = new("--truth")
    {
        Description = "Also write what each case must become and every personal value in it.",
    };

    private static readonly Option<string?> Database = new("--database")
    {
        Description = "FR only: connection string of the help desk's database; better in CALLTRACKING_DESK, where no process list shows it.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CALLTRACKING_DESK"),
    };

    private static readonly Option<DirectoryInfo> Out = new("--out") { Description = "Folder for the files.", Required = true };

    public static Task<int> RunAsync(string[] args)
    {
        var write = new Command(
            "write",
            "Write one region's export of one night, or fill its help desk, and beside it the counts that a run must come to.\n\n"
            + "Example: calltracking-sampledata write --region JP --cases 10000 --as-of 2026-11-22T00:00:00Z --out samples/jp --truth");
        foreach (Option option in (Option[])[Region, Cases, Seed, AsOf, Night, ChangeRate, NewRate, Quirks, JsonLines, Truth, Database, Out])
        {
            write.Options.Add(option);
        }

        write.SetAction(WriteAsync);
        var root = new RootCommand("Invented case files of regional support centres, with the truth beside them.");
        root.Subcommands.Add(write);
        return root.Parse(args).InvokeAsync();
    }

    private static async Task<int> WriteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        SampleRegion region;
        SampleOptions options;
        try
        {
            region = SampleRegion.Parse(parsed.GetValue(Region)!);
            options = new SampleOptions(
                parsed.GetValue(Cases),
                parsed.GetValue(Seed),
                parsed.GetValue(AsOf),
                parsed.GetValue(Night),
                parsed.GetValue(ChangeRate),
                parsed.GetValue(NewRate))
            {
                Quirks = QuirkRates.Of(parsed.GetValue(Quirks)),
                JsonLines = parsed.GetValue(JsonLines),
            };
            options.Validate();
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(fault.Message).ConfigureAwait(false);
            return UsageFault;
        }

        var folder = parsed.GetValue(Out)!.FullName;
        var place = region.Place == SamplePlace.Postgres ? parsed.GetValue(Database) : Path.Combine(folder, region.FileName(options));
        if (string.IsNullOrEmpty(place))
        {
            await Console.Error.WriteLineAsync($"{region} keeps its cases in PostgreSQL: name a database in CALLTRACKING_DESK or with --database.").ConfigureAwait(false);
            return UsageFault;
        }

        Directory.CreateDirectory(folder);
        await WriteAsync(region, options, place, folder, parsed.GetValue(Truth), cancellationToken).ConfigureAwait(false);
        return 0;
    }

    private static async Task WriteAsync(
        SampleRegion region, SampleOptions options, string place, string folder, bool withTruth, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        SampleTotals totals;
        await using (var truth = withTruth ? File.Create(Path.Combine(folder, $"truth-{options.Night}.jsonl")) : null)
        {
            totals = await SampleWriter.FillAsync(region, options, place, truth, new Progress(options.TotalCases), cancellationToken).ConfigureAwait(false);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, $"totals-{options.Night}.json"), totals.ToJson() + "\n", cancellationToken).ConfigureAwait(false);
        var name = region.Place == SamplePlace.Postgres ? "the database" : place;
        await Console.Error.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"{name}: {totals.Cases} cases in {totals.Rows} rows, {watch.Elapsed.TotalSeconds:0.0} s"))
            .ConfigureAwait(false);
    }

    /// <summary>Says on standard error how far it is, at every tenth.</summary>
    private sealed class Progress(long total) : IProgress<long>
    {
        private long _said;

        public void Report(long value)
        {
            var tenth = value * 10 / Math.Max(1, total);
            if (tenth > _said && tenth < 10)
            {
                _said = tenth;
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tenth * 10} % ({value} of {total} cases)"));
            }
        }
    }
}
