using System.Globalization;
using CallTracking.Testing;
using CallTracking.Testing.Installations;
using Xunit;

namespace CallTracking.EndToEnd;

/// <summary>The same sources, over the line into one hub and in files into another: both end equal, whatever happens to the files on their way.</summary>
public sealed class AirGapTests
{
    private const string Mapping = """
        source: desk
        format: {type: delimited, encoding: utf-8, delimiter: ",", header: true}
        time_zone: Europe/Berlin
        culture: de-DE
        key: nr
        fields:
          kind: {const: inquiry}
          status: {from: stand, values: {auf: open, zu: closed}}
          centre_country: {const: DE}
          collection_country: {const: DE}
          customer_country: {const: DE}
          subject: betreff
          opened: {from: am, format: "yyyy-MM-dd HH:mm"}
          product.category: art

        """;

    // What is stored, without times of storing, seals and what shaped it.
    private const string Stored = """
        select coalesce(bit_xor(hashtextextended(concat_ws('|', case_uid, change_hash, status, subject, description, product_category, epoch), 0)), 0) from cases
        """;

    // The times of what a source dates are those of the run.
    private const string History = """
        select coalesce(sum(hashtextextended(concat_ws('|', case_uid, status_from, status_to, backlog_delta, changed), 0)::numeric % 1000000007), 0)::bigint from case_events
        """;

    private const string Gone = "select coalesce(bit_xor(hashtextextended(concat_ws('|', case_uid, reason), 0)), 0) from removed_case";

    private static readonly RegionSetup Desk = new("DE", "Germany", "Berlin", "DE", "Europe/Berlin", [("mapping.yaml", "inbox/*.csv\n    snapshot: {max_vanished: 50%}")]);

    [PostgresFact]
    public async Task Nights_OverTheLineAndInFiles_EndEqual()
    {
        await using var line = await World.StartAsync((await PostgresServer.SharedAsync()).ConnectionString, Desk);
        await using var files = await World.StartAsync((await PostgresServer.SharedAsync()).ConnectionString, Desk);
        var (near, far) = (line.Installation.Regions["DE"], files.Installation.Regions["DE"]);
        // One region, so that the same case has the same name and hash in both.
        File.Copy(Path.Combine(near.State, "keys", "region.secret"), Path.Combine(far.State, "keys", "region.secret"), overwrite: true);
        await using var gap = await Gap.OfAsync(files, far);
        await gap.BeginAsync();
        foreach (var night in (int[])[1, 2, 3])
        {
            await WriteAsync(near, night);
            await WriteAsync(far, night);
            var synced = await near.SyncAsync();
            Assert.True(synced.Program.ExitCode == 0, synced.Program.All);
            var batches = await gap.ExportAsync();
            var receipts = await gap.ImportAsync(batches);
            if (night == 2)
            {
                // Twice, and its receipts twice, change nothing.
                var before = await files.CountAsync(Stored);
                receipts = await gap.ImportAsync(batches);
                Assert.Equal(before, await files.CountAsync(Stored));
                await gap.TakeAsync(receipts);
            }

            var taken = await gap.TakeAsync(receipts);
            Assert.Contains($"receipts of file {night + 1}", taken, StringComparison.Ordinal);
        }

        // The last run's report goes with the next file.
        var closing = await gap.TakeAsync(await gap.ImportAsync(await gap.ExportAsync()));

        Assert.Contains("2 runs counted", closing, StringComparison.Ordinal);
        foreach (var what in (string[])[Stored, History, Gone, "select count(*) from cases", "select count(*) from run_report where closes and agrees and kind = 0 and complete"])
        {
            Assert.Equal((what, await line.CountAsync(what) + (what.Contains("run_report", StringComparison.Ordinal) ? 1 : 0)), (what, await files.CountAsync(what)));
        }

        Assert.Equal(58, await files.CountAsync("select count(*) from cases"));
        var refused = Reasons(await near.RunAsync("status"));
        Assert.NotEmpty(refused);
        Assert.Equal(refused, Reasons(await far.RunAsync("status")));

        // A line, one day: it goes on where the files ended.
        var connected = await far.SyncAsync("--reread");
        Assert.True(connected.Program.ExitCode == 0, connected.Program.All);
        Assert.Equal((0UL, true), (connected.Report!.SentCases, connected.HubCount!.Agrees));
        await files.Installation.RunHubCommandAsync("cases", "verify");
        await files.Installation.RunHubCommandAsync("audit", "verify");
    }

    [PostgresFact]
    public async Task Files_HarmedOrForeignOrLate_AreRefusedWithACureAndNothingIsLostOrDoubled()
    {
        await using var world = await World.StartAsync((await PostgresServer.SharedAsync()).ConnectionString, Desk, Desk with { Code = "FR", Country = "FR" });
        var region = world.Installation.Regions["DE"];
        await WriteAsync(region, 1);
        var unkeyed = await region.TryRunAsync("export-batches", "--to", region.Folder);
        await using var gap = await Gap.OfAsync(world, region);
        await gap.BeginAsync();
        var first = await gap.ExportAsync();
        var whole = await File.ReadAllBytesAsync(first);
        var random = new Random(7);
        var harmed = new List<string>();
        foreach (var offset in Enumerable.Range(0, 60).Select(part => part < 30 ? part * 30 : whole.Length * (part - 29) / 31).Append(whole.Length - 1))
        {
            var flipped = (byte[])whole.Clone();
            flipped[offset] ^= (byte)(1 << random.Next(8));
            harmed.Add(gap.Write($"flipped-{offset}.ct", flipped));
            harmed.Add(gap.Write($"cut-{offset}.ct", whole[..offset]));
        }

        harmed.Add(gap.Write("longer.ct", [.. whole, 0]));
        var refused = await gap.TryImportAsync([.. harmed]);
        Assert.Equal((1, harmed.Count), (refused.ExitCode, refused.Error.Split("Nothing was taken from it").Length - 1));
        Assert.Empty(Directory.EnumerateFiles(gap.Folder, "*-receipts.ct.part"));

        Assert.Equal(0, await world.CountAsync("select count(*) from cases"));
        await WriteAsync(region, 2);
        var second = await gap.ExportAsync();
        var late = (await gap.ImportAsync(second), await gap.TryImportAsync(first));

        Assert.Equal((2, true), (unkeyed.ExitCode, unkeyed.All.Contains("--hub-key", StringComparison.Ordinal)));
        Assert.Equal(0, late.Item2.ExitCode);
        Assert.Contains("is older than file 3", late.Item2.Output, StringComparison.Ordinal);
        var stored = await world.CountAsync("select count(*) from cases");
        Assert.Equal(59, stored);

        // Receipts are for the region alone, and whole.
        var receipts = await File.ReadAllBytesAsync(late.Item1);
        var torn = Path.Combine(gap.Folder, "torn.ct");
        await File.WriteAllBytesAsync(torn, receipts[..^1]);
        var (other, cut) = (await world.Installation.Regions["FR"].TryRunAsync("import-receipts", late.Item1), await region.TryRunAsync("import-receipts", torn));
        Assert.Equal((5, 1), (other.ExitCode, cut.ExitCode));
        Assert.Contains("for region DE", other.All, StringComparison.Ordinal);
        Assert.Contains("damaged", cut.All, StringComparison.Ordinal);

        // A ledger from a backup: told by the hub, known by the region, sent again whole; each case stands once.
        var ledger = Path.Combine(region.State, "ledger.db");
        var backup = ((string[])["", "-wal", "-shm", "-sum"]).Where(suffix => File.Exists(ledger + suffix)).ToDictionary(suffix => suffix, suffix => File.ReadAllBytes(ledger + suffix));
        await gap.TakeAsync(late.Item1);
        await WriteAsync(region, 3);
        await gap.TakeAsync(await gap.ImportAsync(await gap.ExportAsync()));
        File.Delete(ledger + "-wal");
        File.Delete(ledger + "-shm");
        foreach (var (suffix, bytes) in backup)
        {
            await File.WriteAllBytesAsync(ledger + suffix, bytes);
        }

        await WriteAsync(region, 2);
        var behind = await gap.TryImportAsync(await gap.ExportAsync());
        var yielded = await gap.TakeAsync(gap.LastReceipts);
        await WriteAsync(region, 3);
        await gap.TakeAsync(await gap.ImportAsync(await gap.ExportAsync()));
        var again = await gap.ExportAsync();
        await gap.TakeAsync(await gap.ImportAsync(again));
        Assert.Equal(1, behind.ExitCode);
        Assert.Contains("knows less of the region than the hub", behind.Error, StringComparison.Ordinal);
        Assert.Contains("restored from a backup", yielded, StringComparison.Ordinal);
        Assert.True(new FileInfo(again).Length > 4_000, "Everything is sent again.");
        Assert.Equal(58, await world.CountAsync("select count(*) from cases"));
        Assert.Equal(2, await world.CountAsync("select epoch from region where code = 'DE'"));
        Assert.Equal(await world.CountAsync("select count(*) from cases where status between 1 and 4"), await world.CountAsync("select sum(backlog_delta) from case_events"));

        // A certificate that was revoked opens nothing more.
        var last = await gap.ExportAsync();
        await world.Installation.RunHubCommandAsync("region", "revoke", "DE");
        var revoked = await gap.TryImportAsync(last);
        Assert.Equal(1, revoked.ExitCode);
        Assert.Contains("expired or revoked", revoked.All, StringComparison.Ordinal);
    }

    private static string Reasons(ProgramResult status) => string.Join('\n', status.Output.Split('\n').Where(text => text.Contains("too-long", StringComparison.Ordinal)));

    /// <summary>60 cases, of which the hub refuses one; later nights change three and close them, and lack one more each.</summary>
    private static async Task WriteAsync(RegionInstallation region, int night)
    {
        await File.WriteAllTextAsync(Path.Combine(region.Folder, "mapping.yaml"), Mapping);
        var rows = Enumerable.Range(night, 61 - night).Select(number => string.Create(
            CultureInfo.InvariantCulture,
            $"N{number},Gerät {(number % 20 == 0 ? night : 0)},{World.AsOf.AddDays(-number):yyyy-MM-dd} 10:00,{(number == 10 + night ? "zu" : "auf")},{(number == 5 ? new string('x', 300) : "heat")}\n"));
        await File.WriteAllTextAsync(Path.Combine(region.Inbox, "export.csv"), "nr,betreff,am,stand,art\n" + string.Concat(rows.Append(night > 1 ? $"M{night},Neu,{World.AsOf:yyyy-MM-dd} 09:00,auf,heat\n" : "")));
    }

    /// <summary>The stick that is carried between a region and headquarters.</summary>
    private sealed class Gap(World world, RegionInstallation region) : IAsyncDisposable
    {
        public string Folder { get; } = Directory.CreateTempSubdirectory("ct-gap-").FullName;

        public string LastReceipts { get; private set; } = string.Empty;

        public static async Task<Gap> OfAsync(World world, RegionInstallation region)
        {
            var gap = new Gap(world, region);
            await File.WriteAllTextAsync(Path.Combine(gap.Folder, "hub.key"), (await world.Installation.RunHubCommandAsync("transfer", "key")).Output);
            return gap;
        }

        /// <summary>The first journey, after which there is an order.</summary>
        public async Task BeginAsync()
        {
            await WriteAsync(region, 1);
            var asked = await region.RunAsync("export-batches", "--to", Folder, "--hub-key", Path.Combine(Folder, "hub.key"));
            Assert.Contains("0 cases", asked.Output, StringComparison.Ordinal);
            await TakeAsync(await ImportAsync(FileOf(asked)));
        }

        public async Task<string> ExportAsync() => FileOf(await region.RunAsync("export-batches", "--to", Folder));

        public async Task<string> ImportAsync(string batches)
        {
            var result = await TryImportAsync(batches);
            return result.ExitCode == 0 ? LastReceipts : throw new InvalidOperationException(result.All);
        }

        public async Task<ProgramResult> TryImportAsync(params string[] batches)
        {
            var result = await ProgramRun.RunAsync(
                PublishedProgram.Hub, ["import-batches", .. batches, "--receipts", Folder, "--config", world.Installation.HubConfiguration], TimeSpan.FromMinutes(10));
            LastReceipts = batches[^1].Replace("-batches", "-receipts", StringComparison.Ordinal);
            return result;
        }

        public async Task<string> TakeAsync(string receipts) => (await region.RunAsync("import-receipts", receipts)).All;

        public string Write(string name, byte[] bytes)
        {
            var file = Path.Combine(Folder, name);
            File.WriteAllBytes(file, bytes);
            return file;
        }

        public ValueTask DisposeAsync()
        {
            Directory.Delete(Folder, recursive: true);
            return ValueTask.CompletedTask;
        }

        private static string FileOf(ProgramResult exported) => exported.Output.Split('\n')[0].Split(": ")[^1].Trim();
    }
}
