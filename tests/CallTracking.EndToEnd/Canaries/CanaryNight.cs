using CallTracking.Testing.Installations;

namespace CallTracking.EndToEnd.Canaries;

/// <summary>
/// Canaries on their way: centres with an agent each, a hub at log level Trace, a PostgreSQL server of their own and somebody who listens on every
/// wire. Whatever can go wrong in a night is made to. Disposing it deletes all of it.
/// </summary>
internal sealed class CanaryNight : IAsyncDisposable
{
    private readonly List<WireTap> _taps = [];
    private readonly CanaryDatabase _database;
    private readonly Installation _installation;
    private HubProcess _hub;
    private int _logs;

    private CanaryNight(string folder, CanaryDatabase database, Installation installation, HubProcess hub, IReadOnlyList<CanaryCentre> centres, int people)
    {
        (Folder, _database, _installation, _hub) = (folder, database, installation, hub);
        People = centres.ToDictionary(centre => centre, centre => (IReadOnlyList<CanaryPerson>)[.. Enumerable.Range(0, people).Select(number => new CanaryPerson(centre, number))]);
        FileNames = centres.ToDictionary(centre => centre, centre => $"cases of {new CanaryPerson(centre, people).Name}.csv");
    }

    /// <summary>What stands on disks afterwards: <c>wire</c>, <c>logs</c>, <c>exports</c>, <c>world</c> (hub and agents).</summary>
    public string Folder { get; }

    public IReadOnlyDictionary<CanaryCentre, IReadOnlyList<CanaryPerson>> People { get; }

    /// <summary>Each centre's export has somebody's name in its file name.</summary>
    public IReadOnlyDictionary<CanaryCentre, string> FileNames { get; }

    public CanaryDatabase Database => _database;

    /// <summary>Cases at headquarters when all was over.</summary>
    public long Stored { get; private set; }

    /// <summary>Fields of little entropy that were stored as they came.</summary>
    public IReadOnlyList<string> FieldsInClear { get; private set; } = [];

    /// <summary>All that hub processes wrote.</summary>
    public string HubLog => string.Concat(Directory.EnumerateFiles(Path.Combine(Folder, "logs"), "hub-*").Select(File.ReadAllText));

    private string HubTemporary => Path.Combine(Folder, "world", "hub", "tmp");

    /// <summary>Starts everything and enrols the centres, each behind a <see cref="WireTap"/>.</summary>
    public static async Task<CanaryNight> StartAsync(IReadOnlyList<CanaryCentre> centres, int people)
    {
        var folder = Directory.CreateTempSubdirectory("calltracking-canary-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "logs"));
        var hubDocument = Path.Combine(folder, "hub.yaml");
        await File.WriteAllTextAsync(hubDocument, """
            hub: {country: JP, entity: Example Holdings K.K.}
            transfers:
              - {from: [US], to: JP, basis: no-restriction, reference: test, since: 2020-01-01, except: [national_id, payment]}

            """);
        var database = await CanaryDatabase.StartAsync(Path.Combine(folder, "pg"));
        var installation = await Installation.CreateAsync(Path.Combine(folder, "world"), database.Server.ConnectionString, [hubDocument], webPort: 0);
        await CanaryDatabase.StoreUncompressedAsync(installation.Database);
        Directory.CreateDirectory(Path.Combine(folder, "world", "hub", "tmp"));
        var night = new CanaryNight(folder, database, installation, await installation.StartHubAsync(), centres, people);
        foreach (var centre in centres)
        {
            await night.AddAsync(centre);
        }

        await night.RestartHubAsync();
        return night;
    }

    /// <summary>Two nights with all their troubles, then every way out of the hub.</summary>
    public async Task RunAsync(bool isWhole)
    {
        var day = DateOnly.FromDateTime(World.AsOf.UtcDateTime);
        await Parallel.ForEachAsync(People.Keys, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (centre, _) => await FirstNightAsync(centre, day, isWhole));
        await KillHubAsync(People.Keys.First());
        if (isWhole)
        {
            await KillDatabaseAsync(People.Keys.Last());
        }

        await Parallel.ForEachAsync(People.Keys, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (centre, _) => await SecondNightAsync(centre, day.AddDays(1)));
        Stored = (long)(await CanaryDatabase.ExecuteAsync(_installation.Database, "select count(*) from cases"))!;
        FieldsInClear = await CanaryExports.FieldsInClearAsync(_installation.Database);
        await new CanaryExports(_installation, _hub, Path.Combine(Folder, "exports"), isWhole ? 20 : 2).WriteAsync(_database);
        await KeepHubLogAsync(await _hub.StopAsync() is { ExitCode: 0 } ended ? ended.All : throw new InvalidOperationException("The hub did not end in good order."));
        await _database.Server.StopAsync();
    }

    /// <summary>Hides one forbidden value at headquarters, as a careless engineer would: decomposed, in UTF-16, in the base64 of a cell.</summary>
    public Task PlantAsync()
    {
        var value = People.First().Value[0].Name;
        var hidden = Convert.ToBase64String(System.Text.Encoding.Unicode.GetBytes($"x{value}"));
        return CanaryDatabase.ExecuteAsync(_installation.Database, $"create table planted as select '{hidden}' as cell");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tap in _taps)
        {
            await tap.DisposeAsync();
        }

        await _database.Server.StartAsync();
        await _installation.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task AddAsync(CanaryCentre centre)
    {
        var region = await _installation.AddRegionAsync(new RegionSetup(centre.Code, centre.Code, "Centre", centre.Country, "Etc/UTC", [("desk.yaml", "inbox/*.csv")]));
        var temporary = Path.Combine(region.Folder, "tmp");
        Directory.CreateDirectory(temporary);
        region.Environment = new Dictionary<string, string?> { ["TMPDIR"] = temporary };
        var tap = await WireTap.StartAsync(_installation, region, _hub.GrpcAddress, Path.Combine(Folder, "wire", centre.Code));
        _taps.Add(tap);
        var settings = await File.ReadAllTextAsync(region.Configuration);
        await File.WriteAllTextAsync(region.Configuration, settings.Replace($"hub: {_hub.GrpcAddress}", $"hub: {tap.Address}", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(region.Folder, "desk.yaml"), CanaryExport.Mapping(centre, isMended: false));
    }

    // A file without its header, one that is cut within quotes, one in another encoding; an agent that is killed; then the night as it should be.
    private async Task FirstNightAsync(CanaryCentre centre, DateOnly day, bool isWhole)
    {
        var region = _installation.Regions[centre.Code];
        var whole = CanaryExport.File(centre, People[centre], day);
        var file = Path.Combine(region.Inbox, FileNames[centre]);
        var broken = Broken(centre, whole, day);
        var place = People.Keys.ToList().IndexOf(centre) % broken.Length;
        foreach (var content in isWhole ? broken : broken[place..(place + 1)])
        {
            await File.WriteAllBytesAsync(file, content);
            await RunAsync(region, "check");
            await region.TryRunAsync("drift"); // It shows words of the file, to the region's own people: no log.
            await RunAsync(region, "sync", "--log-level", "Trace", "--timeout", "20s");
        }

        await File.WriteAllBytesAsync(file, whole);
        await using (var killed = region.StartSync(null, "--log-level", "Trace"))
        {
            await Task.WhenAny(killed.WaitForExitAsync(TimeSpan.FromMinutes(5)), Task.Delay(TimeSpan.FromSeconds(2)));
            killed.Kill();
            await KeepAsync(region.Setup.Code, killed.Output + killed.Error);
        }

        await RunAsync(region, "sync", "--log-level", "Trace", "--reread", "--report", Path.Combine(region.Folder, "report.json"));
        await RunAsync(region, "quarantine", "list");
    }

    private byte[][] Broken(CanaryCentre centre, byte[] whole, DateOnly day)
    {
        var stranger = CanaryCentre.EncodingOf(centre.EncodingName == "utf-16le" ? "utf-16be" : "utf-16le");
        return [CanaryExport.File(centre, People[centre], day, hasHeader: false), whole[..^(whole.Length / 7)], [.. whole, .. stranger.GetBytes($"\ud7a3{People[centre][0].Name}")]];
    }

    private async Task SecondNightAsync(CanaryCentre centre, DateOnly day)
    {
        var region = _installation.Regions[centre.Code];
        await File.WriteAllTextAsync(Path.Combine(region.Folder, "desk.yaml"), CanaryExport.Mapping(centre, isMended: true));
        await RunAsync(region, "quarantine", "retry", "--reason", "unmapped-value", "--log-level", "Trace");
        await File.WriteAllBytesAsync(Path.Combine(region.Inbox, FileNames[centre]), CanaryExport.File(centre, People[centre], day));
        await RunAsync(region, "sync", "--log-level", "Trace", "--report", Path.Combine(region.Folder, "report.json"));
        await RunAsync(region, "status");
    }

    private async Task KillHubAsync(CanaryCentre centre)
    {
        var region = _installation.Regions[centre.Code];
        await using var run = region.StartSync(null, "--reread", "--log-level", "Trace");
        await Task.Delay(TimeSpan.FromSeconds(1));
        _hub.Kill();
        await RestartHubAsync();
        await KeepAsync(centre.Code, (await run.WaitForExitAsync(TimeSpan.FromMinutes(5))).All);
    }

    private async Task KillDatabaseAsync(CanaryCentre centre)
    {
        var region = _installation.Regions[centre.Code];
        await using var run = region.StartSync(null, "--reread", "--log-level", "Trace");
        await Task.Delay(TimeSpan.FromSeconds(1));
        await _database.Server.KillAsync();
        await _database.Server.StartAsync();
        await KeepAsync(centre.Code, (await run.WaitForExitAsync(TimeSpan.FromMinutes(5))).All);
    }

    private async Task RestartHubAsync()
    {
        _hub.Kill();
        await KeepHubLogAsync(_hub.Output);
        _hub = await _installation.StartHubAsync(new Dictionary<string, string?> { ["TMPDIR"] = HubTemporary }, "--log-level", "Trace");
    }

    private async Task RunAsync(RegionInstallation region, params string[] arguments) => await KeepAsync(region.Setup.Code, (await region.TryRunAsync(arguments)).All);

    private Task KeepAsync(string code, string text) => File.WriteAllTextAsync(Path.Combine(Folder, "logs", $"agent-{code}-{Interlocked.Increment(ref _logs):000}.log"), text);

    private Task KeepHubLogAsync(string text) => File.WriteAllTextAsync(Path.Combine(Folder, "logs", $"hub-{Interlocked.Increment(ref _logs):000}.log"), text);
}
